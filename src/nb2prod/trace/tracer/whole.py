"""Containers that hold nothing but plain values, hashed at once; their parts are digested only if somebody asks for them.

Only where floats must be exact: two such hashes are equal if and only if all that is inside is equal, to the last bit.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any

from .node import Node, mix

ATOMS = frozenset({str, int, float, bool, complex, bytes, type(None)})
PLAIN = frozenset({list, tuple, dict})
DEEPEST = 20


class Whole(Node):
    """The digest of a container as a whole; `expand` makes its parts."""

    __slots__ = ("expand", "made")

    def __init__(self, value: Any, text: str, expand: Callable[[], list[tuple[str, Node]]]) -> None:
        """Hash a container for which `is_plain` holds."""
        self.kind, self.text, self.count, self.unknown = type(value).__name__, text, len(value), 0
        self.head = self.exact = self.coarse = self.shifted = mix(b"whole", self.kind.encode(), marshal.dumps(value, 0))
        self.expand = expand
        self.made: list[tuple[str, Node]] | None = None

    @property
    def parts(self) -> list[tuple[str, Node]]:
        """The parts, made when they are first asked for."""
        if self.made is None:
            self.made = self.expand()
        return self.made

    @parts.setter
    def parts(self, parts: list[tuple[str, Node]]) -> None:
        self.made = parts


def is_plain(value: Any, depth: int = 0) -> bool:
    """Whether a container holds plain values and such containers alone, by their exact types."""
    if depth > DEEPEST:
        return False
    if type(value) is dict:
        return set(map(type, value)) <= ATOMS and _all(list(value.values()), depth)
    return _all(value, depth)


def _all(values: Any, depth: int) -> bool:
    kinds = set(map(type, values))
    if kinds <= ATOMS:
        return True
    return kinds <= ATOMS | PLAIN and all(is_plain(each, depth + 1) for each in values if type(each) in PLAIN)


def glance(value: Any, brief: Callable[[object], str], depth: int = 0) -> str:
    """How a plain container begins."""
    if type(value) not in PLAIN:
        return brief(value)
    kind = type(value).__name__
    if depth > 1:
        return f"{kind} of {len(value)}"
    if type(value) is dict:
        first = [(key, value[key]) for key, _ in zip(value, range(5))]  # noqa: B905
        shown = [f"{brief(key)}: {glance(each, brief, depth + 1)}" for key, each in first]
    else:
        shown = [glance(each, brief, depth + 1) for each in value[:6]]
    return f"{kind} of {len(value)}: {', '.join(shown)}"
