"""The edits at the calls of functions that take values of the notebook as keyword parameters now."""

import ast
from collections.abc import Iterator, Mapping

from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import at, end
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
        between = _between(
            lines, last.end_lineno or 0, at(lines, last.end_lineno or 1, last.end_col_offset or 0), line, column
        )
        text = f" {text}" if has_trailing_comma(between.lstrip(")")) else f", {text}"
    return Edit(Place(cell, line, column, line, column), text, "parameter")


def _between(lines: list[str], line: int, column: int, end_line: int, end_column: int) -> str:
    if line == end_line:
        return lines[line - 1][column - 1 : end_column - 1]
    return "\n".join(
        [lines[line - 1][column - 1 :], *lines[line : end_line - 1], lines[end_line - 1][: end_column - 1]]
    )
