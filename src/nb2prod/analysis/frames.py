"""The types of what pandas makes of frames, series and groups where that depends on the call."""

import ast

from nb2prod import catalogue
from nb2prod.analysis.arguments import Kind, argument
from nb2prod.analysis.operations import (
    ARRAY,
    AXES,
    EITHER,
    FRAME,
    GRIDS,
    INDEX,
    LEVELS,
    ROWS,
    SCALARS,
    SERIES,
    arithmetic,
)
from nb2prod.analysis.results import resampled
from nb2prod.analysis.types import cleaned, members, split

GROUPS, COLUMNS = "pandas.api.typing.DataFrameGroupBy", "pandas.api.typing.SeriesGroupBy"
# Groups whose keys become columns of what is made of them.
FLAT = f"{GROUPS}[#flat]"
FLATTENED = frozenset(
    "agg aggregate all any count first last max mean median min nunique prod sem size std sum var".split()
)
MOVING = frozenset({"resample", "rolling", "expanding", "ewm"})
WINDOWS = frozenset(
    f"pandas.api.typing.{name}" for name in ("Resampler", "Rolling", "Expanding", "ExponentialMovingWindow", "Window")
)
ALONG = frozenset(
    "mean std var sum count max median min quantile sem skew kurt first last prod nunique ffill bfill interpolate asfreq".split()
)
ROLLING = frozenset({"pandas.api.typing.Rolling", "pandas.api.typing.Expanding"})
AGGREGATES = frozenset({"agg", "aggregate"})
# What stands in one cell of a table.
ONE = frozenset({"str", "int", "float", "bool", "None", "complex", "list", "dict", "set", "tuple", *SCALARS})
# What frames have beside columns and methods.
INDEXERS = frozenset("loc iloc at iat flags plot".split())
MASKS = frozenset({SERIES, ARRAY, INDEX})


def accessor(owner: str, name: str) -> str:
    """What another library adds to tables and grids under a name, "" if nothing is known of it."""
    if owner in AXES.values() and name in {"flat", "T"}:
        return "numpy.flatiter[#axes]" if name == "flat" else owner
    if name != "hvplot":
        return ""
    return "hvplot.hvPlotTabular" if owner in ROWS else "hvplot.hvPlot" if owner in GRIDS else ""


def column(owner: str, name: str) -> str:
    """A column of a frame, or a variable of a grid, that is written like an attribute."""
    if name[:1] == "_" or name in catalogue.ACCESSORS:
        return ""
    if owner in catalogue.HOLDERS:
        kind, offered = catalogue.HOLDERS[owner]
        return "" if name in offered else kind
    return SERIES if owner == FRAME and name not in INDEXERS and catalogue.method(owner, name) is None else ""


def item(owner: str, index: ast.expr, kind: str) -> str:
    """What an index takes from groups and windows."""
    name, inner = split(owner)
    if owner == LEVELS:
        return EITHER if kind == "str" else owner if kind in MASKS or split(kind)[0] == "list" else ""
    if name == GROUPS:
        several = isinstance(index, ast.List) or split(kind)[0] == "list"
        return owner if several else f"{COLUMNS}{owner.removeprefix(GROUPS)}" if kind == "str" else ""
    if name in WINDOWS and inner == [FRAME]:
        return f"{name}[{SERIES}]" if kind == "str" else owner if split(kind)[0] == "list" else ""
    return ""


