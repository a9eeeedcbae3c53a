"""Digests of what the standard library offers: containers, dates, paths, numbers, and any object by its state."""

# ruff: noqa: B905

from __future__ import annotations

import array
import collections
import datetime
import decimal
import enum
import fractions
import functools
import io
import logging
import pathlib
import random
import re
import types
import uuid
from collections.abc import Callable

from .node import Node, mix
from .values import Digester, cut, kind_of, short, unknown

BY_TEXT = (
    datetime.date,
    datetime.time,
    datetime.timedelta,
    datetime.tzinfo,
    decimal.Decimal,
    fractions.Fraction,
    uuid.UUID,
    pathlib.PurePath,
    range,
    re.Pattern,
    type(Ellipsis),
    type(NotImplemented),
)

# What param names an object that has no name: its class, and how many objects there were before.
NUMBERED = re.compile(r"^([A-Za-z]\w*)\d{5}$")


def of_ipython(value: object, digester: Digester) -> Node | None:
    """What IPython hands out, as what the package puts in its place: captured output, lines of a command."""
    home, kind = type(value).__module__, kind_of(value)
    if (home == "IPython.utils.capture" and kind == "CapturedIO") or (home.endswith(".shell") and kind == "Captured"):
        return digester.sequence("Captured", [getattr(value, "stdout", ""), getattr(value, "stderr", "")], "Captured")
    if home == "IPython.utils.text" and isinstance(value, list):
        return digester.digest(list(value))
    if home == "IPython.utils.text" and isinstance(value, str):
        return digester.digest(str(value))
    return None


def atoms(value: object, digester: Digester) -> Node | None:
    """Numbers, text, dates, paths."""
    kind = kind_of(value)
    if isinstance(value, enum.Enum):
        return Node(kind, value.name.encode(), [(".value", digester.digest(value._value_))], f"{kind}.{value.name}")
    if isinstance(value, complex):
        parts = [(".real", digester.digest(value.real)), (".imag", digester.digest(value.imag))]
        return Node(kind, b"", parts, short(value))
    if isinstance(value, BY_TEXT) and type(value).__module__.partition(".")[0] != "pandas":
        return Node(kind, repr(value).encode("utf-8", "surrogatepass"), text=short(value))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return Node(kind, bytes(value), text=short(value))
    if isinstance(value, array.array):
        return digester.sequence(f"array[{value.typecode}]", value.tolist())
    if isinstance(value, slice):
        return digester.sequence(kind, [value.start, value.stop, value.step])
    if type(value).__module__.partition(".")[0] in {"numpy", "pandas"}:
        return None
    bases: tuple[tuple[type, Callable[..., object]], ...] = (
        (int, int.__pos__),
        (str, str.__str__),
        (float, float.__pos__),
    )
    for base, plain in bases:
        if isinstance(value, base):
            return _with_state(kind, b"", [("value", digester.digest(plain(value)))], value, digester)
    return None


def containers(value: object, digester: Digester) -> Node | None:
    """Lists, tuples, sets, dictionaries and their subclasses; an `__iter__` of the user's is not called."""
    kind, kind_type = kind_of(value), type(value)
    for base in (list, tuple, collections.deque):
        if isinstance(value, base):
            own = str(
                value.maxlen if isinstance(value, collections.deque) else getattr(kind_type, "_fields", "")
            ).encode()
            held = list(base.__iter__(value))  # type: ignore[arg-type]
            return _subclass(digester.sequence(kind, held, "", own), value, digester)
    for unordered in (set, frozenset):
        if isinstance(value, unordered):
            nodes = sorted([digester.digest(item) for item in unordered.__iter__(value)], key=lambda node: node.exact)  # type: ignore[arg-type]
            hashes = mix(*(node.exact for node in nodes))
            shown = ", ".join(sorted(node.text for node in nodes)[:6])
            node = Node(kind, hashes, (), cut(f"{kind} of {len(nodes)}: {shown}"), sum(node.unknown for node in nodes))
            return _subclass(node, value, digester)
    if isinstance(value, dict):
        factory = value.default_factory if isinstance(value, collections.defaultdict) else None
        own = str(getattr(factory, "__qualname__", factory)).encode()
        return _subclass(digester.mapping(kind, dict.items(value), own), value, digester)
    if isinstance(value, types.MappingProxyType):
        return digester.mapping(kind, value.items())
    return None


def _subclass(node: Node, value: object, digester: Digester) -> Node:
    state = getattr(value, "__dict__", None)
    if not isinstance(state, dict) or not state:
        return node
    return Node(node.kind, b"", [("items", node), *state_parts(state, digester)], node.text)


