"""The types of calls whose result depends on their arguments, or that only their name gives away."""

import ast
from collections.abc import Callable

from nb2prod.analysis.types import element

SUBPLOTS = frozenset({"matplotlib.pyplot.subplots", "matplotlib.figure.Figure.subplots"})


def result_of(dotted: str, node: ast.Call, kind: Callable[[ast.expr], str]) -> str:
    """The type of a call that the catalogue leaves open, "" if nothing tells it."""
    if dotted == "pandas.concat":
        return _concat(node, kind)
    if dotted in SUBPLOTS:
        return f"tuple[matplotlib.figure.Figure, {_axes(node)}]"
    module, _, last = dotted.rpartition(".")
    # By convention a capitalised name in a module is a class.
    is_class = module and last[:1].isupper() and not last.isupper() and not module.rpartition(".")[2][:1].isupper()
    return dotted if is_class else ""


def _concat(node: ast.Call, kind: Callable[[ast.expr], str]) -> str:
    part = element(kind(node.args[0])) if node.args else ""
    axis = next((keyword.value for keyword in node.keywords if keyword.arg == "axis"), None)
    across = isinstance(axis, ast.Constant) and axis.value in {1, "columns"}
    if part == "pandas.Series":
        return "pandas.DataFrame" if across else "pandas.Series"
    return "pandas.DataFrame" if part == "pandas.DataFrame" or across else ""


def _axes(node: ast.Call) -> str:
    sizes = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in {"nrows", "ncols"})]
    if not sizes:
        return "matplotlib.axes.Axes"
    many = any(isinstance(size, ast.Constant) and isinstance(size.value, int) and size.value > 1 for size in sizes)
    return "numpy.ndarray" if many else "Any"