def method(owner: str, name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a method returns if its owner tells, None if the catalogue knows better."""
    base, inner = split(owner)
    if owner == FRAME and name == "groupby" and argument(node, "as_index") is not None:
        return FLAT
    if base in {GROUPS, COLUMNS} and inner:
        return FRAME if name in FLATTENED else "" if base == COLUMNS else None
    if owner in {FRAME, SERIES} and name in MOVING:
        window = catalogue.method(owner, name)
        keywords = {keyword.arg or "**" for keyword in node.keywords}
        found = window.result(len(node.args), keywords) if window is not None else ""
        return f"{found}[{owner}]" if found else ""
    if base in WINDOWS and inner and name in (ALONG | {"apply"} if base in ROLLING else ALONG):
        return inner[0]
    if name in AGGREGATES and ((base in WINDOWS and inner) or owner in {GROUPS, COLUMNS}):
        return _aggregated(FRAME if owner == GROUPS or inner == [FRAME] else SERIES, node, kind)
    if base == "typing.IO" and inner:
        return _read(name, inner[0])
    if owner in AXES.values() and name in {"ravel", "flatten"}:
        return AXES[1]
    if base.startswith("hvplot.") and {keyword.arg for keyword in node.keywords} & {"groupby", "widgets", "by"}:
        return ""
    if name == "fit_resample" and base.startswith("imblearn."):
        return resampled(node, kind)
    if owner in ROWS:
        return _of_rows(owner, name, node, kind)
    return EITHER if owner in {GROUPS, COLUMNS} and name == "apply" else None


def _read(name: str, text: str) -> str | None:
    """What a method of an open file returns."""
    if name in {"read", "readline"}:
        return cleaned(text)
    return f"list[{text}]" if name == "readlines" else None


def _of_rows(owner: str, name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a method of a frame or a series returns."""
    first = node.args[0] if node.args else None
    if any(keyword.arg == "inplace" for keyword in node.keywords):
        return None
    match name:
        case "apply":
            return _applied(kind(argument(node, "func", 0)))
        case "quantile":
            share = kind(argument(node, "q", 0)) or ("float" if not node.args and not node.keywords else "")
            one = {FRAME: SERIES, SERIES: "float"}[owner]
            return one if share in {"float", "int"} else owner if split(share)[0] in {"list", "tuple", ARRAY} else ""
        case "dot":
            return arithmetic(owner, ast.MatMult(), kind(first))
    return _of_frame(name, first, node, kind) if owner == FRAME else _of_series(name, first, kind)


def _of_frame(name: str, first: ast.expr | None, node: ast.Call, kind: Kind) -> str | None:
    match name:
        case "stack" | "unstack" | "xs":
            return EITHER
        case "agg" | "aggregate":
            given, inner = split(kind(first)) if first is not None else ("", [])
            if given == "str" or (given == "dict" and inner[-1] == "str"):
                return SERIES
            return FRAME if given == "list" or (given == "dict" and inner[-1].startswith("list[")) else EITHER
        case "to_dict":
            orient = argument(node, "orient", 0)
            literal = orient.value if isinstance(orient, ast.Constant) else None
            return "list[dict[Any, Any]]" if literal == "records" else "dict[Any, Any]" if literal else None
        case "get":
            return f"{SERIES} | None" if len(node.args) == 1 and kind(first) == "str" else None
        case "squeeze":
            return ""
    return None


def _of_series(name: str, first: ast.expr | None, kind: Kind) -> str | None:
    match name:
        case "agg" | "aggregate" if first is not None and split(kind(first))[0] in {"list", "dict"}:
            return SERIES
        case "sum" | "prod" | "product" if first is None:
            return "float | numpy.number"
    return None


def _applied(function: str) -> str:
    """What `apply` makes of the results of a function."""
    name, inner = split(function)
    made = cleaned(inner[-1]) if name in {"Callable", "type"} and inner else ""
    if made == SERIES:
        return FRAME
    return SERIES if made and all(split(each)[0] in ONE for each in members(made)) else EITHER


def _aggregated(rows: str, node: ast.Call, kind: Kind) -> str:
    if not node.args:
        return FRAME if node.keywords else ""
    given = split(kind(node.args[0]))[0]
    if given in {"list", "dict"}:
        return FRAME
    return rows if given in {"str", "Callable"} else ""


def located(owner: str, indexer: str, index: ast.expr, kind: Kind) -> str:
    """What `loc` and `iloc` take from a frame or a series."""
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if owner not in {FRAME, SERIES} or indexer in {"at", "iat"} or len(parts) > 2:
        return ""
    rows = _several(parts[0], kind)
    if owner == SERIES:
        return SERIES if rows and len(parts) == 1 else ""
    if len(parts) == 1:
        label = EITHER if indexer == "loc" and kind(index) in {"str", "int"} else ""
        return FRAME if rows else SERIES if indexer == "iloc" and kind(index) == "int" else label
    columns = _several(parts[1], kind)
    if rows and columns:
        return FRAME
    one = kind(parts[1]) in {"str", "int"}
    return SERIES if rows and one else ""


def _several(index: ast.expr, kind: Kind) -> bool:
    """Whether an index takes several rows or columns, however few there are."""
    if isinstance(index, ast.Slice | ast.List | ast.ListComp | ast.Compare):
        return True
    if isinstance(index, ast.Tuple):
        # one part for each level of the index
        return any(_several(part, kind) or kind(part) == "slice" for part in index.elts)
    found = kind(index)
    return found in MASKS or split(found)[0] in {"list", "slice"}
