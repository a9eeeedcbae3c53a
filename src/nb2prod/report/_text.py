"""Text from notebooks made safe to print, and what a finding's fix is called."""

import re

from nb2prod.model import Checked, Convert, Drop, Finding, Fix, Lift, Place, Replace
from nb2prod.model.finding import redacted
from nb2prod.model.patterns import pattern

# Control characters, line separators, lone surrogates, and what changes the direction or hides in the text.
UNSAFE = pattern(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text with every character that could move the cursor, hide, or reorder the line written as an escape."""
    return text if text.isascii() and text.isprintable() else UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() == "\t":
        return " "
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def described(fix: Fix | None) -> str:
    """What a fix will do, in a few words; "" if there is none."""
    match fix:
        case Lift(name):
            return f"`convert` makes it the setting `{name}`"
        case Drop(reason):
            return f"`convert` leaves it out: {reason}"
        case Convert(how):
            return f"`convert`: {how}"
        case Replace(text):
            return f"`lint --fix` writes `{clean(' '.join(text.split()))}`"
    return ""


def place_of(finding: Finding) -> str:
    """`cell 6:2:8`: the cell (all cells, from 1), the line in it and the column."""
    return f"cell {finding.place.cell}:{finding.place.line}:{finding.place.column}"


def quoted(checked: Checked, place: Place) -> list[tuple[int, str]]:
    """The lines of the cell that a finding is about, numbered: at most one above it and three of its own."""
    cell = next((c for c in checked.notebook.cells if c.index == place.cell), None) if checked.notebook else None
    if cell is None:
        return []
    lines = cell.source.split("\n")
    last = min(max(place.end_line, place.line), place.line + 2, len(lines))
    numbers = range(max(place.line - 1, 1), last + 1)
    return [(number, redacted(lines[number - 1], checked.secrets)) for number in numbers]
