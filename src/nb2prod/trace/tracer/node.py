"""The digest of a value: an exact hash, two hashes of its floats on shifted grids, and its parts.

Equal `exact` means equal values. If `coarse` or `shifted` agree, the values differ by less than the grid's step: a
float that lies at a border of one grid lies in the middle of a cell of the other.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import Union

PARTS_KEPT = 128
MOST_WRITTEN = 1500
CHUNKS = 64
LARGE = 4096
Buffer = Union[bytes, memoryview]
# The bytes of some floats, and those of their places on the two grids: empty if floats must be exact.
Streams = tuple[Buffer, Buffer, Buffer]
NAN = struct.pack("<d", float("nan"))


def mix(*parts: Buffer) -> bytes:
    """One hash of several byte strings, each with its length; large ones are not copied."""
    state = hashlib.blake2b(digest_size=12)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


def once(data: Buffer) -> bytes:
    """The hash of some bytes; many of them by the algorithm that most processors have built in."""
    if len(data) > LARGE:
        return hashlib.sha256(data).digest()[:12]
    return hashlib.blake2b(data, digest_size=12).digest()


class Node:
    """A digested value: its kind, its hashes, a short text, its named parts and how many of them are unknown."""

    __slots__ = ("coarse", "count", "exact", "head", "kind", "parts", "shifted", "text", "unknown")

    def __init__(
        self, kind: str, own: bytes = b"", parts: Sequence[tuple[str, Node]] = (), text: str = "", unknown: int = 0
    ) -> None:
        """Combine the hashes of the parts with the kind and with what the value is beside them."""
        self.kind, self.text, self.count, self.parts = kind, text, len(parts), list(parts)
        self.head = once(kind.encode("utf-8", "surrogatepass") + b"\0" + own)
        self.exact = self.coarse = self.shifted = self.head
        self.unknown: int = unknown
        if parts:
            self._combine(parts)

    def _combine(self, parts: Sequence[tuple[str, Node]]) -> None:
        labels = "\0".join([label for label, _ in parts]).encode("utf-8", "surrogatepass")
        top = b"".join([self.head, len(parts).to_bytes(8, "little"), once(labels)])
        self.exact = self.coarse = self.shifted = once(top + b"".join([part.exact for _, part in parts]))
        if any(part.coarse is not part.exact for _, part in parts):
            self.coarse = once(top + b"".join([part.coarse for _, part in parts]))
            self.shifted = once(top + b"".join([part.shifted for _, part in parts]))
        self.unknown += sum([part.unknown for _, part in parts])

    def keep(self, most: int = PARTS_KEPT) -> Node:
        """Forget all but the first parts, which are only there to say where values differ."""
        del self.parts[most:]
        return self

    def json(self, depth: int = 4) -> dict[str, object]:
        """The node as JSON, its parts down to a depth and up to a number."""
        return self._json(depth, [MOST_WRITTEN])

    def _json(self, depth: int, left: list[int]) -> dict[str, object]:
        made: dict[str, object] = {"k": self.kind, "h": self.exact.hex(), "s": self.text}
        if self.coarse is not self.exact:
            made["a"], made["b"] = self.coarse.hex(), self.shifted.hex()
            made["o"], made["n"] = self.head.hex(), self.count
        if self.unknown:
            made["u"] = self.unknown
        if self.parts and depth and left[0] > 0:
            left[0] -= len(self.parts)
            made["c"] = [[label, part._json(depth - 1, left)] for label, part in self.parts[:PARTS_KEPT]]
        return made


def raw(kind: str, exact: bytes, coarse: bytes, shifted: bytes, text: str) -> Node:
    """A leaf whose three hashes are known."""
    node = Node.__new__(Node)
    node.kind, node.text, node.count, node.parts, node.unknown, node.head = kind, text, 0, [], 0, b""
    node.exact, node.coarse, node.shifted = exact, coarse, shifted
    return node


def ordered_floats(values: Iterable[float], shift: int) -> Streams:
    """The exact bytes of some floats (every NaN the same) and their places on the two grids, without numpy."""
    packed = b"".join([NAN if value != value else struct.pack("<d", value) for value in values])
    if not shift:
        return packed, b"", b""
    words = struct.unpack(f"<{len(packed) // 8}q", packed)
    half = 1 << (shift - 1)
    coarse = struct.pack(f"<{len(words)}q", *(word >> shift for word in words))
    shifted = struct.pack(f"<{len(words)}q", *((word + half) >> shift for word in words))
    return packed, coarse, shifted


def float_node(kind: str, own: bytes, streams: Streams, text: str, chunks: int = CHUNKS) -> Node:
    """Floats in their order: the parts are chunks of them, so that each can be close on a grid of its own."""
    count = len(streams[0]) // 8
    size = max(1, -(-count // chunks))
    parts = []
    for start in range(0, count, size):
        here = slice(start * 8, (start + size) * 8)
        exact = once(streams[0][here])
        coarse, shifted = (once(streams[1][here]), once(streams[2][here])) if streams[1] else (exact, exact)
        label = f"[{start}]" if size == 1 else f"[{start}:{min(start + size, count)}]"
        shown = repr(struct.unpack_from("<d", streams[0], start * 8)[0]) if size == 1 else ""
        parts.append((label, raw("float", exact, coarse, shifted, shown)))
    return Node(kind, own, parts, text)
