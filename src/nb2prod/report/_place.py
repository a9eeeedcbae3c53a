"""Where a finding stands, in every way that a reader may want to know."""

from typing import NamedTuple

from nb2prod.model import Cell, Checked, Finding


class Physical(NamedTuple):
    """A stretch of the .ipynb file itself: lines and columns from 1, the end exclusive; 1:1 if unknown."""

    line: int
    column: int
    end_line: int
    end_column: int


def cell_of(checked: Checked, finding: Finding) -> Cell | None:
    """The cell of a finding."""
    cells = checked.notebook.cells if checked.notebook else ()
    at = finding.place.cell - 1
    return cells[at] if 0 <= at < len(cells) else None


def physical(checked: Checked, finding: Finding) -> Physical:
    """Where a finding stands in the .ipynb file."""
    cell, place = cell_of(checked, finding), finding.place
    starts = dict(cell.physical) if cell else {}
    if cell is None or place.line not in starts:
        return Physical(1, 1, 1, 1)
    lines = cell.source.split("\n")
    end_line = max(place.end_line, place.line)
    end_column = place.end_column if place.end_line else place.column + 1
    line, column = _escaped(lines, place.line, place.column, starts[place.line])
    last, end = _escaped(lines, end_line, end_column, starts.get(end_line, starts[place.line]))
    return Physical(line, column, last, end) if (last, end) > (line, column) else Physical(line, column, line, column + 1)


def _escaped(lines: list[str], number: int, column: int, start: tuple[int, int]) -> tuple[int, int]:
    """The place of a column of a line, counting what JSON writes with more than one character."""
    text = lines[number - 1][: column - 1] if number <= len(lines) else ""
    extra = sum(1 if c in '"\\\t\b\f\r' else 5 if ord(c) < 32 else 0 for c in text)
    return start[0], start[1] + len(text) + extra
