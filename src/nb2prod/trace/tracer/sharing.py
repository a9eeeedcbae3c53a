"""Which places inside a container hold one and the same object: two equal lists are not one list."""

from __future__ import annotations

from .whole import ATOMS, PLAIN

MOST = 2000
FIXED = ATOMS | {tuple, frozenset, range}


def shared(value: object) -> bytes:
    """The places inside a plain container that hold an object which has stood at an earlier place; b"" if there are none.

    Only what can be changed in place counts; of large containers the first places are looked at.
    """
    if type(value) not in PLAIN:
        return b""
    seen: dict[int, int] = {id(value): 0}
    found, waiting, count = [], [value], 0
    while waiting and count < MOST:
        held = waiting.pop()
        each: list[object] = list(held.values()) if isinstance(held, dict) else list(held)  # type: ignore[call-overload]
        if set(map(type, each)) <= ATOMS:
            continue
        for item in each:
            count += 1
            if type(item) not in FIXED and not callable(item):
                if id(item) in seen:
                    found.append((count, seen[id(item)]))
                    continue
                seen[id(item)] = count
            if type(item) in PLAIN:
                waiting.append(item)
    return repr(found).encode() if found else b""
