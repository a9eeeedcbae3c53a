"""What saved outputs tell of types: a cell that ends in a name shows what the name stands for."""

import ast
import re
from collections.abc import Iterable, Iterator

from nb2prod import catalogue
from nb2prod.analysis.operations import ARRAY, FRAME, SERIES
from nb2prod.analysis.types import known, settled, unify_all
from nb2prod.model.facts import Statement
from nb2prod.model.notebook import Cell, Output

# Methods that show rows of what they are called on.
ROWS = frozenset({"head", "tail", "sample"})
# How values of these types look, from their first character on; a number of old numpy looks like one of Python.
LOOKS = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (r"array\(.*\)$", ARRAY),
        (r"np\.float64\(\S+\)$", "numpy.float64"),
        (r"np\.int64\(\S+\)$", "numpy.int64"),
        (r"np\.(True|False)_$", "numpy.bool_"),
        (r"-?\d+$", "int | numpy.integer"),
        (r"-?(\d+\.\d*(e[+-]?\d+)?|\d+e[+-]?\d+|nan|inf)$", "float | numpy.floating"),
        (r"(True|False)$", "bool | numpy.bool_"),
        (r"Timestamp\('[^\n]*\)$", "pandas.Timestamp"),
        (r"Timedelta\('[^\n]*\)$", "pandas.Timedelta"),
        (r"(Index|RangeIndex|DatetimeIndex|MultiIndex|CategoricalIndex)\(.*\)$", "pandas.Index"),
        (r"datetime\.datetime\([\d, ]+\)$", "datetime.datetime"),
        (r"<xarray\.DataArray[ >]", "xarray.DataArray"),
        (r"<xarray\.Dataset>", "xarray.Dataset"),
        (r"tensor\(.*\)$", "torch.Tensor"),
        (r"[^<\[({'\"].*\n(Name: [^\n]*, |Freq: [^\n]*, )*(Length: \d+, )?dtype: [\w\[\], ]+$", SERIES),
    )
)
OTHER_FRAMES = frozenset({"modin", "cudf", "dask", "pyspark", "polars", "vaex"})
OBJECT = re.compile(r"<([A-Za-z_][\w.]*\.\w+) (?:object )?at 0x[0-9a-fA-F]+>$")
LONGEST = 20_000


def shown_in(
    statements: Iterable[Statement], cells: Iterable[Cell], libraries: Iterable[str]
) -> dict[int, tuple[str, str]]:
    """What the outputs say of a name and its type, by the statement that bound it."""
    outputs = {cell.index: cell.outputs for cell in cells}
    tables = not OTHER_FRAMES & {*libraries}
    bound: dict[str, Statement] = {}
    found: dict[int, tuple[str, str]] = {}
    for statement, last in _with_ends(statements):
        name = _displayed(statement.node) if last else ""
        results = [output for output in outputs.get(statement.cell, ()) if output.kind == "result"]
        if name in bound and len(results) == 1 and isinstance(bound[name].node, ast.Assign):
            kind = _kind(results[0], tables)
            if kind and (
                (isinstance(statement.node, ast.Expr) and isinstance(statement.node.value, ast.Name))
                or kind in {FRAME, SERIES}
            ):
                found.setdefault(bound[name].index, (name, kind))
        bound |= dict.fromkeys(statement.facts.may, statement)
    return found


def _with_ends(statements: Iterable[Statement]) -> Iterator[tuple[Statement, bool]]:
    """Statements, and whether each is the last of its cell."""
    each = [*statements]
    for statement, following in zip(each, [*each[1:], None], strict=False):
        yield statement, following is None or following.cell != statement.cell


def _displayed(node: ast.stmt) -> str:
    """The name whose value, or rows of it, a statement shows."""
    match node:
        case ast.Expr(value=ast.Name(id=name)):
            return name
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr))) if attr in ROWS:
            return name
    return ""


def _kind(output: Output, tables: bool) -> str:
    text = output.text.rstrip("\n")
    if "text/html" in output.media and text[:1] in {" ", "\t"} and tables:
        return FRAME
    if not text or len(text) > LONGEST:
        return ""
    found = next((kind for look, kind in LOOKS if look.match(text)), "")
    if found:
        return found if tables or found != SERIES else ""
    if (instance := OBJECT.match(text)) is not None:
        dotted = catalogue.canonical(instance[1])
        return dotted if catalogue.is_type(dotted) else ""
    return _literal(text)


def _literal(text: str) -> str:
    try:
        return settled(_of_value(ast.literal_eval(text)))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return ""


def _of_value(value: object) -> str:
    match value:
        case list() | set():
            return f"{type(value).__name__}[{known(unify_all(map(_of_value, value))) if value else 'Any'}]"
        case tuple():
            return (
                f"tuple[{', '.join(known(_of_value(each)) for each in value)}]"
                if 0 < len(value) <= 8
                else "tuple[Any, ...]"
            )
        case dict():
            if not value:
                return "dict[Any, Any]"
            return (
                f"dict[{known(unify_all(map(_of_value, value)))}, {known(unify_all(map(_of_value, value.values())))}]"
            )
        case bool() | int() | float() | complex():
            return ""  # numbers of old numpy look the same
    return "None" if value is None else type(value).__name__
