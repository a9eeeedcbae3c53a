"""Values of expressions that stand alone: a notebook displays the last of a cell, a project logs some of them or only asks for them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection
from typing import Any

from .values import CODE

SHOW = "__nb2prod_shown__"
# Libraries whose values are data: an object to draw with or to learn with is looked at where it is bound to a name.
DATA = {"builtins", "numpy", "pandas", "polars", "datetime", "decimal", "fractions", "collections"}
# What the translation of a magic may call, where the notebook had no such expression; and what tells of the process.
PASSED_OVER = {
    "shutil",
    "os",
    "sys",
    "subprocess",
    "urllib",
    "Path",
    "pathlib",
    "tarfile",
    "zipfile",
    "repr",
    "gc",
    "time",
}
ELEMENTS = 50


def is_data(value: object, deep: bool = True) -> bool:
    """Whether a value is data, and so are the first of its elements if it is a container."""
    if value is None or isinstance(value, CODE) or type(value).__module__.partition(".")[0] not in DATA:
        return False
    if isinstance(value, (list, tuple, set, frozenset)):
        return deep and all(is_data(each, False) or each is None for each in list(value)[:ELEMENTS])
    if isinstance(value, dict):
        return deep and all(is_data(each, False) or each is None for each in list(value.values())[:ELEMENTS])
    return True


def is_small(value: object) -> bool:
    """Whether looking at a value that is data costs nothing."""
    size = getattr(value, "size", None)
    if isinstance(size, int):
        return size <= ELEMENTS
    return not hasattr(value, "__len__") or len(value) <= ELEMENTS


class Shown(ast.NodeTransformer):
    """Wraps each expression statement of a body in a call that looks at its value and returns it."""

    def __init__(self, look: Any, passed_over: Collection[str] = ()) -> None:
        """Values go to `look`; calls that begin with one of the names `passed_over` are left as they are."""
        self.passed_over = passed_over
        setattr(builtins, SHOW, look)

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """The statements of a cell."""
        self.wrap(node.body)
        return node

    def wrap(self, body: list[ast.stmt]) -> None:
        """Wrap the statements of a body, but not what is inside of them."""
        for statement in body:
            if isinstance(statement, ast.Expr):
                statement.value = self._value(statement.value)

    def _value(self, value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Tuple):
            value.elts = [self._value(each) for each in value.elts]
            return value
        if isinstance(value, ast.Call) and _logs(value):
            value.args[1] = self._value(value.args[1])
            return value
        if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "display":
            value.args = [self._value(each) for each in value.args]
            return value
        if isinstance(value, (ast.Constant, ast.Yield, ast.YieldFrom, ast.Starred)) or _root(value) in self.passed_over:
            return value
        return ast.copy_location(ast.Call(ast.copy_location(ast.Name(SHOW, ast.Load()), value), [value], []), value)


def _logs(call: ast.Call) -> bool:
    """Whether a call is `logger.debug("%s", value)`: what stands for a display that may act."""
    told = isinstance(call.func, ast.Attribute) and call.func.attr == "debug" and len(call.args) == 2
    return told and getattr(call.args[0], "value", "") == "%s"


def _root(value: ast.expr) -> str:
    """The name that an expression begins with."""
    while isinstance(value, (ast.Call, ast.Attribute, ast.Subscript, ast.Await)):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value.id if isinstance(value, ast.Name) else ""


def own_names(tree: ast.Module, package: str) -> set[str]:
    """The names that a module of the package imports from the package."""
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == package
        for alias in node.names
    }
