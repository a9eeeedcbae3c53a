"""The types of operators: numbers, tables and containers first, then what a library's classes define for themselves."""

import ast

from nb2prod.analysis import knowledge
from nb2prod.analysis.operations import ARRAY, GRIDS, SCALARS, SPANS, arithmetic, compared, power
from nb2prod.analysis.types import NUMBERS, members, split, unify_all

NAMES: dict[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.USub: "neg",
    ast.UAdd: "pos",
    ast.Invert: "invert",
}
# Their operators follow the values, or leave the answer to the other side.
OPEN = ("pandas.", "numpy.", "decimal.", "datetime.", "pathlib.", "collections.")


def operated(left: str, op: ast.operator, right: str, node: ast.expr) -> str:
    """The type of `left op right`, where `node` is the right side."""
    if not left or not right:
        return arithmetic(left, op, right)
    return unify_all(_defined(one, op, two, node) for one in members(left) for two in members(right))


def _defined(left: str, op: ast.operator, right: str, node: ast.expr) -> str:
    found = arithmetic(left, op, right) or (power(left, node) if isinstance(op, ast.Pow) else "")
    if found or GRIDS & {left, right}:
        return found or _with_grids({left, right})
    return _special(left, NAMES[type(op)]) or _special(right, f"r{NAMES[type(op)]}")


def _with_grids(kinds: set[str]) -> str:
    """Grids take numbers, arrays and each other."""
    if not all(one in GRIDS or one == ARRAY or one in NUMBERS or one in SCALARS or one in SPANS for one in kinds):
        return ""
    return "xarray.Dataset" if "xarray.Dataset" in kinds else "xarray.DataArray"


def judged(ops: list[ast.cmpop], kinds: list[str]) -> str:
    """The type of a comparison."""
    found = compared(ops, kinds)
    if found or len(ops) != 1 or not all(kinds):
        return found
    if GRIDS & {*kinds}:
        return _with_grids({*kinds} - {"str"})
    return unify_all(
        compared(ops, [one, two]) or _special(one, NAMES.get(type(ops[0]), ""))
        for one in members(kinds[0])
        for two in members(kinds[1])
    )


def changed(op: ast.unaryop, kind: str) -> str:
    """The type of `-value` and `~value` of a library's class."""
    return unify_all(_special(one, NAMES.get(type(op), "")) for one in members(kind))


def _special(owner: str, name: str) -> str:
    base = split(owner)[0]
    if "." not in base or base.startswith(OPEN):
        return ""
    found = knowledge.returned(base, f"__{name}__")
    return owner if found == "self" else found
