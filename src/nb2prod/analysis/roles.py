"""What a statement is for: the stage role that its calls speak for."""

import ast
from collections.abc import Callable

from nb2prod import catalogue

# The role of a statement with several calls is the first of these that any of them has.
PRIORITY = ("export", "plot", "train", "split", "evaluate", "predict", "load", "clean", "transform")
METHODS = {
    "fit": "train", "fit_transform": "transform", "fit_resample": "transform", "compile": "train",
    "predict": "predict", "predict_proba": "predict", "forecast": "predict", "score": "evaluate", "evaluate": "evaluate",
    "dropna": "clean", "fillna": "clean", "drop_duplicates": "clean", "astype": "clean", "rename": "clean", "drop": "clean",
    "merge": "transform", "groupby": "transform", "pivot_table": "transform", "apply": "transform", "resample": "transform",
    "to_csv": "export", "to_excel": "export", "to_parquet": "export", "to_json": "export", "to_sql": "export",
    "savefig": "export", "writerow": "export", "writerows": "export", "save": "export", "dump": "export", "to_pickle": "export",
}  # fmt: skip


def role_of(
    node: ast.stmt, effects: frozenset[str], kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]
) -> str:
    """The role of a statement, "" if nothing speaks for one."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return ""
    found = {role for part in ast.walk(node) if isinstance(part, ast.Call) for role in _roles(part, kind, qualified)}
    if "plot" in effects:
        found.add("plot")
    if "options" in effects:
        found.add("setup")
    if not found & set(PRIORITY) and _shapes(node, kind):
        found.add("transform")
    return next((role for role in PRIORITY if role in found), "setup" if "setup" in found else "")


def _shapes(node: ast.stmt, kind: Callable[[ast.expr], str]) -> bool:
    """Whether a statement sets a column of a frame, or takes a part of one."""
    match node:
        case ast.Assign(targets=[target], value=value):
            parts = [part.value for part in (target, value) if isinstance(part, ast.Subscript)]
        case ast.AugAssign(target=ast.Subscript(value=value)):
            parts = [value]
        case _:
            return False
    owners = (
        part.value if isinstance(part, ast.Attribute) and part.attr in {"loc", "iloc", "at", "iat"} else part
        for part in parts
    )
    return any(kind(owner) == "pandas.DataFrame" for owner in owners)


def _roles(node: ast.Call, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]) -> tuple[str, ...]:
    if qualified(node.func) in {"open", "io.open"} and _writes(node):
        return ("export",)
    known = catalogue.function(qualified(node.func))
    if known is None and isinstance(node.func, ast.Attribute):
        owner = kind(node.func.value)
        known = catalogue.method(owner, node.func.attr) if owner else None
        if known is None:
            return (METHODS.get(node.func.attr, ""),)
    return (known.role,) if known is not None else ()


def _writes(call: ast.Call) -> bool:
    """Whether an `open` is for writing."""
    modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(isinstance(mode, ast.Constant) and set(str(mode.value)) & set("wax") for mode in modes)
