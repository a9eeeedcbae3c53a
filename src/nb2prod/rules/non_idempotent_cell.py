import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding, Glance
from nb2prod.model.nodes import alike, root_name, within
from nb2prod.rules._context import Context
from nb2prod.rules._flow import keyword
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

# Methods whose result differs when they are applied to their own result, or that fail then.
METHODS = words(
    "drop append insert pop shift diff cumsum pct_change set_index reset_index extend melt stack unstack "
    "pivot explode sample merge join transpose get_dummies cumprod"
)
FUNCTIONS = words(
    "pandas.concat numpy.append numpy.concatenate numpy.log numpy.log1p numpy.sqrt numpy.exp numpy.diff "
    "numpy.vstack numpy.hstack pandas.merge pandas.get_dummies numpy.square numpy.transpose numpy.insert "
    "numpy.delete"
)
FITTING = frozenset({"fit_transform", "inverse_transform", "transform", "fit_resample"})
GROWING = frozenset({"append", "extend", "insert", "pop"})
CHANGING = METHODS | GROWING
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.MatMult)
# Kinds of statements of which only some are candidates, and those that are none.
LOOKED_AT = {ast.Assign, ast.Expr, ast.Import, ast.ImportFrom}
KIND = {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda}


class NonIdempotentCell(Rule):
    """Running the cell once more gives another result.

    The cell replaces a value of an earlier cell by one computed from it (`x = x * 2`, `df = df.drop(columns="a")`).
    In a notebook cells do get run again, so the saved state need not be what one run gives.

    Give each version its own name, or put the step into the cell that makes the value. Each cell is reported
    once. `convert` makes the old value a parameter and the new one a result, so that nothing can run twice.
    """

    group = "state"
    profile = "ci"
    bad = """
# %%
prices = load()
rows = []
# %%
prices = prices / 100  # [non-idempotent-cell]
# %%
prices = prices.drop(columns="id")  # [non-idempotent-cell]
# %%
rows.append(prices)  # [non-idempotent-cell]
# %%
count = load()
# %%
count += 1  # [non-idempotent-cell]
"""
    good = """
# %%
prices = load()
# %%
prices = prices.fillna(0)
prices = prices.sort_values("a")
prices = prices.rename(columns={"a": "b"})
# %%
total = 0
for price in prices:
    total += price
cheap = prices / 100
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first such statement of each cell."""
        reported = 0
        for statement in sorted(_candidates(context)):
            for node in _running(statement.node) if statement.cell != reported else ():
                name = _again(node, context)
                if name and name in context.bound and name not in _bound_above(statement, context):
                    reported = statement.cell
                    fix = Convert("the old value becomes a parameter, the new one a result")
                    message = f"`{name}` is made from its own earlier value: a second run changes it again"
                    yield context.finding(self, node, message, fix=fix)
                    break


def _candidates(context: Context) -> Iterator[Glance]:
    """The statements that may be meant: a look is enough for most, which only show, import or make something new."""
    for statement in context.tops(ast.Assign):
        if root_name(statement.node.targets[0]) in statement.reads:  # type: ignore[attr-defined]  # an Assign
            yield statement
    for call in context.methods(*CHANGING):
        shown = context.parent(call)
        if isinstance(shown, ast.Expr) and shown in context.statements:
            yield context.statements[shown]
    for kind, statements in context.by_kind.items():
        if kind not in LOOKED_AT:
            yield from statements


def _bound_above(statement: Glance, context: Context) -> set[str]:
    """The names that the same cell binds above a statement."""
    found: set[str] = set()
    for above in reversed(context.analysis.statements[: statement.number]):
        if above.cell != statement.cell:
            break
        found |= above.binds
    return found


def _running(node: ast.stmt) -> Iterator[ast.stmt]:
    """The statements that run with a cell, those in conditions included."""
    waiting: list[ast.stmt] = [node]
    while waiting:
        node = waiting.pop(0)
        if type(node) in KIND or isinstance(node, (ast.For, ast.While)):
            continue
        yield node
        waiting += [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt)]


def _again(node: ast.stmt, context: Context) -> str:
    """The name whose earlier value a statement replaces in a way that can't be repeated, "" if none."""
    match node:
        case ast.AugAssign(target=target, op=op) if isinstance(op, ARITHMETIC):
            return root_name(target)
        case ast.Assign(targets=[target], value=value) if (name := root_name(target)) and _same_target(
            target, value, context
        ):
            return name
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method))) if method in GROWING:
            return name if not _known_class(name, context) else ""
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name))) as call):
            return name if getattr(keyword(call, "inplace"), "value", False) is True else ""
        case ast.Delete(targets=[ast.Subscript(value=ast.Name(id=name))]):
            return name
    return ""


def _known_class(name: str, context: Context) -> bool:
    return name in context.analysis.origins


def _same_target(target: ast.expr, value: ast.expr, context: Context) -> bool:
    """Whether a value is computed from the target itself by something that can't be repeated."""
    name = root_name(target)
    if not isinstance(value, (ast.BinOp, ast.Call)):
        return False
    if not any(isinstance(part, ast.Name) and part.id == name for part in within([value])):
        return False
    match value:
        case ast.BinOp(left=left, right=right, op=op) if isinstance(op, ARITHMETIC):
            return alike(target, left) or alike(target, right)
        case ast.Call(func=ast.Attribute(value=owner, attr=method)) as call if method in METHODS:
            dropped = method == "reset_index" and getattr(keyword(call, "drop"), "value", False) is True
            return alike(target, owner) and not dropped
        case ast.Call(func=ast.Attribute(attr=method), args=[first, *_]) if method in FITTING:
            return alike(target, first)
        case ast.Call(func=func, args=[first, *_]) if context.qualified(func) in FUNCTIONS:
            parts = first.elts if isinstance(first, (ast.List, ast.Tuple)) else [first]
            return any(alike(target, part) for part in parts)
    return False
