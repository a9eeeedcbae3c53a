"""Which values may stand at module level: literals, and what is as good as one."""

import ast
from collections.abc import Iterator, Mapping

from nb2prod.plan.inert import Inert
from nb2prod.plan.units import Unit

IMMUTABLE = (str, bytes, int, float, complex, bool, type(None))
# Calls and methods that do not keep or change what they are given.
LOOKS = frozenset(
    "len sorted list tuple set frozenset sum min max enumerate zip dict print join isin range any all map filter reversed str "
    "repr format items keys values get index count copy split startswith endswith drop groupby DataFrame Series read_csv "
    "usecols fillna dropna subset merge sort_values set_index pivot_table melt select_dtypes astype rename replace "
    "drop_duplicates agg reindex loc Path array asarray linspace arange where get_dummies issubset intersection union "
    "ColumnTransformer make_column_transformer isinstance int float round abs info debug".split()
)


def literal(node: ast.expr) -> bool:
    """Whether an expression is a literal, containers of literals included."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, IMMUTABLE)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant(value=int() | float())):
            return True
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            return all(map(literal, elts))
        case ast.Dict(keys=keys, values=values):
            return all(key is not None and literal(key) for key in keys) and all(map(literal, values))
    return False


def immutable(node: ast.expr) -> bool:
    """Whether a literal's value can't be changed in place."""
    return literal(node) and not any(isinstance(part, ast.List | ast.Set | ast.Dict) for part in ast.walk(node))


def assigned(unit: Unit) -> tuple[str, ast.expr] | None:
    """The name and value of a plain `name = value`."""
    match unit.node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
    return None


def constant_names(
    units: list[Unit], bound: Mapping[str, list[int]], captured: frozenset[str], inert: Inert
) -> list[str]:
    """Names bound once to a value that nothing changes, and that are written as constants or read by functions."""
    candidates: dict[str, ast.expr] = {}
    for unit in units:
        pair = assigned(unit)
        if (
            pair is None
            or unit.piece.edits
            or unit.piece.guarded
            or len(bound.get(pair[0], ())) != 1
            or not (literal(pair[1]) or inert.value(pair[1]))
        ):
            continue
        name, value = pair
        if name.isupper() or (name in captured and not name.startswith("__")):
            candidates[name] = value
    mutable = {name for name, value in candidates.items() if literal(value) and not immutable(value)}
    changed = set(_kept_or_changed(units, mutable)) if mutable else set()
    return [name for name in candidates if name not in changed]


def _kept_or_changed(units: list[Unit], names: set[str]) -> Iterator[str]:
    """Of some names of containers, those whose object may be changed or kept by somebody."""
    for unit in units:
        if unit.node is None or not names & (unit.facts.reads | unit.facts.deferred | unit.facts.touched):
            continue
        parents = {id(child): node for node in ast.walk(unit.node) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(unit.node):
            if (
                isinstance(node, ast.Name)
                and node.id in names
                and isinstance(node.ctx, ast.Load)
                and not only_looked_at(node, parents)
            ):
                yield node.id


def only_looked_at(node: ast.expr, parents: Mapping[int, ast.AST]) -> bool:
    """Whether a use of a container neither changes nor keeps it."""
    parent = parents.get(id(node))
    if isinstance(parent, ast.keyword):
        parent = parents.get(id(parent))
    match parent:
        case ast.Subscript(value=value, ctx=ast.Load()):
            # `df[NAMES]` looks; `NAMES[0]` does too, if nothing is stored through it.
            return value is not node or not isinstance(parents.get(id(parent)), ast.Attribute)
        case ast.Subscript(value=value):
            return value is not node
        case ast.For(iter=iterable) | ast.comprehension(iter=iterable):
            return iterable is node
        case (
            ast.Compare()
            | ast.BinOp()
            | ast.Starred()
            | ast.FormattedValue()
            | ast.If()
            | ast.While()
            | ast.BoolOp()
            | ast.UnaryOp()
        ):
            return True
        case ast.Call(func=func):
            name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
            return name in LOOKS
        case ast.Attribute(attr=attr):
            call = parents.get(id(parent))
            return attr in LOOKS and isinstance(call, ast.Call) and call.func is parent
    return False
