"""The types of operators, comparisons and subscripts."""

import ast

from nb2prod.analysis.types import MAPPINGS, NUMBERS, cleaned, entries, known, members, split, unify, unify_all

FRAME, SERIES, ARRAY, INDEX = "pandas.DataFrame", "pandas.Series", "numpy.ndarray", "pandas.Index"
# Scalars of numpy: arithmetic with them gives a scalar of numpy again.
SCALARS = frozenset({"numpy.float64", "numpy.floating", "numpy.int64", "numpy.integer", "numpy.bool", "numpy.generic"})
PLAIN = frozenset(
    {"int", "float", "str", "bool", "None", "bytes", "complex", "list", "dict", "tuple", "set", "frozenset"}
)
# The product of two arrays is one number if both are vectors.
PRODUCT = "numpy.generic | numpy.ndarray"
SETS = frozenset({"set", "frozenset"})
MASKS = frozenset({SERIES, ARRAY, INDEX})


def arithmetic(one: str, op: ast.operator, two: str) -> str:
    """The type of `one op two`."""
    if len(members(one)) > 1 or len(members(two)) > 1:
        return unify_all(arithmetic(a, op, b) for a in members(one) for b in members(two))
    if not one or not two:
        return _from_text(one, op)
    if FRAME in {one, two} or SERIES in {one, two} or INDEX in {one, two}:
        return _with_frame(one, op, two)
    if ARRAY in {one, two}:
        return _with_array(one, op, two)
    if one in NUMBERS and two in NUMBERS:
        return _with_numbers(one, op, two)
    if {one, two} <= {"numpy.float64", *NUMBERS[:3]} and isinstance(op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        return "numpy.float64"
    return _from_text(one, op) or _with_containers(one, op, two) or _with_times(one, op, two)


def _from_text(one: str, op: ast.operator) -> str:
    return one if one in {"str", "bytes"} and isinstance(op, ast.Mod) else ""


def _with_frame(one: str, op: ast.operator, two: str) -> str:
    """Frames and series take scalars, sequences and each other."""
    if isinstance(op, ast.MatMult):
        return ""
    others = {one, two} - {FRAME, SERIES, INDEX, ARRAY}
    if not all(other in NUMBERS or other in SCALARS or other == "str" or _shift(other) for other in others):
        return ""
    if one == "str" and isinstance(op, ast.Mod):
        return ""
    return next(kind for kind in (FRAME, SERIES, INDEX) if kind in {one, two})


def _shift(kind: str) -> bool:
    return kind in {
        "datetime.timedelta",
        "datetime.datetime",
        "pandas.Timedelta",
        "pandas.Timestamp",
        "pandas.DateOffset",
    }


def _with_array(one: str, op: ast.operator, two: str) -> str:
    """Arrays with arrays and numbers; an array without dimensions would give a scalar, as `@` of two vectors does."""
    if isinstance(op, ast.MatMult):
        return PRODUCT if one == two else ""
    other = two if one == ARRAY else one
    return ARRAY if other in {ARRAY, *NUMBERS} or other in SCALARS or split(other)[0] == "list" else ""


def _with_numbers(one: str, op: ast.operator, two: str) -> str:
    if isinstance(op, ast.Div):
        return "complex" if "complex" in {one, two} else "float"
    if isinstance(op, ast.Pow):
        # 2 ** -1 is a float, and a negative float has complex roots
        return ""
    if isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor) and one == two:
        return one
    return max(one, two, "int", key=NUMBERS.index)


def _with_containers(one: str, op: ast.operator, two: str) -> str:
    (name, inner), (same, other) = split(one), split(two)
    if isinstance(op, ast.Mult):
        kind, times = (one, two) if two in {"int", "bool"} else (two, one)
        sequence = split(kind)[0]
        if times in {"int", "bool"} and sequence in {"list", "str", "bytes", "tuple"}:
            return "tuple[Any, ...]" if sequence == "tuple" else kind
    if name != same:
        return ""
    if isinstance(op, ast.Add):
        if name in {"str", "bytes"}:
            return name
        if name == "list":
            return f"list[{known(unify(cleaned(inner[0]) if inner else '', cleaned(other[0]) if other else ''))}]"
        if name == "tuple" and "..." not in {*inner, *other}:
            return f"tuple[{', '.join([*inner, *other])}]"
    if name in SETS and isinstance(op, ast.Sub | ast.BitAnd | ast.BitOr | ast.BitXor):
        return one if one == two or isinstance(op, ast.Sub | ast.BitAnd) else unify(one, two)
    return unify(one, two) if name == "dict" and isinstance(op, ast.BitOr) else ""


