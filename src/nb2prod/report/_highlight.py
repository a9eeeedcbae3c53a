"""Python code as HTML, line by line: a few classes of tokens, every text escaped."""

from functools import cache
from html import escape

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token, _TokenType

from nb2prod.report._text import clean

# The class of a token, by the kinds that it may belong to; the first that fits.
KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (String, "s"),
    (Number, "m"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Decorator, "d"),
    (Name.Function, "f"),
    (Name.Class, "f"),
)


def highlighted(code: str) -> list[str]:
    """Each line as HTML."""
    lines = [""]
    for kind, text in lexer().get_tokens(code.rstrip("\n")):
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append("")
            if part:
                lines[-1] += _token(kind, part)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


@cache
def lexer() -> PythonLexer:
    """The lexer, which changes nothing at the ends."""
    return PythonLexer(stripnl=False, stripall=False, ensurenl=False)


@cache
def _class_of(kind: _TokenType) -> str:
    return next((name for known, name in KINDS if kind in known and kind is not Token), "")


def _token(kind: _TokenType, text: str) -> str:
    shown = escape(" " * (len(text) - len(text.lstrip(" "))) + clean(text.lstrip(" ")))
    name = _class_of(kind)
    return f'<i class="{name}">{shown}</i>' if name and text.strip() else shown
