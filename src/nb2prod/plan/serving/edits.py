"""How the statements of the serving path differ from the notebook's own."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from nb2prod.model.facts import Analysis
from nb2prod.model.notebook import Place
from nb2prod.model.places import span
from nb2prod.model.plan import Edit
from nb2prod.plan.serving.values import Trail, Value

SERVING = "serving"


@dataclass(slots=True)
class Changes:
    """How a statement must be edited to serve: always, or only without the columns that a filter reads."""

    edits: list[Edit] = field(default_factory=list)
    filters: list[tuple[frozenset[str], Edit]] = field(default_factory=list)
    lists: list[tuple[dict[str, Trail], Edit]] = field(default_factory=list)


class Unclear(Exception):  # noqa: N818 - it is no error: the expression is not followed further
    """An expression that is not understood, and why."""


class Edits:
    """The edits by statement. `statement` is the index of the current one, and `place` tells where a node of it stands.

    `place` is None inside functions and loops, where nothing can be edited for one row alone.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.statement = 0
        self.place: Callable[[ast.expr], Place] | None = None
        self.changes: dict[int, Changes] = {}
        self.memo: dict[ast.expr, Value] = {}

    def enter(self, index: int) -> None:
        """Begin a top-level statement."""
        self.statement = index
        self.memo.clear()
        statement = self.analysis.statements[index]
        cell = self.analysis.notebook.cells[statement.cell - 1]
        self.place = lambda node: span(node, cell.index, cell.lines)

    def before(self, node: ast.expr, text: str) -> None:
        """Put text in front of an expression of the current statement."""
        at = self._at(node)
        self.change().edits.append(Edit(Place(at.cell, at.line, at.column, at.line, at.column), text, SERVING))

    def after(self, node: ast.expr, text: str, replacing: int = 0) -> None:
        """Put text behind an expression, instead of its last characters."""
        at = self._at(node)
        start = at.end_column - replacing
        self.change().edits.append(Edit(Place(at.cell, at.end_line, start, at.end_line, at.end_column), text, SERVING))

    def instead(self, node: ast.expr, text: str) -> None:
        """Put text in the place of an expression."""
        self.change().edits.append(Edit(self._at(node), text, SERVING))

    def rest(self, base: ast.expr, whole: ast.expr) -> Edit:
        """The edit that leaves only the beginning of an expression."""
        first, last = self._at(base), self._at(whole)
        return Edit(Place(first.cell, first.end_line, first.end_column, last.end_line, last.end_column), "", SERVING)

    def _at(self, node: ast.expr) -> Place:
        if self.place is None:
            raise Unclear("it is prepared inside a function or a loop")
        return self.place(node)

    def change(self) -> Changes:
        """The changes of the current statement."""
        return self.changes.setdefault(self.statement, Changes())
