"""Where IPython syntax stands among the logical lines of a cell.

IPython tokenizes the whole cell again after each replacement. Here one pass is enough: strings, comments and brackets
decide where a logical line begins, and a magic ends with its line, whatever quotes and brackets it holds.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from nb2prod.model.patterns import pattern

_TOKEN = pattern(
    r'''
    (?P<text>
        \#[^\n]*
      | """ (?>(?: [^\\"]++ | \\. | "(?!"") )*) (?: """ | \\?\Z )
      | \'\'\' (?>(?: [^\\']++ | \\. | '(?!'') )*) (?: \'\'\' | \\?\Z )
      | " (?>(?: [^\\"\n]++ | \\. )*) "?
      | ' (?>(?: [^\\'\n]++ | \\. )*) '?
    )
  | (?P<open> [(\[{] )
  | (?P<close> [)\]}] )
  | \\\n
  | (?P<newline> \n )
  | (?P<assign> (?<![=!<>+\-*/%&|^@:]) = (?!=) )
    ''',
    re.VERBOSE | re.DOTALL,
)
# can't be Python, wherever it stands
INSTALLS = pattern(
    r"(?:pip3?|conda|mamba|micromamba|uv)[ \t]+(?:install|uninstall|update|upgrade|list|pip|add)\b(?![ \t]*[=.])"
)
_INDENT = pattern(r"(?:[ \t\f]|\\\n)*")
_ESCAPE = pattern(r"%(?!=)|!(?!=)|/(?![/=])|[?,;]")
_ASSIGNED = pattern(r"(?:[ \t\f]|\\\n)*(%(?=[ \t\f]*[^\W\d])|!(?!=))")
_HELP = pattern(r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)(\?\??)$")
# names longer than this are not looked up by anybody; the limit keeps the search linear
_LONGEST = 1000


class Special(NamedTuple):
    """A stretch of a cell that is not Python: from its first character to the end of its last line.

    `escape` begins with one of `%!?,;/`; `assign` is what stands right of the `=` and has the rest of the line on its
    `left`; `help` ends in `?` or `??`, its `mark`, after its `topic`; `bare` is a magic without its `%`.
    """

    kind: Literal["escape", "assign", "help", "bare"]
    start: int
    end: int
    text: str
    left: str = ""
    topic: str = ""
    mark: str = ""


def specials(source: str, bare: re.Pattern[str] = INSTALLS) -> Iterator[Special]:
    """The stretches of IPython syntax, from the first to the last; `bare` matches magics that need no `%`."""
    at = 0
    while at < len(source):
        start = _end_of(_INDENT, source, at)
        special: Special | None
        if _ESCAPE.match(source, start):
            special, at = _line(source, start, "escape")
        elif bare.match(source, start):
            special, at = _line(source, start, "bare")
        else:
            special, at = _plain(source, start)
        if special:
            yield special


def _end_of(pattern: re.Pattern[str], source: str, at: int) -> int:
    found = pattern.match(source, at)
    return found.end() if found else at


def _line(source: str, start: int, kind: Literal["escape", "bare"]) -> tuple[Special, int]:
    """A line that is special from its first word on, and where the next begins."""
    end = continued_end(source, start)
    return _help(source, start, end) or Special(kind, start, end, source[start:end]), end + 1


def _plain(source: str, start: int) -> tuple[Special | None, int]:
    """What is special about a logical line of Python, if anything, and where the next begins."""
    depth, assigned, end = 0, False, len(source)
    for token in _TOKEN.finditer(source, start):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(depth - 1, 0)
            case "assign" if depth == 0 and not assigned:
                assigned = True
                value = _ASSIGNED.match(source, token.end())
                if value:
                    return _assignment(source, start, value.start(1))
            case "newline" if depth == 0:
                end = token.start()
                break
    return _help(source, start, end), end + 1


def _assignment(source: str, line_start: int, start: int) -> tuple[Special, int]:
    end = continued_end(source, start)
    value = Special("assign", start, end, source[start:end], left=source[line_start:start])
    return _help(source, line_start, end) or value, end + 1


def _help(source: str, start: int, end: int) -> Special | None:
    """The help that a logical line asks for, if it ends in `?` outside strings and comments."""
    if not source.endswith("?", start, end):
        return None
    if any(token.end() == end for token in _TOKEN.finditer(source, start, end) if token.lastgroup == "text"):
        return None
    found = _HELP.search(source[max(start, end - _LONGEST) : end])
    return Special("help", start, end, source[start:end], topic=found[1], mark=found[2]) if found else None


def continued_end(source: str, start: int) -> int:
    """Where the line ends, backslashes at its end followed."""
    end = source.find("\n", start)
    while end > 0 and source[end - 1] == "\\":
        end = source.find("\n", end + 1)
    return end if end >= 0 else len(source)


def joined_lines(text: str) -> str:
    """A text that goes on after backslashes, on one line as IPython joins it."""
    *continued, last = text.split("\n")
    return " ".join([*(line.rstrip()[:-1] for line in continued), last.rstrip()])
