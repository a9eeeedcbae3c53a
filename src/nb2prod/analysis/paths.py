"""Literals that are paths or URLs: what reaches a reader or a writer, or a name that says so."""

import ast
import re
from collections.abc import Callable, Iterator

from nb2prod import catalogue
from nb2prod.analysis.reflection import place_of
from nb2prod.model.facts import PathUse
from nb2prod.model.notebook import Cell

ROOTS = (
    "home|Users|users|content|kaggle|mnt|tmp|data|root|var|opt|media|Volumes|dbfs|workspace|workspaces|srv|scratch|"
    "lakehouse|app|usr|storage|gpfs|lustre|nfs|shared|project|projects|work"
)
ABSOLUTE = re.compile(rf"(?:/(?:{ROOTS})/[^\n]|[A-Za-z]:[\\/](?![\\/])[^\n:*?\"<>|]|\\\\[\w.-]+\\|~[\\/]\w)")
URL = re.compile(r"(?:https?|ftp|s3|gs|abfss?|hdfs|dbfs|wasbs?):/{1,2}[^\s/]")
PATH_NAME = re.compile(
    r"(?:^|_)(?:path|data|file|filename|dir|directory|folder|root|url|uri|csv|fname|filepath)s?(?:_|$)", re.IGNORECASE
)
DATA = re.compile(
    r"\.(?:csv|tsv|txt|json|jsonl|xlsx?|parquet|feather|pkl|pickle|joblib|h5|hdf5?|npy|npz|db|sqlite3?|png|jpe?g|pdf|zip|gz|html?|xml|ya?ml|mat|pt|pth|onnx|model|sav|log|md|ipynb|svg|arff|dta|sas7bdat|nc|tif?f|wav|mp[34]|geojson|shp)$",
    re.IGNORECASE,
)
LONGEST = 4000


def looks_like_path(value: str) -> bool:
    """Whether a text is an absolute path or a URL."""
    return len(value) < LONGEST and bool(ABSOLUTE.match(value) or URL.match(value))


def paths_in(
    node: ast.stmt, cell: Cell, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]
) -> Iterator[PathUse]:
    """The path literals of a statement."""
    nested = {
        id(part)
        for inner in ast.walk(node)
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)
        for part in ast.walk(inner)
    }
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        value, name = node.value, node.targets[0].id
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and _names_path(name, value.value):
            yield PathUse(value.value, "name", name, place_of(value, cell))
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            for use, literal in _argument(part, kind, qualified):
                yield PathUse(literal.value, use, _callee(part), place_of(literal, cell), id(part) in nested)  # type: ignore[arg-type]


def files_in(
    node: ast.stmt, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]
) -> Iterator[tuple[str, str]]:
    """What a statement does with files, however they are named: "read" or "write", and the function that does it."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and (part.args or part.keywords):
            yield from ((use, _callee(part)) for use, _ in _accesses(part, kind, qualified))


def _names_path(name: str, value: str) -> bool:
    if not value or len(value) > LONGEST or "\n" in value:
        return False
    plain = " " not in value.strip() and ("/" in value or "\\" in value or bool(DATA.search(value)))
    return looks_like_path(value) or (bool(PATH_NAME.search(name)) and plain)


def _callee(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _argument(
    node: ast.Call, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]
) -> Iterator[tuple[str, ast.Constant]]:
    for use, argument in _accesses(node, kind, qualified):
        literal = _literal(node, *argument)
        if literal is not None:
            yield use, literal


def _accesses(
    node: ast.Call, kind: Callable[[ast.expr], str], qualified: Callable[[ast.expr], str]
) -> Iterator[tuple[str, tuple[int, str]]]:
    """Whether a call reads or writes a file, and which argument names it."""
    known = catalogue.function(qualified(node.func))
    if known is None and isinstance(node.func, ast.Attribute):
        owner = kind(node.func.value)
        known = catalogue.method(owner, node.func.attr) if owner else None
        if known is None and node.func.attr in {
            "to_csv",
            "to_excel",
            "to_parquet",
            "to_json",
            "to_pickle",
            "savefig",
            "to_html",
        }:
            known = catalogue.Function(writes=(0, "path"))
    if known is None:
        return
    for use, argument in (("read", known.reads), ("write", known.writes)):
        if argument is None or (known.reads and known.writes and use != _mode(node)):
            continue
        yield use, argument


def _mode(node: ast.Call) -> str:
    mode = next((k.value for k in node.keywords if k.arg == "mode"), node.args[1] if len(node.args) > 1 else None)
    text = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else "r"
    return "write" if set(text) & set("wax") else "read"


def _literal(node: ast.Call, position: int, keyword: str) -> ast.Constant | None:
    value = (
        node.args[position]
        if 0 <= position < len(node.args)
        else next((k.value for k in node.keywords if k.arg == keyword), None)
    )
    if (
        isinstance(value, ast.Constant)
        and isinstance(value.value, str)
        and 0 < len(value.value) < LONGEST
        and "\n" not in value.value
    ):
        return value
    return None
