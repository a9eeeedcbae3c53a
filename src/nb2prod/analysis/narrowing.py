"""What a test says about the types of names."""

import ast
from collections.abc import Mapping

from nb2prod.analysis.types import members, without_none


def narrowed(test: ast.expr, holds: bool, env: Mapping[str, str]) -> dict[str, str]:
    """The names whose types are narrower where a test holds, or where it does not, and these types."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return narrowed(operand, not holds, env)
        case ast.BoolOp(op=op, values=values) if isinstance(op, ast.And) is holds:
            return {name: kind for value in values for name, kind in narrowed(value, holds, env).items()}
        case ast.Name(id=name) if holds:
            return _kept(name, without_none(env.get(name, "")), env)
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=None)]):
            if isinstance(op, ast.Is | ast.Eq) is holds and isinstance(op, ast.Is | ast.IsNot):
                return _kept(name, "None", env)
            if isinstance(op, ast.IsNot | ast.NotEq) is holds:
                return _kept(name, without_none(env.get(name, "")), env)
    return {}


def _kept(name: str, kind: str, env: Mapping[str, str]) -> dict[str, str]:
    """What is left of a name's type; `Never` says that the test can't come out this way."""
    known = env.get(name, "")
    if not kind and known == "None":
        return {name: "Never"}
    return {name: kind} if kind and "None" in members(known) and kind != known else {}
