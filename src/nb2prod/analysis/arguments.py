"""The arguments of calls, by name and place."""

import ast
from collections.abc import Callable

# What tells the type of an expression.
Kind = Callable[[ast.expr | None], str]


def argument(node: ast.Call, name: str, at: int = -1) -> ast.expr | None:
    """What a call passes by a keyword, or else at a place, None if it passes nothing."""
    named = next((keyword.value for keyword in node.keywords if keyword.arg == name), None)
    return named if named is not None or not 0 <= at < len(node.args) else node.args[at]
