r"""Where the characters of the cells' sources stand in the .ipynb file.

Reading doesn't ask: `locate` is for reporters that need lines and columns of the file, and goes over its text once
more. A source may be one JSON string, with `\n` between its lines, or a list of strings that need not be lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from nb2prod.model.frozen import replace
from nb2prod.model.notebook import Cell, Notebook
from nb2prod.notebook.decode import decode
from nb2prod.notebook.file import Contents
from nb2prod.notebook.json_walk import Walker

_ESCAPE = re.compile(
    # a surrogate pair is one character
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u(?P<code>[0-9a-fA-F]{4})|\\(?P<letter>.)"
)

# where the content of a JSON string begins and ends in the text
Span = tuple[int, int]


def locate(notebook: Notebook, found: Contents) -> Notebook:
    """The notebook with `physical` and `escapes` of every cell, out of the file's contents.

    A cell that is not found again as it was read (the file has changed meanwhile) stays without.
    """
    text = decode(found.data, notebook.path)
    spans = source_spans(text, notebook.format[0])
    if len(spans) != len(notebook.cells):
        return notebook
    lines = _Lines(text)
    pairs = zip(notebook.cells, spans, strict=True)
    return replace(notebook, cells=tuple(_located(cell, _units(text, strings, lines)) for cell, strings in pairs))


def place_in_file(cell: Cell, line: int, column: int) -> tuple[int, int] | None:
    """The line and column in the file of a place in a cell's source, or None if the cell was not located."""
    if not 0 < line <= len(cell.physical):
        return None
    at = bisect_right(cell.escapes, (line, column, 1 << 60, 0)) - 1
    if at >= 0 and cell.escapes[at][0] == line:
        _, start, file_line, file_column = cell.escapes[at]
        return file_line, file_column + column - start
    file_line, file_column = cell.physical[line - 1]
    return file_line, file_column + column - 1


def bytes_before(lines: list[str], line: int, column: int) -> int:
    """The column of a place in a file, counted in bytes of UTF-8; `lines` are the file's."""
    return len(lines[line - 1][: column - 1].encode("utf-8", "surrogatepass")) + 1


def source_spans(text: str, major: int) -> list[list[Span]]:
    """For each cell in order the JSON strings that its source is made of; of keys given twice the last counts."""
    walker = Walker(text)
    sheets: list[list[list[Span]]] = []
    cells: list[list[Span]] = []
    for key in walker.members():
        if key == "cells" and walker.here == "[":
            cells = [_cell_spans(walker) for _ in walker.items()]
        elif key == "worksheets" and walker.here == "[" and major < 4:
            sheets = [_sheet_spans(walker) for _ in walker.items()]
        else:
            walker.skip()
    return [cell for sheet in sheets for cell in sheet] or cells


def _sheet_spans(walker: Walker) -> list[list[Span]]:
    cells: list[list[Span]] = []
    if walker.here != "{":
        walker.skip()
        return cells
    for key in walker.members():
        if key == "cells" and walker.here == "[":
            cells = [_cell_spans(walker) for _ in walker.items()]
        else:
            walker.skip()
    return cells


def _cell_spans(walker: Walker) -> list[Span]:
    """The strings of one cell's source, which formats 2 and 3 called input; the cell's own place if there are none."""
    found: dict[str, list[Span]] = {}
    start = walker.at
    if walker.here != "{":
        walker.skip()
        return [(start, start)]
    for key in walker.members():
        if key in ("source", "input") and walker.here == "[":
            found[key] = [walker.string() for _ in walker.items()]
        elif key in ("source", "input") and walker.here == '"':
            found[key] = [walker.string()]
        else:
            walker.skip()
    return found.get("source") or found.get("input") or [(start, start)]


class _Lines:
    """Lines and columns of ever greater offsets in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._start, self._at = 1, 0, 0

    def place(self, at: int) -> tuple[int, int]:
        """The line and column of an offset that is not smaller than the last."""
        newlines = self._text.count("\n", self._at, at)
        if newlines:
            self._line += newlines
            self._start = self._text.rfind("\n", self._at, at) + 1
        self._at = at
        return self._line, at - self._start + 1


class _Unit(NamedTuple):
    """Plain characters, or the escape of one, as they stand on a line of the file; `end` is exclusive."""

    line: int
    start: int
    end: int
    # how many characters they are in the source
    characters: int
    # whether they begin a JSON string
    first: bool = False
    newline: str = ""


def _units(text: str, spans: list[Span], lines: _Lines) -> Iterator[_Unit]:
    """The pieces that a cell's source is spelt with; each string begins with an empty one, which keeps its place."""
    for start, end in spans:
        line, column = lines.place(start)
        before, at = column - start, start
        yield _Unit(line, column, column, 0, first=True)
        for escape in _ESCAPE.finditer(text, start, end):
            stop = escape.start()
            if stop > at:
                yield _Unit(line, before + at, before + stop, stop - at)
            at = escape.end()
            yield _Unit(line, before + stop, before + at, 1, newline=_newline(escape))
        if end > at:
            yield _Unit(line, before + at, before + end, end - at)


def _newline(escape: re.Match[str]) -> str:
    """The line end that an escape stands for, if it does."""
    if escape["letter"]:
        return {"n": "\n", "r": "\r"}.get(escape["letter"], "")
    return {"000a": "\n", "000d": "\r"}.get((escape["code"] or "").lower(), "")


def _located(cell: Cell, units: Iterator[_Unit]) -> Cell:
    """The cell with the places where its lines begin and where columns stop to advance together."""
    physical: list[tuple[int, int]] = []
    escapes: list[tuple[int, int, int, int]] = []
    # where the line begins that comes next; None in the middle of a line
    begins: tuple[int, int] | None = (1, 1)
    column, previous = 1, ""
    for unit in units:
        if unit.first and begins is None:
            escapes.append((len(physical), column, unit.line, unit.start))
        elif unit.first or (unit.newline == "\n" and previous == "\r"):
            begins, previous = (unit.line, unit.end), previous if unit.first else ""
        else:
            if begins is not None:
                physical.append((unit.line, unit.start))
                column = 1
            begins, previous = (unit.line, unit.end) if unit.newline else None, unit.newline
            column += unit.characters
            if begins is None and unit.end - unit.start != unit.characters:
                escapes.append((len(physical), column, unit.line, unit.end))
    if begins:
        physical.append(begins)
    if len(physical) != cell.source.count("\n") + 1:
        return cell
    return replace(cell, physical=tuple(physical), escapes=tuple(escapes))
