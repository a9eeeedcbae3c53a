"""Value → digest: the built-in kinds and the choice of who digests what."""

# ruff: noqa: B905

from __future__ import annotations

import functools
import itertools
import marshal
import math
import pickletools
import re
import sys
import types
import weakref
from collections.abc import Callable, Iterable, Sequence

from .node import CHUNKS, PARTS_KEPT, Node, float_node, mix, ordered_floats, raw
from .sharing import shared
from .whole import PLAIN, Whole, glance, is_plain

FLAT = frozenset({str, int, bool, bytes, type(None)})
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
MOST_NODES = 300_000
DEEPEST = 60
DETAIL = 5  # how deep parts are kept to say where values differ
CODE = (
    types.ModuleType,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    type,
    types.MethodWrapperType,
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    type(functools.lru_cache(maxsize=1)(len)),
    functools.singledispatchmethod,
    property,
    staticmethod,
    classmethod,
)
RUNNING = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, types.FrameType, types.TracebackType)


def kind_of(value: object) -> str:
    """The class of a value by its name alone: a class of the notebook lives in another module later."""
    return type(value).__qualname__.rpartition("<locals>.")[2]


def short(value: object, most: int = 80) -> str:
    """The start of a value's repr, on one line. Only for kinds of our own knowledge: a repr may do anything."""
    try:
        text = ADDRESS.sub("0x...", " ".join(repr(value).split()))
    except Exception:
        return f"<{kind_of(value)}>"
    return cut(text, most)


def brief(value: object) -> str:
    """The start of the repr of a text, a number, None: kinds whose repr is short, or is cut before it is made."""
    try:
        return cut(repr(value[:100] if isinstance(value, (str, bytes)) else value))
    except ValueError:  # more digits than Python will write
        return f"<{kind_of(value)}>"


