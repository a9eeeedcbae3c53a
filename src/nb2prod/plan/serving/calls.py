"""What a call makes of the values that it is given."""

import ast
from typing import TYPE_CHECKING

from nb2prod.plan.serving import operations
from nb2prod.plan.serving.arguments import given_trail, parts, root, text
from nb2prod.plan.serving.columns import named_text
from nb2prod.plan.serving.estimators import estimator_method
from nb2prod.plan.serving.libraries import library_call
from nb2prod.plan.serving.methods import table_method
from nb2prod.plan.serving.values import Estimator, Known, Other, Table, Value, joined

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions


def call(known: "Expressions", node: ast.Call) -> Value:
    """What a call returns."""
    if isinstance(node.func, ast.Name) and node.func.id in known.functions:
        return _own(known, node, known.functions[node.func.id])
    first = root(node.func)
    if first in known.analysis.origins and first not in known.names:
        return library_call(known, node, known.analysis.qualified(node.func))
    if isinstance(node.func, ast.Attribute):
        owner = known.value(node.func.value)
        if isinstance(owner, Estimator):
            return estimator_method(known, node, node.func, owner)
        if isinstance(owner, Table):
            return table_method(known, node, node.func, owner)
        if isinstance(owner, Known) and (named := named_text(known, node, node.func, owner)):
            return named
        return Other(owner.trail | given_trail(known, node))
    given = given_trail(known, node)
    if isinstance(node.func, ast.Name) and node.func.id in {"list", "tuple", "sorted"} and len(node.args) == 1:
        value = known.value(node.args[0])
        if isinstance(value, Known) and isinstance(value.value, list):
            return Known(sorted(value.value, key=str) if node.func.id == "sorted" else value.value, value.trail)
    if any(isinstance(known.value(part), Table) for part in parts(node)):
        return Other(given.but(f"{text(node.func)}() looks at all rows, or nb2prod doesn't know it"))
    return Other(given if _plain(node) else given.but(f"nothing is known of {text(node.func)}()"))


def _plain(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in operations.BUILTINS


def _own(known: "Expressions", node: ast.Call, function: ast.FunctionDef) -> Value:
    """Follow a function of the notebook: its body with the values that it is given."""
    values = [known.value(part) for part in node.args]
    for value in values:
        if isinstance(value, Estimator) and any(getattr(part, "attr", "") == "fit" for part in ast.walk(function)):
            value.why = f"{function.name}() fits it"
    for table in known.changed_by(function):
        table.own = table.own.but(f"{function.name}() may change it")
    if not any(isinstance(value, Table) for value in values):
        return Other(joined(value.trail for value in values) | known.function_trail(function))
    from nb2prod.plan.serving.statements import follow

    return follow(known, node, function, values)
