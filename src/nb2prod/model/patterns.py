"""Regular expressions that are compiled when they are first used: a run needs few of them."""

import re
from typing import cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """Stands for a compiled pattern; whatever is asked of it is asked of that from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self.text, self.options = text, flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(self.text, self.options), name)
        setattr(self, name, found)
        return found
