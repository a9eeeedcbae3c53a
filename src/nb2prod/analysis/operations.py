"""The types of operators, comparisons and subscripts."""

import ast

from nb2prod.analysis.types import MAPPINGS, NUMBERS, cleaned, entries, known, members, split, unify, unify_all

FRAME, SERIES, ARRAY, INDEX = "pandas.DataFrame", "pandas.Series", "numpy.ndarray", "pandas.Index"
EXTENSION = "pandas.api.extensions.ExtensionArray"
ROWS = frozenset({FRAME, SERIES})
GRIDS = frozenset({"xarray.DataArray", "xarray.Dataset"})
# A frame with several levels of columns: one name may stand for several columns.
LEVELS = f"{FRAME}[#levels]"
# What pandas makes of rows where that depends on values.
EITHER = f"{FRAME} | {SERIES}"
# Scalars of numpy: arithmetic with them gives a scalar of numpy again.
SCALARS = frozenset(f"numpy.{name}" for name in "float64 floating int64 intp integer bool bool_ number generic".split())
PLAIN = frozenset(
    {"int", "float", "str", "bool", "None", "bytes", "complex", "list", "dict", "tuple", "set", "frozenset"}
)
# Axes in one row or one column, and in several.
AXES = {1: f"{ARRAY}[#axes]", 2: f"{ARRAY}[#rows of axes]"}
# The product of two arrays is one number if both are vectors.
PRODUCT = "numpy.number | numpy.ndarray"
AXIS = "matplotlib.axes.Axes"
# Methods that answer for each row.
ANSWERS = frozenset(
    "isin isna isnull notna notnull duplicated between contains startswith endswith match eq ne lt le gt ge".split()
)
SETS = frozenset({"set", "frozenset"})
MASKS = frozenset({SERIES, ARRAY, INDEX})
SPANS = frozenset(
    {"datetime.timedelta", "datetime.datetime", "datetime.date", "numpy.datetime64", "numpy.timedelta64"}
) | {f"pandas.{name}" for name in ("Timedelta", "Timestamp", "DateOffset", "Period")}


def arithmetic(one: str, op: ast.operator, two: str) -> str:
    """The type of `one op two`, "" if unknown."""
    if len(members(one)) > 1 or len(members(two)) > 1:
        return unify_all(arithmetic(a, op, b) for a in members(one) for b in members(two))
    if not one or not two:
        return _from_text(one, op)
    if FRAME in {one, two} or SERIES in {one, two} or INDEX in {one, two}:
        return _with_frame(one, op, two)
    if EXTENSION in {one, two}:
        return EXTENSION if all(other in {EXTENSION, ARRAY} or _one(other) for other in (one, two)) else ""
    if ARRAY in {one, two}:
        return _with_array(one, op, two)
    if one in NUMBERS and two in NUMBERS:
        return _with_numbers(one, op, two)
    if {one, two} <= SCALARS | {*NUMBERS[:3]}:
        return _with_scalars({one, two}, op)
    return _from_text(one, op) or _with_containers(one, op, two) or _with_times(one, op, two)


def power(one: str, exponent: ast.expr) -> str:
    """The type of a number to a power that is written down: whole and not negative, it changes nothing."""
    whole = isinstance(exponent, ast.Constant) and type(exponent.value) is int and exponent.value >= 0
    return {"bool": "int", "int": "int", "float": "float"}.get(one, "") if whole else ""


def _from_text(one: str, op: ast.operator) -> str:
    return one if one in {"str", "bytes"} and isinstance(op, ast.Mod) else ""


def _with_frame(one: str, op: ast.operator, two: str) -> str:
    """Frames and series take scalars, sequences and each other."""
    if isinstance(op, ast.MatMult):
        return _product_with_frame(one, two)
    others = {one, two} - {FRAME, SERIES, INDEX, ARRAY, EXTENSION}
    if not all(_one(other) or split(other)[0] in {"list", "tuple", "range"} for other in others):
        return ""
    if one == "str" and isinstance(op, ast.Mod):
        return ""
    return next(kind for kind in (FRAME, SERIES, INDEX) if kind in {one, two})


def _one(kind: str) -> bool:
    """Whether each element of a table is compared or combined with a value of a type."""
    return kind in NUMBERS or kind in SCALARS or kind in SPANS or kind == "str"


def _product_with_frame(one: str, two: str) -> str:
    """What `@` makes of frames and series, and of arrays with them."""
    match {one, two}:
        case kinds if kinds == {FRAME}:
            return FRAME
        case kinds if kinds == {FRAME, SERIES}:
            return SERIES
        case kinds if kinds == {FRAME, ARRAY}:
            return EITHER
        case kinds if kinds == {SERIES} or kinds == {SERIES, ARRAY}:
            return PRODUCT
    return ""


def _with_array(one: str, op: ast.operator, two: str) -> str:
    """Arrays with arrays and numbers; an array without dimensions would give a scalar, as `@` of two vectors does."""
    if isinstance(op, ast.MatMult):
        return PRODUCT if {one, two} <= {ARRAY, "list"} else ""
    other = two if one == ARRAY else one
    return ARRAY if other in {ARRAY, *NUMBERS} or other in SCALARS or split(other)[0] == "list" else ""


def _with_numbers(one: str, op: ast.operator, two: str) -> str:
    if isinstance(op, ast.Div):
        return "complex" if "complex" in {one, two} else "float"
    if isinstance(op, ast.Pow):
        # 2 ** -1 is a float, and a negative float has complex roots: `power` looks at the exponent
        return ""
    if isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor) and one == two:
        return one
    return max(one, two, "int", key=NUMBERS.index)


