"""The algebra of types: a type is a dotted name with arguments or a union of a few, as in an annotation; "" is unknown.

`@3` is the element type of a container that is still empty, the third of them. An argument that begins with `#` is a
note for the inference alone, on a type that has no arguments.
"""

import re
from collections.abc import Iterable

NUMBERS = ("bool", "int", "float", "complex")
SEQUENCES = frozenset(
    {"list", "set", "frozenset", "Iterator", "Iterable", "Sequence", "KeysView", "ValuesView", "collections.deque"}
)
MAPPINGS = frozenset({"dict", "collections.defaultdict", "collections.OrderedDict", "collections.Counter", "Mapping"})
# What iterating over these yields.
YIELDS = {
    "str": "str",
    "bytes": "int",
    "range": "int",
    "Record": "str",
    "pandas.api.typing.DataFrameGroupBy": "tuple[Any, pandas.DataFrame]",
    "pandas.api.typing.SeriesGroupBy": "tuple[Any, pandas.Series]",
    "pandas.io.parsers.TextFileReader": "pandas.DataFrame",
}
# What iterating over these yields is noted on them.
NOTED = {
    "numpy.ndarray[#axes]": "matplotlib.axes.Axes",
    "numpy.flatiter[#axes]": "matplotlib.axes.Axes",
    "numpy.ndarray[#rows of axes]": "numpy.ndarray[#axes]",
}
MOST = 3
EMPTY = re.compile(r"@\d+")
NOTE = re.compile(r"\[#[^\[\]]*\]")


def split(kind: str) -> tuple[str, list[str]]:
    """A type's name and its arguments: `dict[str, int]` is `dict` and `["str", "int"]`."""
    name, bracket, rest = kind.partition("[")
    if not bracket or not rest.endswith("]"):
        return kind, []
    return name, _parts(rest[:-1], ",")


def members(kind: str) -> list[str]:
    """The types of a union, or the type alone."""
    return _parts(kind, "|") if "|" in kind else [kind]


def _parts(text: str, separator: str) -> list[str]:
    found, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if char == separator and not depth:
            found.append(text[start:at].strip())
            start = at + 1
    return [*found, text[start:].strip()]


def unify(one: str, two: str) -> str:
    """The type of a value that is of one or the other, "" if that is unknown or more than three types."""
    if one == two or two == "Never":
        return one
    if one == "Never":
        return two
    if not one or not two:
        return ""
    made: list[str] = []
    for kind in [*members(one), *members(two)]:
        other = next(((at, both) for at, seen in enumerate(made) if (both := _merged(seen, kind))), None)
        if other is None:
            made.append(kind)
        else:
            made[other[0]] = other[1]
    # A widened member may have come to include another.
    made = list(dict.fromkeys(made))
    if len(made) > MOST:
        return ""
    return " | ".join(sorted(made, key=lambda kind: kind == "None"))


def _merged(one: str, two: str) -> str:
    """One type for two that differ little, "" if they differ more."""
    if one == two:
        return one
    if one in NUMBERS and two in NUMBERS:
        return max(one, two, key=NUMBERS.index)
    if {one, two} == {"float", "numpy.float64"}:
        return "float"
    (name, inner), (same, other) = split(plain(one)), split(plain(two))
    if name != same or not (inner or other):
        return ""
    if len(inner) != len(other) or "..." in {*inner, *other}:
        return {"tuple": "tuple[Any, ...]"}.get(name, name)
    return f"{name}[{', '.join(_joined(a, b) for a, b in zip(inner, other, strict=True))}]"


def _joined(one: str, two: str) -> str:
    """The argument of a type that may have one or the other argument."""
    if one.startswith("@"):
        return two
    if two.startswith("@"):
        return one
    return known(unify(cleaned(one), cleaned(two)))


def unify_all(kinds: Iterable[str]) -> str:
    """The type of a value that is of one of many."""
    first, *rest = [*kinds] or [""]
    for kind in rest:
        first = unify(first, kind)
    return first


def without_none(kind: str) -> str:
    """What is left of a type if the value is not None."""
    rest = [member for member in members(kind) if member != "None"]
    return " | ".join(rest)


def known(kind: str) -> str:
    """A type as an argument of another."""
    return kind or "Any"


def cleaned(kind: str) -> str:
    """An argument of a type as a type of its own."""
    return "" if kind in {"Any", "..."} or kind.startswith("@") else kind


def settled(kind: str) -> str:
    """A type as others see it: what was empty to the end has elements of any type."""
    if kind == "Never":
        return ""
    kind = NOTE.sub("", plain(kind))
    while (found := re.search(r"\b(Record|Items)\[", kind)) is not None:
        end = _closing(kind, found.end())
        kind = kind[: found.start()] + plain(kind[found.start() : end]) + kind[end:]
    return EMPTY.sub("Any", kind) if "@" in kind else kind


def _closing(kind: str, at: int) -> int:
    """Where the bracket ends that was opened before a place."""
    depth = 1
    while depth:
        depth += (kind[at] == "[") - (kind[at] == "]")
        at += 1
    return at


def plain(kind: str) -> str:
    """A list or dict of which every item is known, as one like others."""
    name, inner = split(kind)
    if name == "Record":
        return f"dict[str, {known(unify_all(cleaned(each) for each in entries(kind).values()))}]"
    if name == "Items":
        return f"list[{known(unify_all(cleaned(item) for item in inner))}]"
    return kind


def entries(record: str) -> dict[str, str]:
    """The keys of a dict of which every entry is known, and the types of its values."""
    pairs = (part.partition(":")[::2] for part in split(record)[1])
    return {key: plain(kind) for key, kind in pairs}


def record(known_entries: dict[str, str]) -> str:
    """The type of a dict of which every entry is known."""
    return f"Record[{', '.join(f'{key}:{known(kind)}' for key, kind in known_entries.items())}]"


def element(kind: str) -> str:
    """The type of what iterating yields."""
    if "|" in kind and len(each := members(kind)) > 1:
        return unify_all(element(member) for member in each)
    name, inner = split(kind)
    if name in SEQUENCES or name in MAPPINGS:
        return cleaned(inner[0]) if inner else ""
    if name == "ItemsView" and inner:
        return f"tuple[{', '.join(inner)}]"
    if name == "typing.IO" and inner:
        return cleaned(inner[0])
    if name in {"tuple", "Items"}:
        return cleaned(inner[0]) if inner[1:] == ["..."] else unify_all(cleaned(item) for item in inner)
    return NOTED.get(kind) or YIELDS.get(name, "")


def with_element(kind: str, added: str) -> str:
    """A list or set after something was put into it."""
    name, inner = split(kind)
    return f"{name}[{_joined(inner[0], known(added))}]" if inner else kind


def with_entry(kind: str, key: str, value: str) -> str:
    """A dict after an entry was put into it."""
    name, inner = split(kind)
    return f"{name}[{_joined(inner[0], known(key))}, {_joined(inner[1], known(value))}]" if len(inner) == 2 else kind
