"""The arguments of a call."""

import ast
from typing import TYPE_CHECKING

from nb2prod.plan.serving.values import Trail, joined

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions


def root(node: ast.expr) -> str:
    """The name at the left end of a dotted name, "" if there is none."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def text(node: ast.expr) -> str:
    """The end of the text of an expression, for a reason."""
    return ast.unparse(node)[-60:]


def parts(node: ast.Call) -> list[ast.expr]:
    """All arguments."""
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def given_trail(known: "Expressions", node: ast.Call) -> Trail:
    """The trail of all arguments together."""
    return joined(known.value(part).trail for part in parts(node) if not isinstance(part, ast.Starred))


def argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument of a call by its position or its keyword."""
    if len(node.args) > position:
        return node.args[position]
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)
