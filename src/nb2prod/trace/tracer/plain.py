"""Digests of what the standard library offers: containers, dates, paths, numbers, and any object by its state."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import io
import logging
import marshal
import pathlib
import random
import re
import types
import uuid
from typing import Optional

from .node import Node, mix
from .values import Digester, kind_of, short, unknown

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


def of_ipython(value: object, digester: Digester) -> Optional[Node]:
    """What IPython hands out, as what the package puts in its place: captured output, lines of a command."""
    home, kind = type(value).__module__, kind_of(value)
    if (home == "IPython.utils.capture" and kind == "CapturedIO") or (home.endswith(".shell") and kind == "Captured"):
        return digester.sequence("Captured", [getattr(value, "stdout", ""), getattr(value, "stderr", "")], "Captured")
    if home == "IPython.utils.text" and isinstance(value, list):
        return digester.digest(list(value))
    if home == "IPython.utils.text" and isinstance(value, str):
        return digester.digest(str(value))
    return None


def atoms(value: object, digester: Digester) -> Optional[Node]:
    """Numbers, text, dates, paths."""
    kind = kind_of(value)
    if isinstance(value, enum.Enum):
        return Node(kind, value.name.encode(), [(".value", digester.digest(value.value))], short(value))
    if isinstance(value, complex):
        parts = [(".real", digester.digest(value.real)), (".imag", digester.digest(value.imag))]
        return Node(kind, b"", parts, short(value))
    if isinstance(value, BY_TEXT) and type(value).__module__.partition(".")[0] != "pandas":
        return Node(kind, repr(value).encode("utf-8", "surrogatepass"), text=short(value))
    if isinstance(value, (bytearray, memoryview)):
        return Node(kind, bytes(value), text=short(value))
    if isinstance(value, array.array):
        return digester.sequence(f"array[{value.typecode}]", value.tolist(), short(value))
    if isinstance(value, slice):
        return digester.sequence(kind, [value.start, value.stop, value.step], short(value))
    if type(value).__module__.partition(".")[0] in {"numpy", "pandas"}:
        return None
    for simple in (int, str, bytes):
        if isinstance(value, simple):
            own = marshal.dumps(simple(value), 0)  # type: ignore[arg-type, call-overload]
            return _with_state(kind, own, [], value, digester)
    if isinstance(value, float):
        return _with_state(kind, b"", [("value", digester.digest(float(value)))], value, digester)
    return None


def containers(value: object, digester: Digester) -> Optional[Node]:
    """Lists, tuples, sets, dictionaries and their subclasses."""
    kind, text = kind_of(value), ""
    if isinstance(value, (list, tuple, collections.deque)):
        text = f"{kind} of {len(value)}: {short(list(value[:5]) if not isinstance(value, collections.deque) else value)}"
        own = str(value.maxlen).encode() if isinstance(value, collections.deque) else b""
        return _subclass(digester.sequence(kind, list(value), text, own), value, digester)
    if isinstance(value, (set, frozenset)):
        nodes = sorted((digester.digest(item) for item in value), key=lambda node: node.exact)
        hashes = mix(*(node.exact for node in nodes))
        node = Node(kind, hashes, text=f"{kind} of {len(value)}", unknown=sum(node.unknown for node in nodes))
        return _subclass(node, value, digester)
    if isinstance(value, (dict, types.MappingProxyType)):
        factory = getattr(value, "default_factory", None)
        own = str(getattr(factory, "__qualname__", factory)).encode()
        node = digester.mapping(kind, list(value.items()), f"{kind} of {len(value)}: {short(dict(value))}", own)
        return _subclass(node, value, digester)
    return None


def _subclass(node: Node, value: object, digester: Digester) -> Node:
    state = getattr(value, "__dict__", None)
    if not isinstance(state, dict) or not state:
        return node
    return Node(node.kind, b"", [("items", node), *_state(state, digester)], node.text)


def objects(value: object, digester: Digester) -> Optional[Node]:
    """Any other object by its state: dataclasses, objects with attributes or slots, exceptions, partials, iterators."""
    kind = kind_of(value)
    if isinstance(value, io.IOBase):
        own = f"{getattr(value, 'name', '')} {getattr(value, 'mode', '')} {value.closed}"
        held = value.getvalue() if isinstance(value, (io.StringIO, io.BytesIO)) and not value.closed else ""
        return Node(kind, own.encode(), [("content", digester.digest(held))], short(value))
    if isinstance(value, functools.partial):
        parts = [("func", digester.digest(value.func)), ("args", digester.digest(value.args))]
        return Node(kind, b"", [*parts, ("keywords", digester.digest(value.keywords))], short(value))
    if isinstance(value, random.Random):
        return Node(kind, b"", [("state", digester.digest(value.getstate()))], kind)
    if isinstance(value, BaseException):
        return _with_state(kind, b"", [("args", digester.digest(value.args))], value, digester)
    if isinstance(value, (logging.Logger, logging.Handler)):
        own = f"{getattr(value, 'name', '')} {value.level} {len(getattr(value, 'handlers', ()))}"
        return Node(kind, own.encode(), text=short(value))
    if type(value).__module__ == "_thread" or kind in {"Thread", "Popen", "Lock", "Event", "Task", "Future"}:
        return unknown(value, "belongs to its process")
    state = _attributes(value)
    if state is not None:
        return Node(kind, b"", _state(state, digester), _text(value, state))
    return _reduced(value, digester)


def _text(value: object, state: dict[str, object]) -> str:
    if dataclasses.is_dataclass(value) or type(value).__repr__ is not object.__repr__:
        return short(value)
    return short(types.SimpleNamespace(**{key: kind_of(part) for key, part in state.items()})).replace(
        "namespace", kind_of(value), 1
    )


def _attributes(value: object) -> Optional[dict[str, object]]:
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


def _empty(value: object) -> Optional[dict[str, object]]:
    """An object of a Python class without attributes has an empty state; one of a C type hides its own."""
    return {} if any("__dict__" in vars(kind) for kind in type(value).__mro__) else None


def _slots(kind: type) -> list[str]:
    found = vars(kind).get("__slots__", ())
    names = [found] if isinstance(found, str) else list(found)
    hidden = [f"_{kind.__name__.lstrip('_')}{n}" if n.startswith("__") and not n.endswith("__") else n for n in names]
    return [name for name in hidden if name not in {"__dict__", "__weakref__"}]


def _state(state: dict[str, object], digester: Digester) -> list[tuple[str, Node]]:
    return [(f".{name}", digester.digest(state[name])) for name in sorted(state, key=str)]


def _with_state(kind: str, own: bytes, parts: list[tuple[str, Node]], value: object, digester: Digester) -> Node:
    state = getattr(value, "__dict__", None)
    return Node(kind, own, [*parts, *(_state(state, digester) if isinstance(state, dict) else [])], short(value))


def _reduced(value: object, digester: Digester) -> Optional[Node]:
    """An object of a C type by what pickle would keep of it."""
    reduced = value.__reduce_ex__(4)
    if isinstance(reduced, str):
        return Node(kind_of(value), reduced.encode(), text=short(value))
    function, arguments, *rest = reduced
    parts = [("args", digester.digest(arguments))]
    parts += [("state", digester.digest(rest[0]))] if rest and rest[0] is not None else []
    for label, items in zip(("items", "pairs"), rest[1:3]):
        parts += [(label, digester.digest(list(items)))] if items is not None else []
    return Node(kind_of(value), str(getattr(function, "__name__", "")).encode(), parts, short(value))
