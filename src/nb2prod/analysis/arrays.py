"""The types of what numpy makes of arrays, sequences and numbers, where that depends on the arguments."""

import ast
from collections.abc import Iterator
from itertools import product

from nb2prod.analysis.arguments import Kind, argument
from nb2prod.analysis.operations import ARRAY, FRAME, GRIDS, INDEX, PRODUCT, SCALARS, SERIES
from nb2prod.analysis.types import NUMBERS, members, split, unify_all

SEQUENCES = frozenset({"list", "tuple", "range", "set", "KeysView", "ValuesView"})
WHOLE = frozenset({"int", "bool", "numpy.int64", "numpy.integer", "numpy.intp", "numpy.bool_"})
REAL = frozenset({"float", "numpy.float64", "numpy.floating"})
# What is left of an array without dimensions.
REDUCED = {
    name: kind
    for kind, names in {
        "numpy.number": "sum prod nansum nanprod trace",
        "numpy.generic": "min max amin amax nanmin nanmax ptp",
        "numpy.floating": "mean std var median average nanmean nanstd nanvar nanmedian trapezoid trapz",
        "numpy.intp": "argmax argmin nanargmax nanargmin",
        "numpy.bool_": "all any",
    }.items()
    for name in names.split()
}
# What frames reduce themselves when numpy asks them to.
OF_FRAMES = frozenset("sum prod mean std var min max all any".split())
QUANTILES = frozenset({"quantile", "percentile", "nanquantile", "nanpercentile"})
TRUTHS = frozenset(
    "isnan isinf isfinite logical_and logical_or logical_not logical_xor equal not_equal less less_equal greater greater_equal".split()
)
# These give a number for a number, and not always a float: the others do.
SAME = frozenset(
    "absolute abs add subtract multiply negative positive power square maximum minimum fmax fmin mod remainder fmod sign "
    "floor_divide clip round around reciprocal invert bitwise_and bitwise_or bitwise_xor rint ceil floor trunc".split()
)
# These give an array whatever they are given, and take an axis.
SHAPED = frozenset("repeat cumsum cumprod flip argsort squeeze transpose nancumsum".split())
ARRAYS = frozenset("outer kron tensordot cross diff convolve correlate select piecewise poly roots cov".split())
FACTORS = {
    "svd": f"tuple[{ARRAY}, {ARRAY}, {ARRAY}]",
    "qr": f"tuple[{ARRAY}, {ARRAY}]",
    "eig": f"tuple[{ARRAY}, {ARRAY}]",
    "eigh": f"tuple[{ARRAY}, {ARRAY}]",
    "lstsq": f"tuple[{ARRAY}, {ARRAY}, Any, {ARRAY}]",
    "slogdet": "tuple[numpy.floating, numpy.floating]",
    "det": "numpy.floating",
    "cond": "numpy.floating",
    "matrix_rank": "numpy.int64",
}


