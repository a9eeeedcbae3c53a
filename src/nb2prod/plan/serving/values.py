"""What is known of a value on its way into a model, without running anything."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Shape = Literal["frame", "series", "array"]


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a value comes from: raw columns, the statements that make it, the fitted transformers that they use.

    `why` is the reason for which one row alone can't tell it, "" if it can.
    """

    raw: frozenset[str] = frozenset()
    made: frozenset[int] = frozenset()
    fitted: frozenset[str] = frozenset()
    why: str = ""

    def __or__(self, other: "Trail") -> "Trail":
        return Trail(self.raw | other.raw, self.made | other.made, self.fitted | other.fitted, self.why or other.why)

    def by(self, statement: int) -> "Trail":
        """The trail of what a statement makes of this."""
        return replace(self, made=self.made | {statement})

    def but(self, why: str) -> "Trail":
        """The trail of what needs more than one row."""
        return replace(self, why=self.why or why)


NOTHING = Trail()


def joined(trails: Iterable[Trail]) -> Trail:
    """The trail of what is made of several values."""
    found = NOTHING
    for trail in trails:
        found |= trail
    return found


@dataclass(eq=False, slots=True)
class Table:
    """Rows with columns, a column of them, or an array: changed in place as the notebook changes it.

    `base` is the table that a column was taken out of. `own` is the trail of its shape, `group` that of columns whose names only a run can tell, None if there are none.
    `unread` says that its raw columns are not known, so that any name may be one.
    """

    columns: dict[str, Trail]
    own: Trail = NOTHING
    shape: Shape = "frame"
    group: Trail | None = None
    unread: bool = False
    raw: bool = False
    base: "Table | None" = None

    @property
    def trail(self) -> Trail:
        """The trail of all that it holds."""
        return joined([self.own, *self.columns.values(), *([self.group] if self.group else [])])

    def column(self, name: str) -> Trail | None:
        """The trail of one column, None if there is none of that name."""
        if name in self.columns:
            return self.columns[name]
        if self.unread:
            self.columns[name] = Trail(frozenset({name}))
            return self.columns[name]
        return self.group

    def copy(self) -> "Table":
        """Another table of the same columns."""
        return Table(dict(self.columns), self.own, self.shape, self.group, self.unread)

    def each(self, more: Trail, shape: Shape | None = None) -> "Table":
        """A table of the same columns, each of them made with something more."""
        columns = {name: trail | more for name, trail in self.columns.items()}
        group = self.group | more if self.group is not None else None
        return Table(columns, self.own | more, shape or self.shape, group, self.unread)

    def become(self, other: "Table") -> None:
        """Hold what another table holds: it was changed in place."""
        self.columns, self.own, self.group, self.unread = dict(other.columns), other.own, other.group, other.unread


@dataclass(frozen=True, slots=True)
class Known:
    """A value that the text tells."""

    value: object
    trail: Trail = NOTHING


@dataclass(frozen=True, slots=True)
class Other:
    """Any other value."""

    trail: Trail = NOTHING


@dataclass(frozen=True, slots=True)
class Fit:
    """One call that fits an estimator: in which statement, on what table with which columns, by which label."""

    statement: int
    features: ast.expr
    table: Table
    columns: tuple[str, ...]
    label: Trail


@dataclass(eq=False, slots=True)
class Estimator:
    """A model or a transformer; `kind` is its dotted class, `answers` that of what answers in it: a pipeline's last step."""

    kind: str
    fits: list[Fit] = field(default_factory=list)
    trail: Trail = NOTHING
    why: str = ""
    answers: str = ""


Value = Table | Known | Other | Estimator


def series(trail: Trail, base: Table | None = None) -> Table:
    """A column on its own."""
    return Table({"": trail}, shape="series", base=base)
