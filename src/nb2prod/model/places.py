"""Where a node of the tree stands in its cell: ast counts columns in bytes from 0, places in characters from 1."""

import ast
from collections.abc import Sequence

from nb2prod.model.notebook import Place


def span(node: ast.expr | ast.stmt, cell: int, lines: list[str]) -> Place:
    """The place of a node."""
    end_line = node.end_lineno or node.lineno
    return Place(
        cell,
        node.lineno,
        at(lines, node.lineno, node.col_offset),
        end_line,
        at(lines, end_line, node.end_col_offset or 0),
    )


def at(lines: list[str], line: int, size: int) -> int:
    """The column in characters of an offset in bytes."""
    text = lines[line - 1]
    return (size if text.isascii() else len(text.encode()[:size].decode(errors="replace"))) + 1


def end(node: ast.expr | ast.arg) -> tuple[int, int]:
    """The line and the offset in bytes at which a node ends."""
    return node.end_lineno or 0, node.end_col_offset or 0


def slice_of(lines: Sequence[str], place: Place) -> str:
    """The text of a stretch of a cell."""
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    first = lines[place.line - 1][place.column - 1 :]
    return "\n".join(
        [first, *lines[place.line : place.end_line - 1], lines[place.end_line - 1][: place.end_column - 1]]
    )
