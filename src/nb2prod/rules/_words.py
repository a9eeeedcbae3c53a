"""How messages quote what the author wrote."""

import re

from nb2prod.model.patterns import pattern

__all__ = ["listed", "pattern", "short", "slug", "words"]


def short(text: str, width: int = 60) -> str:
    """A text on one line in backquotes, its middle left out if it is long."""
    line = " ".join(text.split()).replace("`", "'")
    if len(line) > width:
        line = f"{line[: width - 16]}…{line[-14:]}"
    return f"`{line}`"


def slug(text: str) -> str:
    """A name for a setting made of the letters and digits of a text, "" if it has none."""
    name = re.sub(r"[^0-9a-z]+", "_", text.lower()).strip("_")[:40]
    return f"_{name}" if name[:1].isdigit() else name


def listed(names: list[str], most: int = 4) -> str:
    """Names in backquotes in one sentence: the first few, and how many more."""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def words(text: str) -> frozenset[str]:
    """The words of a text: a set of names that reads well."""
    return frozenset(text.split())
