"""The types of what pandas makes of frames, series and groups where that depends on the call."""

import ast
from collections.abc import Callable

from nb2prod import catalogue
from nb2prod.analysis.operations import ARRAY, FRAME, INDEX, PRODUCT, SERIES
from nb2prod.analysis.results import resampled
from nb2prod.analysis.types import split

Kind = Callable[[ast.expr | None], str]
GROUPS, COLUMNS = "pandas.api.typing.DataFrameGroupBy", "pandas.api.typing.SeriesGroupBy"
MOVING = frozenset({"resample", "rolling", "expanding", "ewm"})
WINDOWS = frozenset(
    f"pandas.api.typing.{name}" for name in ("Resampler", "Rolling", "Expanding", "ExponentialMovingWindow", "Window")
)
ALONG = frozenset(
    "mean std var sum count max median min quantile sem skew kurt first last prod nunique ffill bfill interpolate asfreq".split()
)
# What frames have beside columns and methods; other libraries add some.
ACCESSORS = frozenset(
    "loc iloc at iat sparse flags hvplot interactive plot geometry crs profile_report swifter".split()
)
MASKS = frozenset({SERIES, ARRAY, INDEX})


def column(owner: str, name: str) -> str:
    """A column of a frame that is written like an attribute."""
    if owner != FRAME or name[:1] == "_" or name in ACCESSORS or catalogue.method(owner, name) is not None:
        return ""
    return SERIES


def item(owner: str, index: ast.expr, kind: str) -> str:
    """What an index takes from groups and windows."""
    name, inner = split(owner)
    if name == GROUPS:
        several = isinstance(index, ast.List) or split(kind)[0] == "list"
        return GROUPS if several else COLUMNS if kind == "str" else ""
    if name in WINDOWS and inner == [FRAME]:
        return f"{name}[{SERIES}]" if kind == "str" else owner if split(kind)[0] == "list" else ""
    return ""


def method(owner: str, name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a method returns if its owner tells, None if the catalogue knows better."""
    base, inner = split(owner)
    if owner in {FRAME, SERIES} and name in MOVING:
        window = catalogue.method(owner, name)
        keywords = {keyword.arg or "**" for keyword in node.keywords}
        found = window.result(len(node.args), keywords) if window is not None else ""
        return f"{found}[{owner}]" if found else ""
    if base in WINDOWS and inner and name in ALONG:
        return inner[0]
    if name in {"agg", "aggregate"} and ((base in WINDOWS and inner) or owner in {GROUPS, COLUMNS}):
        return _aggregated(FRAME if owner == GROUPS or inner == [FRAME] else SERIES, node, kind)
    if name == "fit_resample" and base.startswith("imblearn."):
        return resampled(node, kind)
    if owner == ARRAY and name == "dot" and [kind(arg) for arg in node.args] == [ARRAY]:
        return PRODUCT
    if owner == GROUPS and name == "size":
        return SERIES
    if owner == FRAME and name == "squeeze":
        return ""
    return None


def _aggregated(rows: str, node: ast.Call, kind: Kind) -> str:
    if not node.args:
        return FRAME if node.keywords else ""
    given = split(kind(node.args[0]))[0]
    if given in {"list", "dict"}:
        return FRAME
    return rows if given == "str" else ""


def located(owner: str, indexer: str, index: ast.expr, kind: Kind) -> str:
    """What `loc` and `iloc` take from a frame or a series."""
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if owner not in {FRAME, SERIES} or indexer in {"at", "iat"} or len(parts) > 2:
        return ""
    rows = _several(parts[0], kind)
    if owner == SERIES:
        return SERIES if rows and len(parts) == 1 else ""
    if len(parts) == 1:
        return FRAME if rows else SERIES if indexer == "iloc" and kind(index) == "int" else ""
    columns = _several(parts[1], kind)
    if rows and columns:
        return FRAME
    one = kind(parts[1]) in {"str", "int"}
    return SERIES if rows and one else ""


def _several(index: ast.expr, kind: Kind) -> bool:
    """Whether an index takes several rows or columns, however few there are."""
    if isinstance(index, ast.Slice | ast.List | ast.ListComp):
        return True
    found = kind(index)
    return found in MASKS or split(found)[0] == "list"
