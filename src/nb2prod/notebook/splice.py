"""Fixes → the bytes of a notebook with nothing else changed: indentation, key order, escapes and outputs stay as they were."""

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from nb2prod.model import Cell, Finding, Place, Replace
from nb2prod.notebook.decode import decode, failure
from nb2prod.notebook.file import Contents
from nb2prod.notebook.positions import locate, place_in_file
from nb2prod.notebook.reading import notebook_in


class Edit(NamedTuple):
    """Characters of a cell's source, counted from 0, and what stands there instead."""

    start: int
    end: int
    text: str


class Changed(NamedTuple):
    """A cell's source before and after."""

    cell: int
    before: str
    after: str


class Mended(NamedTuple):
    """A notebook with its fixes: the bytes of the file, the cells that changed, and how many fixes were made."""

    data: bytes
    cells: tuple[Changed, ...]
    fixes: int


def mended(data: bytes, path: str, findings: Iterable[Finding], unsafe: bool) -> Mended | None:
    """The notebook with the fixes of the findings, None if there is nothing to mend.

    Raises NotebookError if a cell would not parse any more: then nothing is to be written.
    """
    text = decode(data, path)
    notebook = locate(notebook_in(Contents(data), path), Contents(data))
    edits = {cell.index: _edits(cell, findings, unsafe) for cell in notebook.cells if cell.physical}
    starts = _starts(text)
    pieces: list[tuple[int, int, str]] = []
    changed: list[Changed] = []
    for cell in notebook.cells:
        done = [(edit, span) for edit in edits.get(cell.index, []) if (span := _span(cell, edit, text, starts))]
        if done:
            pieces += [(*span, json.dumps(edit.text, ensure_ascii=text.isascii())[1:-1]) for edit, span in done]
            changed.append(Changed(cell.index, cell.source, _applied(cell.source, [edit for edit, _ in done])))
    if not pieces:
        return None
    new = _spliced(text, pieces).encode("utf-8")
    result = data[: len(data) - len(text.encode("utf-8"))] + new
    _check(result, path, {cell.index: cell for cell in notebook.cells}, changed)
    return Mended(result, tuple(changed), len(pieces))


def _edits(cell: Cell, findings: Iterable[Finding], unsafe: bool) -> list[Edit]:
    """The fixes in a cell, in order; of two that overlap the first."""
    found: list[Edit] = []
    lines = _starts(cell.source)
    for finding in findings:
        fix = finding.fix
        place = (fix.place or finding.place) if isinstance(fix, Replace) else finding.place
        if not isinstance(fix, Replace) or place.cell != cell.index or "__magic__" in fix.text:
            continue
        if fix.safety == "safe" or (unsafe and fix.safety == "unsafe"):
            found.append(_least(cell.source, lines, place, fix.text))
    kept: list[Edit] = []
    for edit in sorted(set(found)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _least(source: str, lines: Sequence[int], place: Place, text: str) -> Edit:
    """An edit without what stays as it is at its beginning and end."""
    start = lines[place.line - 1] + place.column - 1
    end = lines[(place.end_line or place.line) - 1] + place.end_column - 1
    while start < end and text and source[start] == text[0]:
        start, text = start + 1, text[1:]
    while start < end and text and source[end - 1] == text[-1]:
        end, text = end - 1, text[:-1]
    return Edit(start, end, text)


def _span(cell: Cell, edit: Edit, text: str, starts: Sequence[int]) -> tuple[int, int] | None:
    """Where an edit stands in the text of the file; None if it goes over several strings of it."""
    places = [_place(cell, at) for at in (edit.start, edit.end)]
    found = [place_in_file(cell, line, column) for line, column in places]
    if found[0] is None or found[1] is None:
        return None
    start, end = (starts[place[0] - 1] + place[1] - 1 for place in found if place is not None)
    try:
        same = json.loads(f'"{text[start:end]}"', strict=False) == cell.source[edit.start : edit.end]
    except ValueError:
        return None
    return (start, end) if same else None


def _place(cell: Cell, at: int) -> tuple[int, int]:
    """The line and column of a character of the source, counted from 1."""
    before = cell.source[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def _starts(text: str) -> list[int]:
    """Where the lines of a text begin."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def _applied(source: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def _spliced(text: str, pieces: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(pieces):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _check(data: bytes, path: str, cells: dict[int, Cell], changed: Sequence[Changed]) -> None:
    """Read the result again: every source is what it is meant to be, and what parsed parses."""
    expected = {index: cell.source for index, cell in cells.items()} | {each.cell: each.after for each in changed}
    new = notebook_in(Contents(data), path)
    if {cell.index: cell.source for cell in new.cells} != expected:
        raise failure(path, "its fixes can't be written without changing more; make them by hand")
    broken = next((cell for cell in new.cells if cell.problem and not cells[cell.index].problem), None)
    if broken is not None:
        raise failure(path, f"the fixes in cell {broken.index} would break its code; make them by hand")