def cut(text: str, most: int = 80) -> str:
    """The start of a text."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


class Digester:
    """Digests values; `tolerance` is the relative step of the grid that close floats share.

    `handlers` are asked in turn with the value; the first that returns a node wins.
    """

    def __init__(self, tolerance: float = 1e-9) -> None:
        """Begin with an empty memory."""
        self.shift = max(1, min(51, 52 + math.floor(math.log2(tolerance)))) if tolerance > 0 else 0
        self.handlers: list[Callable[[object, Digester], Node | None]] = []
        self.left = MOST_NODES
        self.path: dict[int, int] = {}
        # the package that stands for the notebook's `__main__`
        self.package = ""

    def __call__(self, value: object) -> Node:
        """The digest of a value and all that it holds."""
        self.left, self.path = MOST_NODES, {}
        node, places = self.digest(value), shared(value)
        return Node(node.kind, places, [("", node)], node.text) if places else node

    def home(self, name: str) -> str:
        """The name of a module or a logger; the package's own stand for the notebook's `__main__`."""
        own = self.package and (name == self.package or name.startswith(f"{self.package}."))
        return "__main__" if own else name

    def digest(self, value: object) -> Node:
        """The digest of a part; cycles and bottomless values end in a mark."""
        kind = type(value)
        if kind in FLAT:
            if kind is bytes and value[:1] == b"\x80":  # type: ignore[index]
                return Node("bytes", pickled(value, self.package), text=short(value))  # type: ignore[arg-type]
            data = marshal.dumps(value, 0)  # type: ignore[arg-type]
            return Node(kind.__name__, data, text="" if self.deep else brief(value))
        if kind is float:
            return self.number(value)
        self.left -= 1
        if id(value) in self.path:
            return Node("cycle", str(len(self.path) - self.path[id(value)]).encode(), text="...")
        if self.left < 0 or len(self.path) > DEEPEST:
            return unknown(value, "too large")
        self.path[id(value)] = len(self.path)
        try:
            node = self._dispatch(value)
            if self.deep:
                node.parts = []
            return node
        except RecursionError:
            return unknown(value, "too deep")
        except Exception as error:
            return unknown(value, f"{type(error).__name__}: {error}"[:60])
        finally:
            self.path.pop(id(value), None)

    def _dispatch(self, value: object) -> Node:
        if isinstance(value, CODE):
            name = getattr(value, "__qualname__", getattr(value, "__name__", ""))
            return Node("code", str(name).rpartition("<locals>.")[2].encode(), text=str(name))
        if isinstance(value, (*RUNNING, weakref.ReferenceType)):
            return unknown(value, "is running" if isinstance(value, RUNNING) else "refers weakly")
        if self.exact and type(value) in PLAIN and is_plain(value):
            return Whole(value, cut(glance(value, brief)), functools.partial(self._parts, value))
        for handler in self.handlers:
            node = handler(value, self)
            if node is not None:
                return node
        return unknown(value, "no way to look inside")

    def _parts(self, value: object) -> list[tuple[str, Node]]:
        """The parts of a plain container, as they are written for the reader of a difference."""
        if isinstance(value, dict):
            return self.mapping("dict", itertools.islice(value.items(), PARTS_KEPT)).parts
        items: list[object] = list(value[:PARTS_KEPT])  # type: ignore[index]
        return [(f"[{number}]", self.digest(item)) for number, item in enumerate(items)]

    def number(self, value: object) -> Node:
        """A float: exactly, and on the two grids."""
        hashes = [mix(b"float", stream) for stream in ordered_floats([float(value)], self.shift) if stream]  # type: ignore[arg-type]
        return raw("float", hashes[0], hashes[-2:][0], hashes[-1], "" if self.deep else short(value))

    @property
    def exact(self) -> bool:
        """Whether floats must be exact: no grids are made."""
        return not self.shift

    @property
    def deep(self) -> bool:
        """Whether we are so deep inside a value that nobody asks for words."""
        return len(self.path) > DETAIL

    @property
    def chunks(self) -> int:
        """In how many chunks floats are hashed: deep inside others, nobody asks where they differ."""
        return CHUNKS if len(self.path) <= (1 if self.exact else 2) else 1

    def sequence(self, kind: str, values: list[object], text: str = "", own: bytes = b"") -> Node:
        """Values in their order; long runs of one simple type are hashed at once."""
        kinds = set(map(type, values))
        if values and kinds <= FLAT:
            first = self._first(values)
            return Node(kind, mix(own, marshal.dumps(values, 0)), first, text or listed(kind, values, first))
        if kinds == {float}:
            streams = ordered_floats(values, self.shift)  # type: ignore[arg-type]
            return float_node(kind, own, streams, text or cut(f"{kind} of {len(values)}: {values[:6]}"), self.chunks)
        parts = [(f"[{number}]", self.digest(value)) for number, value in enumerate(values)]
        return Node(kind, own, parts, text or listed(kind, values, parts)).keep()

    def _first(self, values: list[object]) -> list[tuple[str, Node]]:
        most = 40 if len(self.path) <= 4 else 0
        return [(f"[{number}]", self.digest(value)) for number, value in enumerate(values[:most])]

    def mapping(self, kind: str, items: Iterable[tuple[object, object]], own: bytes = b"") -> Node:
        """Pairs in their order."""
        parts = []
        for key, value in items:
            node = self.digest(key)
            parts.append((f"key {cut(node.text, 40)}", node))
            parts.append((f"[{cut(node.text, 40)}]", self.digest(value)))
        shown = ", ".join(f"{key.text}: {value.text}" for (_, key), (_, value) in zip(parts[:10:2], parts[1:10:2]))
        return Node(kind, own, parts, cut(f"{kind} of {len(parts) // 2}: {shown}")).keep()

    def fields(self, kind: str, fields: dict[str, object], text: str, own: bytes = b"") -> Node:
        """Named fields, their order of no matter."""
        return Node(kind, own, [(f".{name}", self.digest(fields[name])) for name in sorted(fields)], text)


def listed(kind: str, values: Sequence[object], parts: Sequence[tuple[str, Node]]) -> str:
    """The text of a sequence: how long it is and what it begins with."""
    return cut(f"{kind} of {len(values)}: {', '.join(part.text for _, part in parts[:6])}")


def pickled(data: bytes, package: str) -> bytes:
    """Pickled data without the name of the module that the notebook's own classes live in; other bytes as they are."""
    if b"__main__" not in data and not (package and package.encode() in data):
        return data
    made = []
    try:
        for code, argument, _ in pickletools.genops(data):
            own = isinstance(argument, str) and (argument == "__main__" or argument.partition(".")[0] == package)
            if code.name not in {"FRAME", "PROTO"}:  # a frame says how long it is
                made.append((code.name, "__main__" if own else argument))
    except Exception:
        return data
    return repr(made).encode("utf-8", "surrogatepass")


def unknown(value: object, why: str) -> Node:
    """A value that can't be looked into: known by its class alone, and counted."""
    return Node("unknown", kind_of(value).encode(), text=f"<{kind_of(value)}: {why}>", unknown=1)


def module(name: str) -> types.ModuleType | None:
    """A module if the program has imported it already, else None: nobody's imports change because we look."""
    return sys.modules.get(name)