def objects(value: object, digester: Digester) -> Node | None:
    """Any other object by its state: dataclasses, objects with attributes or slots, exceptions, partials, iterators."""
    kind = kind_of(value)
    if isinstance(value, io.IOBase):
        own = f"{getattr(value, 'name', '')} {getattr(value, 'mode', '')} {value.closed}"
        held = value.getvalue() if isinstance(value, (io.StringIO, io.BytesIO)) and not value.closed else ""
        return Node(kind, own.encode(), [("content", digester.digest(held))], kind)
    if isinstance(value, functools.partial):
        parts = [("func", digester.digest(value.func)), ("args", digester.digest(value.args))]
        return Node(kind, b"", [*parts, ("keywords", digester.digest(value.keywords))], kind)
    if isinstance(value, random.Random):
        return Node(kind, b"", [("state", digester.digest(value.getstate()))], kind)
    if isinstance(value, BaseException):
        return _with_state(kind, b"", [("args", digester.digest(value.args))], value, digester)
    if isinstance(value, (logging.Logger, logging.Handler)):
        own = f"{digester.home(str(getattr(value, 'name', '')))} {value.level} {len(getattr(value, 'handlers', ()))}"
        return Node(kind, own.encode(), text=kind)
    if type(value).__module__ == "_thread" or kind in {"Thread", "Popen", "Lock", "Event", "Task", "Future"}:
        return unknown(value, "belongs to its process")
    state = _attributes(value)
    if state is not None:
        if any(each.__module__ == "param.parameterized" for each in type(value).__mro__):
            state = {name: _unnumbered(name, each) for name, each in state.items()}
        parts = state_parts(state, digester)
        return Node(kind, b"", parts, summed(kind, parts))
    return _reduced(value, digester)


def _unnumbered(name: str, held: object) -> object:
    """An attribute of an object of param without the number in a name that param gave it."""
    if name == "__name__" and isinstance(held, str):
        return NUMBERED.sub(r"\1#", held)
    if name == "values" and isinstance(held, dict) and isinstance(held.get("name"), str):
        return {**held, "name": NUMBERED.sub(r"\1#", held["name"])}
    return held


def summed(kind: str, parts: list[tuple[str, Node]]) -> str:
    """The text of an object: its class and its first attributes; its own repr is not called."""
    return cut(f"{kind}({', '.join(f'{label[1:]}={part.text}' for label, part in parts[:6])})")


def _attributes(value: object) -> dict[str, object] | None:
    """The attributes of an object, None if it has no room for any."""
    slots = [name for kind in type(value).__mro__ for name in _slots(kind)]
    state = getattr(value, "__dict__", None)
    if not isinstance(state, dict) and not slots:
        return None
    made: dict[str, object] = dict(state) if isinstance(state, dict) else {}
    for name in slots:
        try:
            made[name] = object.__getattribute__(value, name)
        except AttributeError:
            continue
    if not made and type(value).__reduce_ex__ is object.__reduce_ex__ and type(value).__flags__ & (1 << 9):
        return made
    return made if made else _empty(value)


def _empty(value: object) -> dict[str, object] | None:
    """An object of a Python class without attributes has an empty state; one of a C type hides its own."""
    return {} if any("__dict__" in vars(kind) for kind in type(value).__mro__) else None


def _slots(kind: type) -> list[str]:
    found = vars(kind).get("__slots__", ())
    names = [found] if isinstance(found, str) else list(found)
    hidden = [f"_{kind.__name__.lstrip('_')}{n}" if n.startswith("__") and not n.endswith("__") else n for n in names]
    return [name for name in hidden if name not in {"__dict__", "__weakref__"}]


def state_parts(state: dict[str, object], digester: Digester) -> list[tuple[str, Node]]:
    """The attributes of an object as named parts, in the order of their names."""
    return [(f".{name}", digester.digest(state[name])) for name in sorted(state, key=str)]


def _with_state(kind: str, own: bytes, parts: list[tuple[str, Node]], value: object, digester: Digester) -> Node:
    state = getattr(value, "__dict__", None)
    every = [*parts, *(state_parts(state, digester) if isinstance(state, dict) else [])]
    return Node(kind, own, every, summed(kind, every))


def _reduced(value: object, digester: Digester) -> Node | None:
    """An object of a C type by what pickle would keep of it."""
    reduced = value.__reduce_ex__(4)
    if isinstance(reduced, str):
        return Node(kind_of(value), reduced.encode(), text=reduced)
    function, arguments, *rest = reduced
    parts = [("args", digester.digest(arguments))]
    parts += [("state", digester.digest(rest[0]))] if rest and rest[0] is not None else []
    for label, items in zip(("items", "pairs"), rest[1:3]):
        parts += [(label, digester.digest(list(items)))] if items is not None else []
    return Node(kind_of(value), str(getattr(function, "__name__", "")).encode(), parts, summed(kind_of(value), parts))
