"""The new text of a place, made from the old one: what fixes replace."""

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb2prod.rules._context import Context


def with_argument(context: "Context", call: ast.Call, argument: str) -> str:
    """The text of a call with one more argument at its end."""
    text = context.text(call)
    head = text[:-1].rstrip()
    if not call.args and not call.keywords:
        return f"{head}{argument})"
    return f"{head.removesuffix(',')}, {argument})"