def _with_scalars(kinds: set[str], op: ast.operator) -> str:
    """A scalar of numpy with a number, or with another scalar of numpy."""
    if not isinstance(op, ast.Add | ast.Sub | ast.Mult | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow):
        return ""
    if kinds & {"numpy.generic", "numpy.bool", "numpy.bool_"}:
        # a text of numpy times a number is a text of Python
        return (
            "" if isinstance(op, ast.Mult | ast.Mod) and not kinds & {*SCALARS} - {"numpy.generic"} else "numpy.generic"
        )
    if kinds <= {"numpy.float64", *NUMBERS[:3]}:
        return "numpy.float64"
    if "numpy.number" in kinds:
        return "numpy.number"
    if isinstance(op, ast.Div) or kinds & {"float", "numpy.float64", "numpy.floating"}:
        return "numpy.floating"
    return "numpy.number"


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
    if isinstance(op, ast.Sub) and one == two == "pandas.Timestamp":
        return "pandas.Timedelta"
    if isinstance(op, ast.Add | ast.Sub) and one in {"pandas.Timestamp", "pandas.Timedelta"}:
        return one if two in {"pandas.Timedelta", "datetime.timedelta"} else ""
    if isinstance(op, ast.Add | ast.Sub) and one == "datetime.date":
        return one if two == "datetime.timedelta" else "datetime.timedelta" if two == one == "datetime.date" else ""
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
        if kind in kinds and all(_with_rows(other) or other == kind for other in kinds):
            return kind
    if ARRAY in kinds and set(kinds) <= {ARRAY, *NUMBERS, *SCALARS}:
        return ARRAY
    if set(kinds) <= {*SCALARS, *NUMBERS}:
        return "numpy.bool_" if set(kinds) & SCALARS else "bool"
    return "bool" if all(_answers_plainly(kind) for kind in kinds) else ""


def _with_rows(kind: str) -> bool:
    return kind in {ARRAY, SERIES, INDEX, EXTENSION, "None"} or _one(kind) or split(kind)[0] == "list"


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
            return SERIES if index_kind in MASKS or split(index_kind)[0] == "list" or _mask(index) else ""
        case "pandas.Index":
            return INDEX if index_kind in MASKS else "Hashable" if index_kind == "int" else ""
        case "pandas.api.extensions.ExtensionArray":
            return kind if sliced or index_kind in MASKS or _mask(index) else ""
        case "numpy.ndarray" if inner:
            return _axes_item(kind, index, index_kind)
        case "numpy.ndarray":
            return _array_item(index, index_kind)
    if name in MAPPINGS:
        return "int" if name == "collections.Counter" else cleaned(inner[1]) if len(inner) == 2 else ""
    return ""


def _array_item(index: ast.expr, index_kind: str) -> str:
    if isinstance(index, ast.Slice) or index_kind in MASKS or split(index_kind)[0] == "list" or _mask(index):
        return ARRAY
    if isinstance(index, ast.Constant) and index.value is None:
        return ARRAY
    many = isinstance(index, ast.Tuple) and any(isinstance(part, ast.Slice) for part in index.elts)
    return ARRAY if many else ""


def _axes_item(kind: str, index: ast.expr, index_kind: str) -> str:
    if kind == AXES[2] and isinstance(index, ast.Tuple):
        sliced = [isinstance(part, ast.Slice) for part in index.elts]
        return "" if len(sliced) != 2 or all(sliced) else AXES[1] if any(sliced) else AXIS
    if isinstance(index, ast.Slice):
        return kind
    return (AXIS if kind == AXES[1] else AXES[1]) if index_kind == "int" else ""


def _tuple_item(inner: list[str], index: ast.expr) -> str:
    endless = inner[1:] == ["..."]
    match index:
        case ast.Slice(lower=lower, upper=upper, step=None):
            return f"tuple[{inner[0]}, ...]" if endless else _tuple_slice(inner, lower, upper)
        case ast.Slice():
            return ""
        case ast.Constant(value=int(at)) if at < len(inner) and not endless:
            return cleaned(inner[at])
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(at))) if 0 < at <= len(inner) and not endless:
            return cleaned(inner[-at])
    return cleaned(inner[0]) if endless else unify_all(cleaned(each) for each in inner)


def _tuple_slice(inner: list[str], lower: ast.expr | None, upper: ast.expr | None) -> str:
    try:
        part = inner[slice(*(None if bound is None else int(ast.literal_eval(bound)) for bound in (lower, upper)))]
    except (ValueError, TypeError):
        return "tuple[Any, ...]"
    return f"tuple[{', '.join(part)}]" if part else "tuple[()]"


def _column(index: ast.expr, index_kind: str) -> str:
    if index_kind == "str":
        return SERIES
    several = isinstance(index, ast.List | ast.Slice | ast.ListComp)
    if several or index_kind in {*MASKS, FRAME} or split(index_kind)[0] == "list" or _mask(index):
        return FRAME
    return ""


def _mask(index: ast.expr) -> bool:
    """Whether an index is written as a condition: in the brackets of a table it chooses rows."""
    match index:
        case ast.Compare(ops=[op]):
            return not isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn)
        case ast.UnaryOp(op=ast.Invert()):
            return True
        case ast.Call(func=ast.Attribute(attr=attr)):
            return attr in ANSWERS
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr(), left=left, right=right):
            return _mask(left) or _mask(right)
    return False
