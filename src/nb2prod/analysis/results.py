"""The types of calls whose result depends on their arguments: builtins, and library functions that take many kinds."""

import ast
from collections.abc import Mapping

from nb2prod.analysis.arguments import Kind, argument
from nb2prod.analysis.operations import ARRAY, AXES, FRAME, SCALARS, SERIES, arithmetic
from nb2prod.analysis.types import NUMBERS, cleaned, element, known, members, split, unify, unify_all

WITH_CONSTANT = {SERIES: FRAME, FRAME: FRAME, ARRAY: ARRAY, "list": ARRAY}
SUBPLOTS = frozenset({"matplotlib.pyplot.subplots", "matplotlib.figure.Figure.subplots"})
# What these make of the elements of their first argument.
COLLECTS = {
    "list": "list",
    "sorted": "list",
    "set": "set",
    "frozenset": "frozenset",
    "reversed": "Iterator",
    "iter": "Iterator",
}


def result_of(dotted: str, node: ast.Call, kind: Kind) -> str:
    """The type of a call that the catalogue leaves open, "" if nothing tells it."""
    if dotted in SUBPLOTS:
        return f"tuple[matplotlib.figure.Figure, {_axes(node)}]"
    if dotted in {"copy.copy", "copy.deepcopy", "sklearn.base.clone"}:
        return kind(node.args[0]) if node.args else ""
    if dotted == "statsmodels.tools.tools.add_constant":
        return unify_all(WITH_CONSTANT.get(each, "") for each in members(kind(node.args[0]))) if node.args else ""
    if dotted == "imblearn.datasets.make_imbalance":
        return resampled(node, kind)
    if dotted == "numpy.matmul" and len(node.args) == 2:
        return arithmetic(kind(node.args[0]), ast.MatMult(), kind(node.args[1]))
    if dotted.startswith("tqdm.") and node.args:
        return f"Iterable[{known(element(kind(node.args[0])))}]"
    if dotted in {"sklearn.utils.shuffle", "sklearn.utils.resample", "shap.sample"} and len(node.args) == 1:
        return kind(node.args[0]) if kind(node.args[0]) in {FRAME, SERIES, ARRAY} else ""
    if any(isinstance(arg, ast.Starred) for arg in node.args) and dotted != "zip":
        return ""
    if dotted in {"open", "io.open"}:
        return _opened(node)
    if dotted == "random.choice" and node.args:
        return element(kind(node.args[0]))
    return _builtin(dotted, node, kind)


def _opened(node: ast.Call) -> str:
    """The type of a file that is opened: of text unless the mode says otherwise."""
    mode = argument(node, "mode", 1)
    if mode is None:
        return "typing.IO[str]"
    if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
        return "typing.IO[bytes]" if "b" in mode.value else "typing.IO[str]"
    return "typing.IO[Any]"


def resampled(node: ast.Call, kind: Kind) -> str:
    """Data after rows were left out or added: of the kinds that were given."""
    kinds = [kind(arg) for arg in node.args[:2]]
    return f"tuple[{', '.join(kinds)}]" if len(kinds) == 2 and set(kinds) <= {FRAME, SERIES, ARRAY} else ""


def _builtin(name: str, node: ast.Call, kind: Kind) -> str:
    first = node.args[0] if node.args else None
    if name in COLLECTS:
        if first is None:
            empty = f"@{node.lineno * 1000 + node.col_offset}"
            return f"{COLLECTS[name]}[{empty}]" if name in {"list", "set"} else ""
        return f"{COLLECTS[name]}[{known(element(kind(first)))}]" if len(node.args) == 1 else ""
    match name:
        case "tuple":
            return f"tuple[{known(element(kind(first)))}, ...]"
        case "dict":
            return _dict(node, kind)
        case "enumerate":
            return f"Iterator[tuple[int, {known(element(kind(first)))}]]"
        case "zip" if any(isinstance(arg, ast.Starred) for arg in node.args):
            return "Iterator[tuple[Any, ...]]"
        case "zip":
            return f"Iterator[tuple[{', '.join(known(element(kind(arg))) for arg in node.args)}]]" if node.args else ""
        case "map":
            return f"Iterator[{known(_applied(kind(first)))}]"
        case "filter":
            return f"Iterator[{known(element(kind(node.args[-1])) if isinstance(first, ast.Lambda) else '')}]"
        case "next":
            return element(kind(first)) if len(node.args) == 1 else unify(element(kind(first)), kind(node.args[-1]))
    return _number(name, node, kind)


