"""Where things stand in the text of a JSON file that has been read before, so that it is known to be well-formed.

The walker goes once over the text; what nobody asks for is passed over by regular expressions.
"""

import json
import re
from collections.abc import Iterator

_STRING = re.compile(r'"(?>(?:[^"\\]++|\\.)*)"', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\s]+")
_BRACKET = re.compile(r'"(?>(?:[^"\\]++|\\.)*)"|[{}\[\]]', re.DOTALL)
_NEXT = re.compile(r"[ \t\n\r,:]*")


class Walker:
    """A reading head over JSON text. Who gets a member or an item reads or skips its value before asking for the next.

    `here` is the character under the head and tells the kind of value. Commas, colons and blanks mean nothing in
    text that is known to be well-formed: the head passes over them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._move(0)

    def _move(self, at: int) -> None:
        found = _NEXT.match(self.text, at)
        self.at = found.end() if found else at
        self.here = self.text[self.at : self.at + 1]

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; the head stands before the value."""
        self._move(self.at + 1)
        while self.here == '"':
            start, end = self.string()
            key = self.text[start:end]
            yield str(json.loads(f'"{key}"')) if "\\" in key else key
        self._move(self.at + 1)

    def items(self) -> Iterator[None]:
        """One step for each item of the array that begins here; the head stands before it."""
        self._move(self.at + 1)
        while self.here not in ("]", ""):
            yield None
        self._move(self.at + 1)

    def string(self) -> tuple[int, int]:
        """Where the content of the string that begins here stands: between its quotes."""
        start = self.at + 1
        self._pass(_STRING)
        return start, self.text.rfind('"', start, self.at)

    def skip(self) -> None:
        """Pass over the value that begins here."""
        if self.here == '"':
            self._pass(_STRING)
        elif self.here in ("{", "["):
            self._pass_brackets()
        else:
            self._pass(_SCALAR)

    def _pass(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self._move(found.end() if found else self.at + 1)

    def _pass_brackets(self) -> None:
        depth = 0
        for found in _BRACKET.finditer(self.text, self.at):
            if found[0] in ("{", "["):
                depth += 1
            elif found[0] in ("}", "]"):
                depth -= 1
            if depth == 0:
                return self._move(found.end())
        return self._move(len(self.text))


def root_keys(text: str) -> list[str]:
    """The keys of the file's object as they are written, repetitions included."""
    walker = Walker(text)
    keys: list[str] = []
    for key in walker.members():
        keys.append(key)
        walker.skip()
    return keys
