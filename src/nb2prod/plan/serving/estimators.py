"""What fitting and transforming means: which estimator learns what, and what a fitted one makes of rows."""

import ast
from typing import TYPE_CHECKING

from nb2prod import catalogue
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.arguments import argument, given_trail
from nb2prod.plan.serving.values import Estimator, Fit, Other, Table, Trail, Value

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions


SEARCHES = "~search"
PREDICTIONS = frozenset({"predict", "predict_proba", "decision_function", "score", "fit_predict"})


def estimator_method(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Estimator) -> Value:
    """What a method of an estimator returns."""
    first = argument(node, 0, "X")
    table = known.value(first)
    label = known.value(argument(node, 1, "y"))
    name = func.value.id if isinstance(func.value, ast.Name) else ""
    if func.attr in {"fit", "fit_transform", "partial_fit"} and not isinstance(table, Table):
        owner.why = table.trail.why or "nothing is known of the data that it is fitted on"
        if func.attr != "fit_transform":
            return owner
    match func.attr:
        case "fit" | "fit_transform" if isinstance(table, Table) and first is not None:
            owner.why = ""
            owner.fits.append(Fit(known.statement, first, table.copy(), tuple(table.columns), label.trail))
            if func.attr == "fit":
                return owner
            return _transformed(known, func, owner, table, name)
        case "transform" if isinstance(table, Table):
            return _transformed(known, func, owner, table, name)
        case attr if attr in operations.LEARNED and name and len(owner.fits) == 1:
            return Other(Trail(fitted=frozenset({name})))
        case attr if attr in PREDICTIONS:
            return Other(table.trail.but(f"{attr}() answers with a model"))
    return Other(given_trail(known, node).but(f"{func.attr}() of {owner.kind.rpartition('.')[2]}"))


def _transformed(known: "Expressions", func: ast.Attribute, owner: Estimator, table: Table, name: str) -> Value:
    """What a fitted transformer makes of columns."""
    if not name or owner.kind in operations.NOT_REPEATABLE or catalogue.method(owner.kind, "transform") is None:
        return Other(table.trail.but(f"the fitted {owner.kind.rpartition('.')[2]} is not kept in a variable"))
    if len(owner.fits) != 1 or known.place is None:
        return Other(table.trail.but(f"{name} is fitted more than once"))
    if func.attr == "fit_transform":
        known.after(func, "transform", replacing=len(func.attr))
    more = Trail(fitted=frozenset({name}))
    if owner.kind.startswith("sklearn.preprocessing.") and "Encoder" not in owner.kind and "Poly" not in owner.kind:
        return table.each(more, "array")
    trail = table.trail | more
    return Table({"": trail}, trail, "array", trail)


def answering(known: "Expressions", node: ast.Call, kind: str) -> str:
    """The dotted class of what answers in an estimator: the last step of a pipeline, what a search searches."""
    inner: ast.expr | None = None
    if kind == "sklearn.pipeline.Pipeline":
        steps = argument(node, 0, "steps")
        if ast.unparse(node.func).endswith("make_pipeline"):
            inner = node.args[-1] if node.args else None
        elif isinstance(steps, ast.List) and steps.elts and isinstance(steps.elts[-1], ast.Tuple):
            inner = steps.elts[-1].elts[-1]
    elif SEARCHES in catalogue.library(kind).bases.get(kind, ()):
        inner = argument(node, 0, "estimator")
    else:
        return kind
    value = known.value(inner)
    return value.answers if isinstance(value, Estimator) else ""
