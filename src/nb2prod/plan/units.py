"""What the planner moves: units, one a statement, and the program that they make up."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from nb2prod.model.facts import Facts
from nb2prod.model.notebook import Place
from nb2prod.model.plan import Dropped, Edit, Fallback, Piece
from nb2prod.plan.headings import Heading
from nb2prod.plan.history import History

# Rules whose finding is a secret: its literal goes to the environment.
SECRETS = frozenset({"secret-literal", "connection-string"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement on its way into a stage: what it does, what it becomes, what it is for."""

    cell: int
    node: ast.stmt | None
    facts: Facts
    piece: Piece
    role: str
    lines: int
    place: Place
    heading: Heading | None = None

    @property
    def index(self) -> int:
        """The statement's number in the notebook, -1 for code of ours."""
        return -1 if self.piece.statement is None else self.piece.statement


@dataclass(slots=True)
class Program:
    """All units, and what was left out on the way."""

    units: list[Unit] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    fallbacks: list[Fallback] = field(default_factory=list)
    installs: list[str] = field(default_factory=list)
    figures: bool = False
    shell: bool = False
    downloads: bool = False
    logs: bool = False
    helpers: Mapping[str, str] = field(default_factory=dict)
    reflection: dict[Place, Edit] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    magics: dict[str, str] = field(default_factory=dict)
    history: History = field(default_factory=History)
    whole: str = ""
    closed: frozenset[str] = frozenset()
    listings: frozenset[str] = frozenset()
    steps: dict[Place, str] = field(default_factory=dict)


def with_edits(unit: Unit, *edits: Edit) -> Unit:
    """The unit with more edits."""
    return replace(unit, piece=replace(unit.piece, edits=(*unit.piece.edits, *edits))) if edits else unit


def remaining(units: Iterable[Unit], gone: Set[int]) -> Iterator[Unit]:
    """The units without those at some numbers; the heading of code that goes elsewhere goes to what follows it."""
    pending: Heading | None = None
    for number, unit in enumerate(units):
        if number in gone:
            pending = unit.heading or pending
            continue
        kept = unit.heading or (pending if pending is not None and pending.lasts else None)
        yield replace(unit, heading=kept)
        pending = None
