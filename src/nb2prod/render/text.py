"""Text of the notebook's own statements, with the edits that the plan decided; nothing is ever re-typed."""

import io
import tokenize
from collections.abc import Iterable, Sequence

from nb2prod.model.notebook import Place
from nb2prod.model.places import slice_of
from nb2prod.model.plan import Edit


def edited(lines: Sequence[str], place: Place, edits: Iterable[Edit] = ()) -> str:
    """The stretch of a cell at `place`, with the edits inside it applied."""
    text = slice_of(lines, place)
    inner = [e for e in edits if not _outside(e.place, place)]
    # From the end, so that places stay right; of two insertions at one place the first comes first.
    for edit in sorted(inner, key=lambda e: (e.place.line, e.place.column))[::-1]:
        start, end = offset(text, place, edit.place.line, edit.place.column), offset(
            text, place, edit.place.end_line, edit.place.end_column
        )
        text = text[:start] + edit.text + text[end:]
    return text


def _outside(inner: Place, outer: Place) -> bool:
    return (inner.line, inner.column) < (outer.line, outer.column) or (inner.end_line, inner.end_column) > (
        outer.end_line,
        outer.end_column,
    )


def offset(text: str, place: Place, line: int, column: int) -> int:
    """Where a line and column of the cell fall in the text of a stretch that begins at `place`."""
    if line == place.line:
        return column - place.column
    position = 0
    for _ in range(line - place.line):
        position = text.index("\n", position) + 1
    return position + column - 1


def inside_strings(text: str) -> frozenset[int]:
    """The lines (from 1) that begin inside a string: they must not be indented."""
    found: set[int] = set()
    opened: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="\n").readline):
            kind = tokenize.tok_name[token.type]
            if kind in {"FSTRING_START", "TSTRING_START"}:
                opened.append(token.start[0])
            elif kind in {"FSTRING_END", "TSTRING_END"}:
                found.update(range(opened.pop() + 1, token.end[0] + 1))
            elif kind == "STRING":
                found.update(range(token.start[0] + 1, token.end[0] + 1))
    except (tokenize.TokenError, IndentationError):
        pass
    return frozenset(found)


def indent(text: str, spaces: int = 4) -> str:
    """The text moved to the right, but for lines that begin inside a string."""
    kept = inside_strings(text)
    pad = " " * spaces
    return "\n".join(
        line if number in kept or not line.strip() else pad + line for number, line in enumerate(text.split("\n"), 1)
    )
