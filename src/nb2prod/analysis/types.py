"""The algebra of types: a type is a dotted name with arguments, as in an annotation; "" is unknown."""

import ast

NUMBERS = ("bool", "int", "float", "complex")
FRAMES = frozenset(
    {"pandas.DataFrame", "pandas.Series", "numpy.ndarray", "pandas.Index", "polars.DataFrame", "polars.Series"}
)
SEQUENCES = frozenset({"list", "set", "frozenset", "Iterator", "Iterable", "Sequence", "collections.deque"})


def split(kind: str) -> tuple[str, list[str]]:
    """A type's name and its arguments: `dict[str, int]` is `dict` and `["str", "int"]`."""
    name, bracket, rest = kind.partition("[")
    if not bracket or not rest.endswith("]"):
        return kind, []
    return name, _arguments(rest[:-1])


def _arguments(text: str) -> list[str]:
    found, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if char == "," and not depth:
            found.append(text[start:at].strip())
            start = at + 1
    return [*found, text[start:].strip()]


def unify(one: str, two: str) -> str:
    """The type of a value that is of one or the other."""
    if one == two:
        return one
    if not one or not two:
        return ""
    if one in NUMBERS and two in NUMBERS and "bool" not in {one, two}:
        return max(one, two, key=NUMBERS.index)
    if "None" in {one, two}:
        other = two if one == "None" else one
        return other if other.endswith("| None") else f"{other} | None"
    (name, inner), (same, other_inner) = split(one), split(two)
    if name == same and len(inner) == len(other_inner) and "..." not in {*inner, *other_inner}:
        return f"{name}[{', '.join(unify(a, b) or 'Any' for a, b in zip(inner, other_inner, strict=True))}]"
    return ""


def unify_all(kinds: list[str]) -> str:
    """The type of a value that is of one of many."""
    if not kinds:
        return ""
    result = kinds[0]
    for kind in kinds[1:]:
        result = unify(result, kind)
    return result


def known(kind: str) -> str:
    """A type as an argument of another."""
    return kind or "Any"


def element(kind: str) -> str:
    """The type of what iterating yields."""
    name, inner = split(kind)
    if name in SEQUENCES or name in {"dict", "range", "collections.Counter", "collections.OrderedDict"}:
        return "int" if name == "range" else _clean(inner[0]) if inner else ""
    if name == "tuple":
        return _clean(inner[0]) if inner[1:] == ["..."] else unify_all([_clean(item) for item in inner])
    return {"str": "str", "bytes": "int", "pandas.DataFrame": "str"}.get(name, "")


def _clean(kind: str) -> str:
    return "" if kind == "Any" else kind


def item(kind: str, index: ast.expr, index_kind: str) -> str:
    """The type of `value[index]`."""
    name, inner = split(kind)
    sliced = isinstance(index, ast.Slice)
    if name in {"str", "bytes", "list", "range"} and sliced:
        return kind
    match name:
        case "str":
            return "str"
        case "list":
            return _clean(inner[0]) if inner else ""
        case "dict" | "collections.defaultdict" | "collections.OrderedDict":
            return _clean(inner[1]) if len(inner) == 2 else ""
        case "tuple":
            return _tuple_item(inner, index)
        case "pandas.DataFrame":
            return _column(index, index_kind)
        case "pandas.Series":
            return "pandas.Series" if sliced or index_kind in {"pandas.Series", "numpy.ndarray"} else ""
        case "numpy.ndarray":
            many = sliced or index_kind == "numpy.ndarray"
            many |= isinstance(index, ast.Tuple) and any(isinstance(part, ast.Slice) for part in index.elts)
            return "numpy.ndarray" if many else ""
    return ""


def _tuple_item(inner: list[str], index: ast.expr) -> str:
    if inner[1:] == ["..."]:
        return "" if isinstance(index, ast.Slice) else _clean(inner[0])
    match index:
        case ast.Constant(value=int(at)) if at < len(inner):
            return _clean(inner[at])
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(at))) if at <= len(inner):
            return _clean(inner[-at])
    return ""


def _column(index: ast.expr, index_kind: str) -> str:
    if isinstance(index, ast.Constant) and isinstance(index.value, str):
        return "pandas.Series"
    if index_kind == "str":
        return "pandas.Series"
    if isinstance(index, ast.List | ast.Slice | ast.Compare) or index_kind in {
        "pandas.Series",
        "pandas.Index",
        "pandas.DataFrame",
    }:
        return "pandas.DataFrame"
    return "pandas.DataFrame" if split(index_kind)[0] == "list" else ""


def arithmetic(one: str, op: ast.operator, two: str) -> str:
    """The type of `one op two`."""
    for frame in ("pandas.DataFrame", "pandas.Series", "numpy.ndarray"):
        if frame in {one, two}:
            return frame if {one, two} <= FRAMES | set(NUMBERS) | {"str", ""} else ""
    if one == "str" and (isinstance(op, ast.Mod) or (two == "str" and isinstance(op, ast.Add))):
        return "str"
    if one in NUMBERS and two in NUMBERS:
        if isinstance(op, ast.Div):
            return "complex" if "complex" in {one, two} else "float"
        if isinstance(op, ast.Pow) and {one, two} <= {"int", "bool"}:
            return ""  # 2 ** -1 is a float
        if isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor) and one == two:
            return one
        return max(one, two, "int", key=NUMBERS.index)
    (name, inner), (same, other) = split(one), split(two)
    if name == same == "list" and isinstance(op, ast.Add):
        return f"list[{known(unify(_clean(inner[0]) if inner else '', _clean(other[0]) if other else ''))}]"
    if name in {"list", "str"} and two == "int" and isinstance(op, ast.Mult):
        return one
    return ""