def _with_times(one: str, op: ast.operator, two: str) -> str:
    moment, span = "datetime.datetime", "datetime.timedelta"
    if isinstance(op, ast.Sub) and one == two == moment:
        return span
    if isinstance(op, ast.Add | ast.Sub) and (one, two) in {(moment, span), (span, span)}:
        return one
    return "pathlib.Path" if one == "pathlib.Path" and isinstance(op, ast.Div) else ""


def compared(ops: list[ast.cmpop], kinds: list[str]) -> str:
    """The type of a comparison."""
    if isinstance(ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot) and len(ops) == 1:
        return "bool"
    if len(ops) > 1:
        return "bool" if all(_answers_plainly(kind) for kind in kinds) else ""
    for kind in (FRAME, SERIES):
        if kind in kinds and all(other in {kind, ARRAY, SERIES, "str", *NUMBERS} or _shift(other) for other in kinds):
            return kind
    if kinds[0] == ARRAY and kinds[1] in {ARRAY, *NUMBERS}:
        return ARRAY
    return "bool" if all(_answers_plainly(kind) for kind in kinds) else ""


def _answers_plainly(kind: str) -> bool:
    return bool(kind) and all(split(member)[0] in PLAIN for member in members(kind))


def item(kind: str, index: ast.expr, index_kind: str) -> str:
    """The type of `value[index]`."""
    if len(each := members(kind)) > 1:
        return unify_all(item(member, index, index_kind) for member in each)
    name, inner = split(kind)
    sliced = isinstance(index, ast.Slice)
    if name in {"str", "bytes", "list", "range", SERIES, INDEX} and sliced:
        return kind
    match name:
        case "Record":
            held = entries(kind)
            key = index.value if isinstance(index, ast.Constant) else None
            return cleaned(held[key]) if key in held else ""
        case "str":
            return "str"
        case "list" | "Sequence":
            return cleaned(inner[0]) if inner else ""
        case "tuple" | "Items":
            return _tuple_item(inner, index)
        case "pandas.DataFrame":
            return _column(index, index_kind)
        case "pandas.Series":
            return SERIES if index_kind in MASKS or split(index_kind)[0] == "list" else ""
        case "pandas.Index":
            return INDEX if index_kind in MASKS else ""
        case "numpy.ndarray":
            return _array_item(index, index_kind)
    if name in MAPPINGS:
        return "int" if name == "collections.Counter" else cleaned(inner[1]) if len(inner) == 2 else ""
    return ""


def _array_item(index: ast.expr, index_kind: str) -> str:
    if isinstance(index, ast.Slice) or index_kind in MASKS or split(index_kind)[0] == "list":
        return ARRAY
    if isinstance(index, ast.Constant) and index.value is None:
        return ARRAY
    many = isinstance(index, ast.Tuple) and any(isinstance(part, ast.Slice) for part in index.elts)
    return ARRAY if many else ""


def _tuple_item(inner: list[str], index: ast.expr) -> str:
    endless = inner[1:] == ["..."]
    match index:
        case ast.Slice():
            return ""
        case ast.Constant(value=int(at)) if at < len(inner) and not endless:
            return cleaned(inner[at])
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(at))) if 0 < at <= len(inner) and not endless:
            return cleaned(inner[-at])
    return cleaned(inner[0]) if endless else unify_all(cleaned(each) for each in inner)


def _column(index: ast.expr, index_kind: str) -> str:
    if index_kind == "str":
        return SERIES
    several = isinstance(index, ast.List | ast.Slice | ast.ListComp)
    if several or index_kind in {*MASKS, FRAME} or split(index_kind)[0] == "list":
        return FRAME
    return ""
