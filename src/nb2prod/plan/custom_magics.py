"""Magics that the notebook defines itself: functions of the text after their name, so calls say the same."""

import ast
from collections.abc import Iterator

from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.notebook import Place
from nb2prod.model.plan import Edit

REGISTER = frozenset({"register_line_magic", "register_cell_magic"})
MODULES = frozenset({"IPython.core.magic", "IPython.core.magics"})


def custom_magics(analysis: Analysis) -> dict[str, str]:
    """The functions that are nothing but magics: line or cell magic by name."""
    found: dict[str, str] = {}
    for statement in analysis.statements:
        node = statement.node
        if isinstance(node, ast.FunctionDef) and len(node.decorator_list) == 1:
            name = getattr(node.decorator_list[0], "id", "")
            if name in REGISTER:
                found[node.name] = name.split("_")[1]
    return found


def only_registers(node: ast.stmt) -> bool:
    """Whether an import brings nothing but the decorators for magics."""
    return (
        isinstance(node, ast.ImportFrom) and node.module in MODULES and {alias.name for alias in node.names} <= REGISTER
    )


def decorator_edits(statement: Statement, magics: dict[str, str]) -> Iterator[Edit]:
    """Take the decorator off a function that was a magic."""
    node = statement.node
    if isinstance(node, ast.FunctionDef) and node.name in magics:
        yield Edit(Place(statement.cell, statement.place.line, 1, node.lineno, 1), "", "reflection")
