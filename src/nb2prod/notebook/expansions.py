"""The Python in a shell line or in the arguments of a magic: `{expression}`, `$name` and `$name.attribute`.

IPython formats such a text with its `DollarFormatter`; if one expression fails, it leaves the whole text as it is.
"""

import ast
from string import Formatter

from nb2prod.model.patterns import pattern

_DOLLAR = pattern(r"\$(\$?[\w.]+)")
_NAMED = pattern(r"[^\W\d]")
# a text with more of them is no command that somebody wrote
_LIMIT = 100


def expansions(text: str) -> tuple[str, ...]:
    """The expressions that IPython would evaluate in the text, each once; none if one of them is not Python."""
    if "{" not in text and "$" not in text:
        return ()
    try:
        found = dict.fromkeys(expression for part in Formatter().parse(text) for expression in _expressions(*part))
    except ValueError:
        return ()
    if len(found) > _LIMIT or not all(is_expression(expression) for expression in found):
        return ()
    # `$1` is evaluated as well, to 1
    return tuple(expression for expression in found if _NAMED.search(expression))


def _expressions(literal: str, field: str | None, spec: str | None, _conversion: str | None) -> list[str]:
    found = _dollars(literal)
    if field is not None:
        found.append(f"{field}:{spec}".strip() if spec else field.strip())
    return found


def _dollars(literal: str) -> list[str]:
    """The `$name`s outside single quotes; `$$name` is an escape."""
    found: list[str] = []
    after, at = literal.count("'"), 0
    for dollar in _DOLLAR.finditer(literal):
        after -= literal.count("'", at, dollar.end())
        at = dollar.end()
        if after % 2 == 0 and not dollar[1].startswith("$"):
            found.append(dollar[1])
    return found


def is_expression(text: str) -> bool:
    """Whether a text is one Python expression that may also stand between parentheses."""
    try:
        ast.parse(text, mode="eval")
        ast.parse(f"({text})", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def is_statement(text: str) -> bool:
    """Whether a text is Python that does something."""
    try:
        return bool(ast.parse(text).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def call(index: int, expressions: tuple[str, ...]) -> str:
    """The Python that stands for the magic with this index."""
    arguments = [text if text.isidentifier() else f"({text})" for text in expressions]
    return f"__magic__({', '.join([str(index), *arguments])})"