def _applied(function: str) -> str:
    name, inner = split(function)
    return cleaned(inner[-1]) if name == "Callable" else cleaned(inner[0]) if name == "type" and inner else ""


def _dict(node: ast.Call, kind: Kind) -> str:
    if node.args:
        name, inner = split(kind(node.args[0]))
        pair = split(element(kind(node.args[0])))
        if name == "dict":
            inner = [*inner]
        elif pair[0] == "tuple" and len(pair[1]) == 2 and "..." not in pair[1]:
            inner = pair[1]
        else:
            inner = ["Any", "Any"]
        return f"dict[{', '.join(inner)}]" if not node.keywords else "dict[Any, Any]"
    if any(keyword.arg is None for keyword in node.keywords):
        return "dict[Any, Any]"
    if not node.keywords:
        empty = f"@{node.lineno * 1000 + node.col_offset}"
        return f"dict[{empty}, {empty}]"
    return f"dict[str, {known(unify_all(kind(keyword.value) for keyword in node.keywords))}]"


def _number(name: str, node: ast.Call, kind: Kind) -> str:
    kinds = [kind(arg) for arg in node.args]
    match name:
        case "abs":
            return "float" if kinds == ["complex"] else _plain(kinds[0]) if kinds else ""
        case "round" if kinds and kinds[0] in NUMBERS[:3]:
            return kinds[0] if len(kinds) == 2 and kinds[0] != "bool" else "int" if len(kinds) == 1 else ""
        case "round" if kinds and kinds[0] in {"numpy.floating", "numpy.float64"}:
            return kinds[0] if len(kinds) == 2 else "int"
        case "min" | "max":
            found = element(kinds[0]) if len(kinds) == 1 else unify_all(kinds)
            otherwise = [kind(keyword.value) for keyword in node.keywords if keyword.arg == "default"]
            return unify_all([found, *otherwise])
        case "sum":
            start = kinds[1] if len(kinds) > 1 else "int"
            if kinds[:1] == [SERIES]:
                return "float | numpy.number"
            if kinds[:1] == [ARRAY]:
                return "numpy.number | numpy.ndarray"
            added = arithmetic(element(kinds[0]), ast.Add(), start) if kinds else ""
            return added if added in NUMBERS or added in SCALARS else ""
    return ""


def _plain(kind: str) -> str:
    if kind == "bool":
        return "int"
    return kind if kind in {*NUMBERS[:3], FRAME, SERIES, ARRAY} or kind in SCALARS else ""


def _axes(node: ast.Call) -> str:
    keywords: Mapping[str | None, ast.expr] = {keyword.arg: keyword.value for keyword in node.keywords}
    if None in keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
        return "Any"
    squeeze = keywords.get("squeeze")
    if squeeze is not None:
        return ARRAY if isinstance(squeeze, ast.Constant) and squeeze.value is False else "Any"
    sizes = [*node.args[:2], *(keywords[name] for name in ("nrows", "ncols") if name in keywords)]
    if not sizes:
        return "matplotlib.axes.Axes"
    numbers = [size.value if isinstance(size, ast.Constant) and isinstance(size.value, int) else 0 for size in sizes]
    if any(number > 1 for number in numbers):
        # what stands in one row or one column has one index
        indices = 2 if len(numbers) == 2 and min(numbers) > 1 else 1
        return ARRAY if 0 in numbers else AXES[indices]
    return "matplotlib.axes.Axes" if set(numbers) == {1} else "Any"
