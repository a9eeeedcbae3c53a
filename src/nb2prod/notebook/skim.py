"""Large files: the bytes of a notebook without its outputs, in one pass and little memory.

A notebook of 200 MB is mostly pictures and logs. They are passed over while the file streams by, and what is left is
read like any other notebook. Line ends stay, so that every line keeps its number in the file.
"""

import re
from collections.abc import Iterable

# (depth of the object, key) → what is left out: outputs and attachments of cells, the state of widgets
_LEFT_OUT = {
    (3, b"outputs"), (5, b"outputs"), (3, b"attachments"), (2, b"widgets"),
}  # fmt: skip
_LONGEST_KEY = 64
_KEPT = re.compile(
    rb'"(?P<key>outputs|attachments|widgets)"\s*:\s*[\[{]|(?P<string>"(?>(?:[^"\\]++|\\.)*)")|(?P<open>")|[{}\[\]]',
    re.DOTALL,
)
_PASSED = re.compile(rb'(?>(?:[^"\[\]{}]++|"(?>(?:[^"\\]++|\\.)*)")*)', re.DOTALL)
_STRING_REST = re.compile(rb'(?>(?:[^"\\]++|\\.)*)', re.DOTALL)
_OPENING = b"{["
# a file of one line has no columns worth keeping
_WIDEST = 1000


def without_outputs(chunks: Iterable[bytes]) -> bytes:
    """The JSON of a notebook in which outputs, attachments and the state of widgets are empty."""
    skimmer = _Skimmer()
    for chunk in chunks:
        skimmer.feed(chunk)
    return skimmer.result()


class _Skimmer:
    """Keeps what is to be read and counts the lines of the rest."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        # bytes that make sense only with those that follow
        self._held = b""
        self._depth = 0
        self._in_string = False
        # brackets open inside what is left out, and the lines and the width of the last line passed over
        self._skipped_depth = 0
        self._lines = 0
        self._width = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the file."""
        buffer = self._held + chunk
        at, before = 0, -1
        while before < at < len(buffer):
            before = at
            if self._in_string:
                at = self._end_string(buffer, at)
            elif self._skipped_depth:
                at = self._pass_over(buffer, at)
            else:
                at = self._keep(buffer, at)
        self._held = buffer[at:]

    def result(self) -> bytes:
        """All that was kept."""
        return b"".join([*self._kept, self._held])

    def _take(self, buffer: bytes, start: int, end: int) -> int:
        """Keep a stretch, or count it if it is left out."""
        if not self._skipped_depth:
            self._kept.append(buffer[start:end])
            return end
        lines = buffer.count(b"\n", start, end)
        self._lines += lines
        self._width = end - buffer.rfind(b"\n", start, end) - 1 if lines else self._width + end - start
        return end

    def _end_string(self, buffer: bytes, at: int) -> int:
        found = _STRING_REST.match(buffer, at)
        end = found.end() if found else at
        self._in_string = buffer[end : end + 1] != b'"'
        return self._take(buffer, at, end if self._in_string else end + 1)

    def _keep(self, buffer: bytes, at: int) -> int:
        """Up to and with the next string or bracket."""
        found = _KEPT.search(buffer, at)
        if found is None:
            return self._take(buffer, at, len(buffer))
        if self._unfinished(found, buffer):
            return self._take(buffer, at, found.start())
        end = self._take(buffer, at, found.end())
        if found["open"]:
            self._in_string = True
        elif found["key"]:
            left_out = (self._depth, found["key"]) in _LEFT_OUT
            self._skipped_depth = 1 if left_out else 0
            self._depth += 0 if left_out else 1
        elif not found["string"]:
            self._depth += 1 if found[0] in _OPENING else -1
        return end

    def _unfinished(self, found: re.Match[bytes], buffer: bytes) -> bool:
        """Whether this may be a key of interest that goes on in the next chunk."""
        if found["open"]:
            return len(buffer) - found.start() < _LONGEST_KEY
        rest = buffer[found.end() : found.end() + _LONGEST_KEY]
        return found["string"] is not None and found.end() + len(rest) == len(buffer) and not rest.strip(b" \t\r\n:")

    def _pass_over(self, buffer: bytes, at: int) -> int:
        """Up to and with the next bracket of what is left out."""
        found = _PASSED.match(buffer, at)
        end = self._take(buffer, at, found.end() if found else at)
        following = buffer[end : end + 1]
        if following == b'"':
            self._in_string = True
        elif following:
            self._skipped_depth += 1 if following in _OPENING else -1
        if not self._skipped_depth:
            self._kept.append(self._gap())
        return self._take(buffer, end, end + len(following))

    def _gap(self) -> bytes:
        """As many lines as were left out, and blanks that keep the column of the closing bracket."""
        gap = b"\n" * self._lines + (b" " * self._width if self._lines and self._width < _WIDEST else b"")
        self._lines = self._width = 0
        return gap
