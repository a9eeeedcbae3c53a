"""The numbers that a run has once and no more, so that a test can hold the model against a threshold by them."""

import ast
from collections.abc import Iterator, Set

from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.plan import HumanWork, Measured, Plan

ENDINGS = ("_score", "_error")
SOURCE = "sklearn.metrics."
# What runs its code never, once for each of many, or somewhere else.
APART = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.AsyncFor, ast.While, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Try, ast.If, ast.IfExp,
)  # fmt: skip


def measured_of(plan: Plan, analysis: Analysis) -> tuple[Measured, ...]:
    """The metrics of scikit-learn that the notebook computes in one place alone, by the names that gate.toml has for them."""
    calls = list(_calls(analysis))
    results, imported = {variable.name for variable in plan.results}, _imported(plan, analysis)
    return tuple(dict.fromkeys(each for call in calls if (each := _once(*call, calls, results, imported, analysis))))


def work_of_measured(plan: Plan, analysis: Analysis) -> Iterator[HumanWork]:
    """What a person must do where no number that decides about the model stands out."""
    calls = list(_calls(analysis))
    if plan.measured or not calls:
        return
    last, call = calls[-1]
    what = "give the number that decides about the model a name of its own, and gate.toml that name"
    why = f"no test holds the model against gate.toml: no call of {_metric(call, analysis)}() or the like stands alone, outside of loops and functions"
    yield HumanWork(what, why, last.place, "ML engineer", "an hour", False, "integration testing", "test")


def _calls(analysis: Analysis) -> Iterator[tuple[Statement, ast.Call]]:
    """The calls of metrics, each with its top-level statement."""
    for statement in analysis.statements:
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Call) and _metric(node, analysis):
                yield statement, node


def _metric(call: ast.Call, analysis: Analysis) -> str:
    """The metric that a call computes, "" if it computes none."""
    name = analysis.qualified(call.func)
    return name.rpartition(".")[2] if name.startswith(SOURCE) and name.endswith(ENDINGS) else ""


def _once(
    statement: Statement, call: ast.Call, calls: list[tuple[Statement, ast.Call]], results: Set[str], imported: Set[str],
    analysis: Analysis,
) -> Measured | None:  # fmt: skip
    """How a test gets at the number of a call, if that is the only one of its name; None if it is not."""
    if any(isinstance(part, APART) for part in ast.walk(statement.node)):
        return None
    metric, variable = _metric(call, analysis), _variable(statement.node, call)
    if variable in results and sum(variable in other.facts.may for other in analysis.statements) == 1:
        return Measured(variable)
    alone = sum(_metric(other, analysis) == metric for _, other in calls) == 1
    known = isinstance(call.func, ast.Name) and call.func.id in imported
    return Measured(variable or metric, ast.unparse(call.func)) if alone and known else None


def _variable(node: ast.stmt, call: ast.Call) -> str:
    """The name that a statement binds a number to, rounded perhaps; "" if to none."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        return ""
    value = node.value
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"round", "float"}:
        value = value.args[0] if value.args else call
    return node.targets[0].id if value is call else ""


def _imported(plan: Plan, analysis: Analysis) -> frozenset[str]:
    """The names that the stages module imports."""
    places = [piece.statement for piece in plan.imports if piece.statement is not None]
    return frozenset().union(*(analysis.statements[place].facts.may for place in places)) - plan.idle
