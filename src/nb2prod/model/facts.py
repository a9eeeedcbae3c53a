"""Every fact about a notebook's code, and nothing else: what rules and the planner may know."""

import ast
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from nb2prod.model.frozen import dataclass, field
from nb2prod.model.notebook import Notebook, Place

NOTHING: frozenset[str] = frozenset()
NO_FILES: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a statement, or a run of statements, does to the notebook's names.

    `exposed` may be read before it is bound here; `reads` is every name read at once, `sure_reads` those
    read on every path. `must` is bound on every path, `may` on some path, `kills` may be unbound at the
    end (`del`, the name of an `except`). `deferred` are the free names of code that is created here and
    runs later (functions, lambdas, methods, generators); `deferred_writes` those that such code rebinds.
    `class_bound` are names that a class body both reads from outside and binds. `strings` are names
    inside strings (`df.query("a > @cut")`), `nested_strings` those of them in a nested scope.
    """

    exposed: frozenset[str] = NOTHING
    reads: frozenset[str] = NOTHING
    sure_reads: frozenset[str] = NOTHING
    must: frozenset[str] = NOTHING
    may: frozenset[str] = NOTHING
    kills: frozenset[str] = NOTHING
    deferred: frozenset[str] = NOTHING
    deferred_writes: frozenset[str] = NOTHING
    class_bound: frozenset[str] = NOTHING
    strings: frozenset[str] = NOTHING
    nested_strings: frozenset[str] = NOTHING
    mutates: frozenset[str] = NOTHING
    effects: frozenset[str] = NOTHING

    @property
    def touched(self) -> frozenset[str]:
        """Every name that is bound or unbound here."""
        return self.may | self.kills

    @property
    def inputs(self) -> frozenset[str]:
        """Every name whose value from before may matter here: read now, read later, or read out of a string."""
        return self.exposed | self.deferred | self.strings | self.nested_strings

    def then(self, later: "Facts") -> "Facts":
        """The facts of two runs of statements, one after the other."""
        return Facts(
            exposed=self.exposed | (later.exposed - self.must),
            reads=self.reads | later.reads,
            sure_reads=self.sure_reads | (later.sure_reads - self.touched),
            must=(self.must - later.kills) | later.must,
            may=self.may | later.may,
            kills=(self.kills - later.must) | later.kills,
            deferred=self.deferred | later.deferred,  # a name of this run too may be bound again after it
            deferred_writes=self.deferred_writes | later.deferred_writes,
            class_bound=self.class_bound | later.class_bound,
            strings=self.strings | (later.strings - self.must),
            nested_strings=self.nested_strings | later.nested_strings,
            mutates=self.mutates | later.mutates,
            effects=self.effects | later.effects,
        )


@dataclass(frozen=True, slots=True)
class PathUse:
    """A literal that a reader or writer takes as its path or URL, or that a name for one is bound to.

    `place` is where the literal stands; `nested` says that it stands in code that runs later.
    """

    value: str
    kind: Literal["read", "write", "name"]
    callee: str
    place: Place
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement and its facts: the unit that moves. `index` counts from 0 in the notebook.

    `role` is the stage role that its calls speak for, "" if none; `pure` says that it does nothing but
    compute a value that it does not keep, `keeps` that an object may keep what was computed all the same,
    `kind` is the type of that value. `files` are the functions that "read" or "write" a file in it.
    """

    index: int
    cell: int
    node: ast.stmt
    place: Place
    facts: Facts
    role: str = ""
    pure: bool = False
    keeps: bool = False
    kind: str = ""
    paths: tuple[PathUse, ...] = ()
    files: frozenset[tuple[str, str]] = NO_FILES


@dataclass(frozen=True, slots=True)
class Signature:
    """The types of a notebook function: its parameters by name, and what it returns; "" where unknown."""

    params: Mapping[str, str]
    returns: str


@dataclass(frozen=True, slots=True)
class Reflection:
    """A feature that makes names undecidable from the text: `globals()`, `exec`, a star import."""

    kind: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Module:
    """A module that the notebook imports: the distribution that has it, the stubs for it, whether it is typed.

    `distribution` is "" for the standard library. `inert` says that importing it does nothing that shows.
    """

    name: str
    distribution: str
    stubs: str = ""
    typed: bool = False
    inert: bool = True


class Nodes:
    """The nodes of all cells that parse: each type's in the order of the text, and the node around each.

    Contexts, operators and the names in imports are left out. `names` says for each top-level statement where its
    names stand among the nodes of type Name, from and up to, and which names are read in it and which are bound,
    in whatever scope. `named` are the names by what they say, `attributes` and `keywords` by theirs, `literals` by the
    types of their values; `functions` are the calls of names, `methods` those of attributes, by these. `imports` stand
    in the order of the text.
    """

    def __init__(self, by_type: Mapping[type[ast.AST], list[ast.AST]], around: Mapping[ast.AST, ast.AST]) -> None:
        """Nodes of which nothing is known yet but their types and what is around them."""
        self.by_type, self.around = by_type, around
        self.names: dict[ast.AST, tuple[int, int, set[str], set[str]]] = {}
        self.named: dict[str, list[ast.Name]] = defaultdict(list)
        self.attributes: dict[str, list[ast.Attribute]] = defaultdict(list)
        self.keywords: dict[str, list[ast.keyword]] = defaultdict(list)
        self.literals: dict[type, list[ast.Constant]] = defaultdict(list)
        self.imports: list[ast.Import | ast.ImportFrom] = []
        self.functions: dict[str, list[ast.Call]] = defaultdict(list)
        self.methods: dict[str, list[ast.Call]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Every fact about a notebook. `trees` holds the parsed code cells by cell index.

    `origins` says what an imported name stands for (`pd` is `pandas`, `read` is `pandas.read_csv`).
    `acts_when_shown` says that displaying one of the notebook's own objects does more than tell.
    `types` are the dotted types of each variable: those after the statements that may bind it, in order.
    """

    notebook: Notebook
    trees: Mapping[int, ast.Module]
    statements: tuple[Statement, ...]
    origins: Mapping[str, str] = field(default_factory=dict)
    reflections: tuple[Reflection, ...] = ()
    types: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    modules: tuple[Module, ...] = ()
    acts_when_shown: bool = False
    nodes: Nodes | None = field(default=None, compare=False, repr=False)

    def type_before(self, name: str, index: int) -> str:
        """The dotted type of a variable just before a statement, "" if unknown."""
        events = self.types.get(name, ())
        at = bisect_left(events, (index, ""))
        return events[at - 1][1] if at else ""

    def qualified(self, node: ast.expr) -> str:
        """The dotted name of what an expression names (`pandas.read_csv`), or "" if it is no plain name.

        A name that no import binds stands for itself: `print`, `df.dropna`.
        """
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        parts.append(self.origins.get(node.id, node.id))
        return ".".join(reversed(parts))
