"""Which iterables yield at least once, as far as their text shows."""

import ast

SAME_LENGTH = frozenset({"enumerate", "reversed", "sorted", "list", "tuple", "set", "tqdm"})


def never_empty(node: ast.expr) -> bool:
    """Whether an iterable yields at least once, as far as its text shows."""
    match node:
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            return any(not isinstance(item, ast.Starred) for item in elts)
        case ast.Dict(keys=keys):
            return any(key is not None for key in keys)
        case ast.Constant(value=str() | bytes() as text):
            return bool(text)
        case ast.Call(func=ast.Name(id="range"), args=args, keywords=[]):
            return _range_runs(args)
        case ast.Call(func=ast.Name(id=name), args=args) if name in SAME_LENGTH:
            return bool(args) and never_empty(args[0])
        case ast.Call(func=ast.Name(id="zip"), args=args):
            return bool(args) and all(map(never_empty, args))
        case ast.Call(func=ast.Attribute(value=ast.Dict() as table, attr="items" | "keys" | "values"), args=[]):
            return never_empty(table)
    return False


def _range_runs(args: list[ast.expr]) -> bool:
    try:
        bounds = [ast.literal_eval(arg) for arg in args]
        return bool(bounds) and len(range(*bounds)) > 0
    except (ValueError, TypeError, SyntaxError):
        return False
