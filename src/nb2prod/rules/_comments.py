"""The comments of a cell, found without a tokenizer."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nb2prod.rules._words import pattern

# Strings are skipped whole, so that what is left of `#` is code.
STRING_OR_COMMENT = pattern(
    r"""'''(?:\\.|(?!''').)*'''|\"""(?:\\.|(?!\""").)*\"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(#[^\n]*)""",
    re.DOTALL,
)


class Comment(NamedTuple):
    """A comment: its line and column in the cell, and its text with the `#`."""

    line: int
    column: int
    text: str


def comments_in(source: str) -> Iterator[Comment]:
    """The comments of a source that parses."""
    if "\\\n" in source or '"""' in source or "'''" in source:
        yield from _among_long_strings(source)
        return
    line, start = 1, 0
    while (sign := source.find("#", start)) >= 0:
        line += source.count("\n", start, sign)
        begin = source.rfind("\n", 0, sign) + 1
        end = source.find("\n", sign)
        start = end if end >= 0 else len(source)
        before = source[begin:sign]
        if '"' not in before and "'" not in before:
            yield Comment(line, sign - begin + 1, source[sign:start])
            continue
        for _, column, text in _among_long_strings(source[begin:start]):
            yield Comment(line, column, text)


def _among_long_strings(source: str) -> Iterator[Comment]:
    """The comments of a source in which a string may go over several lines."""
    line, seen = 1, 0
    for match in STRING_OR_COMMENT.finditer(source):
        if match.group(1) is None:
            continue
        start = match.start()
        line += source.count("\n", seen, start)
        seen = start
        yield Comment(line, start - source.rfind("\n", 0, start), match.group(1))