def called(name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a function of numpy returns (`mean`, `linalg.svd`), None if the catalogue knows better."""
    if any(isinstance(arg, ast.Starred) for arg in node.args) or not node.args:
        return None
    first = kind(node.args[0])
    if name in REDUCED:
        return _reduced(REDUCED[name], name, first, _asked(node, "axis", 1), _asked(node, "keepdims"))
    if name in QUANTILES:
        return _quantile(first, kind(_asked(node, "q", 1)), _asked(node, "axis", 2))
    if name in ARRAYS:
        return ARRAY if split(first)[0] not in GRIDS else ""
    if name.startswith("linalg.") and not node.keywords:
        return FACTORS.get(name.removeprefix("linalg."))
    match name:
        case "where":
            return ARRAY if len(node.args) == 3 else f"tuple[{ARRAY}, ...]" if len(node.args) == 1 else None
        case "dot" | "inner" | "vdot" | "einsum":
            return _product(first, [kind(arg) for arg in node.args[1:2]])
        case "unique":
            return _unique(node)
        case "interp" | "searchsorted" | "polyval":
            about = first if name == "interp" else kind(node.args[1]) if len(node.args) > 1 else ""
            return like(about, "numpy.intp" if name == "searchsorted" else "numpy.floating")
    return None


def method(owner: str, name: str, node: ast.Call, kind: Kind) -> str | None:
    """What a method of an array returns where the catalogue leaves it open, None if it does not."""
    if owner != ARRAY:
        return None
    if name in REDUCED:
        return _reduced(REDUCED[name], name, ARRAY, _asked(node, "axis", 0), _asked(node, "keepdims"))
    if name == "searchsorted" and node.args:
        return like(kind(node.args[0]), "numpy.intp")
    return PRODUCT if name == "dot" else None


def _asked(node: ast.Call, name: str, at: int = -1) -> ast.expr | None:
    """What a call passes unless that asks for nothing."""
    found = argument(node, name, at)
    return None if isinstance(found, ast.Constant) and (found.value is None or found.value is False) else found


def _reduced(one: str, name: str, first: str, axis: ast.expr | None, kept: ast.expr | None) -> str:
    base = split(first)[0]
    if base == FRAME:
        return SERIES if name in OF_FRAMES and isinstance(axis, ast.Constant) and isinstance(axis.value, int) else ""
    if first and not _data(first):
        return ""
    if axis is None:
        return (one if kept is None else ARRAY) if first or one == "numpy.floating" else ""
    if not first or base == SERIES:
        return one if first else ""
    below = isinstance(axis, ast.Constant) and isinstance(axis.value, int) and axis.value > 0
    return ARRAY if below or kept is not None else f"{one} | {ARRAY}"


def _data(kind: str) -> bool:
    """Whether numpy makes an array of values of a type."""
    return all(
        split(each)[0] in {ARRAY, SERIES, INDEX, *SEQUENCES, *NUMBERS} or each in SCALARS for each in members(kind)
    )


def _quantile(first: str, share: str, axis: ast.expr | None) -> str:
    if not first or not _data(first) or not share or axis is not None:
        return ""
    return "numpy.floating" if share in NUMBERS or share in SCALARS else ARRAY if _data(share) else ""


def _product(first: str, others: list[str]) -> str:
    if all(each and (_data(each) or each in {FRAME, "str"}) for each in [first, *others]):
        return PRODUCT
    return ""


def _unique(node: ast.Call) -> str:
    asked = [k for k in node.keywords if k.arg and k.arg.startswith("return_") and _asked(node, k.arg) is not None]
    if len(node.args) > 1 or any(not isinstance(k.value, ast.Constant) for k in asked):
        return ""
    return f"tuple[{', '.join([ARRAY] * (len(asked) + 1))}]" if asked else ARRAY


def like(kind: str, one: str) -> str:
    """What a function gives that takes one number or an array of them: one result or an array, "" if unknown."""
    if kind in NUMBERS or kind in SCALARS:
        return one
    return ARRAY if kind and _data(kind) else ""


# element by element


def mapped(name: str, node: ast.Call, kind: Kind) -> str:
    """What a function that works on each element (`log`) makes of its arguments."""
    free = {"axis"} if name in SHAPED else set()
    if any(keyword.arg in {"out", "dtype", "where", "axis"} - free for keyword in node.keywords) or not node.args:
        return ""
    kinds = [kind(arg) for arg in node.args[: 1 if name in SHAPED else 2]]
    return unify_all(_mapped(name, each) for each in _combined(kinds))


def _combined(kinds: list[str]) -> Iterator[list[str]]:
    return (list(each) for each in product(*map(members, kinds)))


def _mapped(name: str, kinds: list[str]) -> str:
    found = {each for each in kinds if each in {ARRAY, FRAME, SERIES, INDEX, *GRIDS}}
    rest = [each for each in kinds if each not in found]
    sequences = [each for each in rest if split(each)[0] in {"list", "range", "tuple"}]
    if not all(each in NUMBERS or each in SCALARS or each in sequences for each in rest):
        return ""
    for frame in ("xarray.Dataset", "xarray.DataArray", FRAME, SERIES, INDEX):
        if frame in found:
            return frame if found <= {frame, ARRAY, *(GRIDS if frame in GRIDS else ())} else ""
    if found or sequences or name in SHAPED:
        return ARRAY
    if name in TRUTHS:
        return "numpy.bool_"
    if not set(rest) <= WHOLE | REAL:
        return "numpy.generic" if "complex" not in rest else ""
    return "numpy.floating" if name not in SAME or set(rest) & REAL else "numpy.number"
