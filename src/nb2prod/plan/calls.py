"""The edits at the calls of functions that take values of the notebook as keyword parameters now."""

import ast
from collections.abc import Iterator, Mapping

from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import at, end, slice_of
from nb2prod.model.plan import Edit
from nb2prod.plan.lifting import Lifted, has_trailing_comma


def call_edits(node: ast.AST, cell: Cell, lifted: Mapping[str, Lifted]) -> Iterator[Edit]:
    """Pass the lifted values at every call inside a statement."""
    lines = cell.lines
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in lifted:
            passed = ", ".join(f"{name}={name}" for name in lifted[part.func.id].extra)
            last = max([*part.args, *(k.value for k in part.keywords)], key=end, default=None)
            yield _before_closing(part, last, passed, cell.index, lines)


def _before_closing(call: ast.Call, last: ast.expr | None, text: str, cell: int, lines: list[str]) -> Edit:
    line, column = call.end_lineno or call.lineno, at(
        lines, call.end_lineno or call.lineno, (call.end_col_offset or 1) - 1
    )
    if last is not None:
        start = at(lines, last.end_lineno or 1, last.end_col_offset or 0)
        between = slice_of(lines, Place(cell, last.end_lineno or 0, start, line, column))
        text = f" {text}" if has_trailing_comma(between.lstrip(")")) else f", {text}"
    return Edit(Place(cell, line, column, line, column), text, "parameter")
