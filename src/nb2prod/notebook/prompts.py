"""What IPython takes off a cell before it looks at it: empty first lines, common indentation, prompts.

The order and the rules are those of `IPython.core.inputtransformer2` (9.x), quirks included: lines of blanks become
empty even inside strings, and one `>>>` anywhere outside a string makes every `>>>` and `...` a prompt.
"""

import re
from typing import NamedTuple

from nb2prod.model.patterns import pattern

_CLASSIC = pattern(r"\s*>>>")
_CLASSIC_PROMPT = pattern(r"\s*(?:>>>|\.\.\.)[ \t]?")
_TRIPLE = pattern(r"(?<!\\)(\"\"\"|''')")
_STRING_PREFIX = pattern(r"[rubfRUBF]*")
_NUMBERED_PROMPT = pattern(r"(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?")
_INDENT = pattern(r"[ \t]*")


class Line(NamedTuple):
    """One line of a cell, and how many columns were taken from its left."""

    text: str
    taken: int = 0

    def without(self, columns: int) -> "Line":
        """The line with more columns taken from its left."""
        return Line(self.text[columns:], self.taken + columns) if columns else self


def first_line(lines: list[Line]) -> int:
    """The index of the first line that is not blank, or the number of lines if there is none."""
    return next((index for index, line in enumerate(lines) if line.text.strip()), len(lines))


def cleaned(lines: list[Line]) -> list[Line]:
    """The lines of a cell as IPython goes on to read them; their number does not change."""
    first = first_line(lines)
    lines = _dedented(lines)
    if any(_CLASSIC.match(line.text) for line in lines):
        lines = _without_classic_prompts(lines)
    return _without_numbered_prompts(lines, first)


def _dedented(lines: list[Line]) -> list[Line]:
    """The lines without the indentation that they have in common; lines of blanks become empty."""
    lines = [line if line.text.strip(" \t") else Line("", line.taken) for line in lines]
    margin = _common([_indent(line.text) for line in lines if line.text])
    return [line.without(margin) if line.text else line for line in lines] if margin else lines


def _indent(text: str) -> str:
    found = _INDENT.match(text)
    return found[0] if found else ""


def _common(indents: list[str]) -> int:
    """The length of the longest beginning that all have in common: what the least and the greatest share."""
    if not indents:
        return 0
    least, greatest = min(indents), max(indents)
    return next((at for at, (a, b) in enumerate(zip(least, greatest, strict=False)) if a != b), len(least))


def _without_classic_prompts(lines: list[Line]) -> list[Line]:
    """Without `>>> ` and `... `, and dedented between strings that hold such prompts as text."""
    kept = _kept_in_strings(lines)
    if not any(_CLASSIC.match(line.text) for line, keep in zip(lines, kept, strict=True) if not keep):
        return lines
    result: list[Line] = []
    for start, stop in _stretches(kept):
        stretch = lines[start:stop]
        result += stretch if kept[start] else _stripped(stretch)
    return result


def _stripped(lines: list[Line]) -> list[Line]:
    stripped = [line.without(_prompt_width(_CLASSIC_PROMPT, line)) for line in lines]
    return _dedented(stripped) if stripped != lines else lines


def _prompt_width(prompt: re.Pattern[str], line: Line) -> int:
    found = prompt.match(line.text)
    return found.end() if found else 0


def _stretches(kept: list[bool]) -> list[tuple[int, int]]:
    """The borders between lines inside and outside strings, as (start, stop)."""
    borders = [at for at in range(1, len(kept)) if kept[at] != kept[at - 1]]
    return list(zip([0, *borders], [*borders, len(kept)], strict=True))


def _kept_in_strings(lines: list[Line]) -> list[bool]:
    """For each line whether a triple-quoted string without a prompt of its own holds it."""
    kept: list[bool] = []
    quote, keep, prompted = "", False, False
    for line in lines:
        kept.append(bool(quote) and keep)
        for found in _TRIPLE.finditer(line.text):
            if not quote:
                quote, keep = found[1], _opens_plainly(line.text[: found.start()], prompted)
                kept[-1] = keep
            elif quote == found[1]:
                quote, keep = "", False
        prompted = prompted or _CLASSIC.match(line.text) is not None
    return kept


def _opens_plainly(before: str, prompted: bool) -> bool:
    """Whether a string begins the line, or follows the first prompt of all."""
    code = _CLASSIC_PROMPT.sub("", before, count=1)
    code = re.sub(r"^\s*\.\.\.[ \t]?", "", code, count=1)
    return not (code != before and prompted) and _STRING_PREFIX.fullmatch(code.strip()) is not None


def _without_numbered_prompts(lines: list[Line], first: int) -> list[Line]:
    """Without `In [3]: ` and `   ...: `, if one of the first two lines has such a prompt."""
    if not any(_NUMBERED_PROMPT.match(line.text) for line in lines[first : first + 2]):
        return lines
    return [line.without(_prompt_width(_NUMBERED_PROMPT, line)) for line in lines]
