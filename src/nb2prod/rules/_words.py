"""How messages quote what the author wrote."""

import re
from typing import cast


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


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used: most notebooks need few of them."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """Stands for a compiled pattern; whatever is asked of it is asked of that from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self.text, self.options = text, flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(self.text, self.options), name)
        setattr(self, name, found)
        return found
