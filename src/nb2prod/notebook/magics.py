"""IPython syntax → Python, line for line.

`mask` gives as many lines as the source has. A magic becomes the call `__magic__(i)`, where i is its place among the
cell's magics; further lines of it become empty. `%time statement` becomes the statement, for it stays the notebook's
own code; so does the body of `%%time`, `%%capture` and the like (cell_magics.py). What IPython takes off before it
looks (prompts.py) is taken off here too, and `shifts` says how many columns are missing on which line.
"""

import re
from typing import NamedTuple

from nb2prod.model.notebook import Magic
from nb2prod.model.patterns import pattern
from nb2prod.notebook.cell_magics import cell_magic
from nb2prod.notebook.line_magics import Piece, piece
from nb2prod.notebook.prompts import Line, cleaned, first_line
from nb2prod.notebook.specials import INSTALLS, specials

# what a cell with anything to mask holds at least once
_CANDIDATE = pattern(
    r"^[ \t\f]*(?:[%!?,;/]|>>>|\.{3,}:|(?:pip3?|conda|uv|(?:micro)?mamba)[ \t])"
    r"|=(?:[ \t\f]|\\\n)*[%!]|\?$|In \[\d+\]: |\A(?:[ \t]*\n)*[ \t]+\S",
    re.MULTILINE,
)
# a line that may begin with something special other than `%`, `!` and `?`, after its line end
_ODD_LINE = pattern(r"\n[ \t\f]*(?:[,;/]|>>>|\.\.\.|pip|conda|uv|mamba|micromamba)")
_BLANK = pattern(r"^[ \t]+$", re.MULTILINE)
# cell magics inside cell magics: `%%time` over `%%capture` is common, more is a game
_NESTED = 5


class Masked(NamedTuple):
    """A cell's source as Python, its magics, and (line, columns) where columns were taken from the left.

    A column of the Python plus those columns is the column of the source; below zero where columns came in.
    """

    python: str
    magics: tuple[Magic, ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()


class _Lines(NamedTuple):
    """A part of a cell that is still to be masked: its lines, and how many lines and magics stand above it."""

    lines: list[Line]
    bare: re.Pattern[str]
    above: int = 0
    magics: int = 0


def mask(source: str, bare: re.Pattern[str] = INSTALLS) -> Masked:
    """The Python that stands for a cell's source; the source itself where nothing is special about it.

    `bare` matches magics that stand at the beginning of a statement without their `%`.
    """
    if bare is INSTALLS and not _is_candidate(source):
        # IPython empties lines of blanks, also inside strings
        return Masked(_BLANK.sub("", source) if '"""' in source or "'''" in source else source)
    return _masked(_Lines([Line(text) for text in source.split("\n")], bare), _NESTED)


def _is_candidate(source: str) -> bool:
    """Whether anything in the cell may have to be masked; quick about the many cells where nothing has."""
    marked = "%" in source or "!" in source or "?" in source or "In [" in source
    if not marked and source[:1] not in (" ", "\t", "\n") and not _ODD_LINE.search("\n" + source):
        return False
    return _CANDIDATE.search(source) is not None


def _masked(part: _Lines, nested: int) -> Masked:
    """A cell, or the body of a cell magic that IPython reads as a cell of its own."""
    # an empty first line goes before a prompt does: `%%name` after an empty prompt is none for IPython
    first = first_line(part.lines)
    part = part._replace(lines=cleaned(part.lines))
    texts = [line.text for line in part.lines[first:]]
    magic = cell_magic(texts, part.above + first + 1) if nested and texts and texts[0].startswith("%%") else None
    if magic is None:
        return _masked_lines(part)
    head = [*[""] * first, magic.python(part.magics)]
    if not magic.magic.code:
        return Masked("\n".join([*head, *[""] * (len(texts) - 1)]), (magic.magic,))
    # a statement on the magic's own line stands further to the right than in the source
    moved = ((magic.magic.line, len(texts[0]) - len(head[-1]) + part.lines[first].taken),) if magic.setup else ()
    if len(texts) == 1:
        return Masked("\n".join(head), (magic.magic,), moved)
    rest = _Lines(part.lines[first + 1 :], part.bare, part.above + first + 1, part.magics + 1)
    body = _masked(rest, nested - 1)
    return Masked("\n".join([*head, body.python]), (magic.magic, *body.magics), (*moved, *body.shifts))


def _masked_lines(part: _Lines) -> Masked:
    """Lines without a cell magic."""
    source = "\n".join(line.text for line in part.lines)
    pieces = _pieces(source, part)
    taken = {part.above + at: line.taken for at, line in enumerate(part.lines, 1) if line.taken}
    for found in pieces:
        if found.taken:
            taken[found.magic.line] = taken.get(found.magic.line, 0) + found.taken
    return Masked(_replaced(source, pieces), tuple(found.magic for found in pieces), tuple(sorted(taken.items())))


def _pieces(source: str, part: _Lines) -> list[Piece]:
    """What stands for each stretch of IPython syntax, in order."""
    pieces: list[Piece] = []
    line, at = part.above + 1, 0
    for special in specials(source, part.bare):
        line, at = line + source.count("\n", at, special.start), special.start
        found = piece(special, line, part.magics + len(pieces))
        if found:
            pieces.append(found)
    return pieces


def _replaced(source: str, pieces: list[Piece]) -> str:
    """The source with the pieces in it, and empty lines for the lines that they have less."""
    parts: list[str] = []
    at = 0
    for found in pieces:
        missing = source.count("\n", found.start, found.end) - found.python.count("\n")
        parts += [source[at : found.start], found.python, "\n" * missing]
        at = found.end
    return "".join([*parts, source[at:]])
