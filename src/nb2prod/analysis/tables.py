"""The types of what the functions of pandas make of their arguments."""

import ast

from nb2prod.analysis.arguments import Kind, argument
from nb2prod.analysis.operations import ARRAY, EITHER, EXTENSION, FRAME, INDEX, LEVELS, ROWS, SERIES
from nb2prod.analysis.types import cleaned, element, members, split

MANY = frozenset({"list", "tuple", ARRAY, INDEX, "range", EXTENSION})
READER = "pandas.io.parsers.TextFileReader"
# What these make of one text, and of several.
TIMES = {
    "to_datetime": ("pandas.Timestamp", "pandas.DatetimeIndex"),
    "to_timedelta": ("pandas.Timedelta", "pandas.TimedeltaIndex"),
    "to_numeric": ("", ARRAY),
}
# What these fetch has several levels of columns if several things are asked for.
FETCH = frozenset({"download", "DataReader", "data.DataReader"})
MISSING = frozenset({"isna", "isnull", "notna", "notnull"})


def called(name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a function of pandas returns, None if the catalogue knows better."""
    if any(isinstance(arg, ast.Starred) for arg in node.args) or any(k.arg is None for k in node.keywords):
        return None
    first = kind(node.args[0]) if node.args else ""
    if name in TIMES:
        return _times(name, first)
    if name in MISSING:
        return first if first in {FRAME, SERIES, ARRAY} else "bool" if first in {"float", "int", "str"} else ""
    match name:
        case "concat":
            return _concat(node, kind)
        case "cut" | "qcut":
            made = SERIES if first == SERIES else "pandas.Categorical" if split(first)[0] in MANY else ""
            cut = f"tuple[{made}, {ARRAY}]" if argument(node, "retbins") is not None and made else made
            return "" if argument(node, "labels") is not None and first != SERIES else cut
        case "read_excel":
            return _sheets(argument(node, "sheet_name", 1), kind)
        case "read_csv" | "read_table":
            parts = {keyword.arg for keyword in node.keywords if keyword.arg in {"chunksize", "iterator"}}
            return READER if parts else None
        case "unique":
            return f"{ARRAY} | {EXTENSION}"
        case "factorize":
            return f"tuple[{ARRAY}, {INDEX}]" if first in {SERIES, INDEX} else ""
    return None


def fetched(name: str, _node: ast.Call, _kind: Kind) -> str | None:
    """What a library for market data returns, None if the catalogue knows better."""
    return LEVELS if name in FETCH else None


def _times(name: str, first: str) -> str:
    one, several = TIMES[name]
    if first in ROWS:
        return SERIES
    return one if first in {"str", "int", "float", "datetime.datetime"} else several if split(first)[0] in MANY else ""


def _sheets(sheet: ast.expr | None, kind: Kind) -> str:
    if sheet is None or kind(sheet) in {"str", "int"}:
        return FRAME
    return f"dict[Any, {FRAME}]" if kind(sheet) == "None" or split(kind(sheet))[0] == "list" else ""


def _concat(node: ast.Call, kind: Kind) -> str:
    given = argument(node, "objs", 0)
    name, inner = split(kind(given))
    part = cleaned(inner[-1]) if name == "dict" and inner else element(kind(given))
    axis = argument(node, "axis", 1)
    across = isinstance(axis, ast.Constant) and axis.value in {1, "columns"}
    if part == SERIES and (axis is None or isinstance(axis, ast.Constant)):
        return FRAME if across else SERIES
    parts = members(part)
    return FRAME if (FRAME in parts and set(parts) <= ROWS) or across else EITHER
