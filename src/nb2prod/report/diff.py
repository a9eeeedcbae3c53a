"""What the fixes change, cell by cell."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from nb2prod.model.finding import redacted
from nb2prod.report._text import clean


def cell_diff(path: str, cells: Iterable[tuple[int, str, str]], secrets: frozenset[str]) -> Iterator[str]:
    """The lines of a unified diff for each cell: its index, its source before and after."""
    for index, before, after in cells:
        name = f"{clean(path)}:cell {index}"
        old, new = (redacted(text, secrets).split("\n") for text in (before, after))
        for line in unified_diff(old, new, name, name, lineterm=""):
            yield clean(line) + "\n"
