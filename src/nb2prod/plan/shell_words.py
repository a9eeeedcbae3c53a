"""The words of a shell line, if a shell would do nothing with them but pass them to one program."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nb2prod.plan.expanded import EXPANSION

# What a shell acts on outside quotes; `?` alone is part of an address when there is no file of that form.
SPECIAL = frozenset("|&;<>()`*[]#\\\n$!~")
IN_DOUBLE = frozenset("`\\$!")
FIRST = 0xE000  # private characters stand for the notebook's expressions while a line is taken apart


class Word(NamedTuple):
    """One word: its text, None if an expression of the notebook is part of it, and the Python that makes it."""

    text: str | None
    code: str


def words(command: str, expressions: Mapping[str, str]) -> list[Word] | None:
    """The words of a command; None if the shell itself would do something with it.

    `expressions` are the Python expressions in it, as written and as code.
    """
    codes = list(expressions.values())
    line = _with_private(command, expressions)
    found: list[Word] = []
    for raw in _split(line) if line is not None else [None]:
        if raw is None:
            return None
        found.append(_word(raw, codes))
    return found


def _with_private(command: str, expressions: Mapping[str, str]) -> str | None:
    """The command with a private character for each expression; None if something else would be expanded."""
    if any(FIRST <= ord(char) < FIRST + 0x1900 for char in command):
        return None
    parts, end, order = [], 0, list(expressions)
    for match in EXPANSION.finditer(command):
        inside = (match.group(1) if match.group(1) is not None else match.group(2)) or ""
        if inside.strip() not in order:
            return None
        parts += [command[end : match.start()], chr(FIRST + order.index(inside.strip()))]
        end = match.end()
    return "".join([*parts, command[end:]])


def _split(line: str) -> Iterator[str | None]:
    """The words without their quotes; None at something that the shell acts on."""
    word, quote, begun = "", "", False
    for char in line:
        if quote:
            if char == quote:
                quote = ""
            elif quote == '"' and char in IN_DOUBLE:
                yield None
                return
            else:
                word += char
        elif char in "'\"":
            quote, begun = char, True
        elif char in " \t":
            if word or begun:
                yield word
            word, begun = "", False
        elif char in SPECIAL or (char == "?" and "://" not in word):
            yield None
            return
        else:
            word += char
    if quote:
        yield None
    elif word or begun:
        yield word


def _word(raw: str, codes: list[str]) -> Word:
    places = [at for at, char in enumerate(raw) if FIRST <= ord(char) < FIRST + len(codes)]
    if not places:
        return Word(raw, repr(raw))
    if len(raw) == 1:
        return Word(None, codes[ord(raw) - FIRST])
    text = "".join(
        "{" + codes[ord(char) - FIRST] + "}" if at in places else char.replace("{", "{{").replace("}", "}}")
        for at, char in enumerate(raw)
    )
    quote = next((q for q in ('"', "'", '"""', "'''") if q not in text), "")
    return Word(None, f"f{quote}{text}{quote}" if quote else f"str({text!r})")
