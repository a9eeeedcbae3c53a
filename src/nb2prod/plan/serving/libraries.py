"""What functions of libraries make of tables."""

import ast
from typing import TYPE_CHECKING

from nb2prod import catalogue
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.arguments import argument, given_trail, parts, text
from nb2prod.plan.serving.estimators import answering
from nb2prod.plan.serving.values import NOTHING, Estimator, Known, Other, Shape, Table, Trail, Value, joined, series

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions


def library_call(known: "Expressions", node: ast.Call, dotted: str) -> Value:
    """What a function of a library returns."""
    name = catalogue.canonical(dotted)
    kind = known.kind(dotted)
    if kind:
        return Estimator(kind, trail=given_trail(known, node), answers=answering(known, node, kind))
    if name == operations.READ:
        return _source(known, node)
    if name == operations.DUMMIES:
        return _dummies(known, node)
    if name.startswith(operations.SAMPLES):
        return Other(NOTHING.but(f"{text(node.func)}() gives rows that are in no file"))
    first = known.value(node.args[0]) if node.args else None
    if name == "pandas.DataFrame" and isinstance(first, Table):
        return _framed(known, node, first)
    if name == "pandas.concat":
        return _joined(known, node)
    given = given_trail(known, node)
    tables = [value for part in parts(node) if isinstance(value := known.value(part), Table)]
    effects = catalogue.function(dotted)
    if effects is not None and effects.mutates:
        for table in tables:
            table.own = table.own.but(f"{text(node.func)}() changes it")
    if not tables:
        certain = effects is not None and not effects.effects and not effects.reads
        return Other(given if certain else given.but(f"nothing is known of what {text(node.func)}() gives"))
    if name not in operations.FUNCTIONS or not _row_wise(known, node, name, tables):
        return Other(given.but(f"{text(node.func)}() looks at all rows"))
    shape: Shape | None = "array" if name in {"numpy.array", "numpy.asarray"} else None
    return tables[0].each(given, shape) if tables[0].shape != "series" or shape else series(given)


def _row_wise(known: "Expressions", node: ast.Call, name: str, tables: list[Table]) -> bool:
    """Whether a function that may work row by row does so with these arguments."""
    if name == "pandas.to_datetime":
        dated = any(keyword.arg in {"format", "dayfirst", "yearfirst", "unit"} for keyword in node.keywords)
        return dated or tables[0].trail.raw <= known.texts.get("iso dates", frozenset())
    if name == "pandas.cut":
        bins = known.value(argument(node, 1, "bins"))
        return isinstance(bins, Known) and isinstance(bins.value, list)
    return True


def _source(known: "Expressions", node: ast.Call) -> Value:
    """A file that is read: its columns are known if it stands beside the notebook."""
    path = known.value(argument(node, 0, "filepath_or_buffer"))
    extra = {keyword.arg for keyword in node.keywords} - operations.READ_ARGUMENTS
    if extra or not isinstance(path, Known) or not isinstance(path.value, str):
        return Other(
            NOTHING.but(
                f"read_csv() with {', '.join(map(str, sorted(extra, key=str))) or 'a path'} that we can't follow"
            )
        )
    names = known.sources.get(path.value.replace("\\", "/").rpartition("/")[2])
    columns = {name: Trail(frozenset({name})) for name in names or ()}
    return Table(columns, unread=names is None, raw=True)


def _dummies(known: "Expressions", node: ast.Call) -> Value:
    """Categories become columns: those of the training data, whatever a row to serve has."""
    table = known.value(argument(node, 0, "data"))
    chosen = argument(node, 3 if len(node.args) > 3 else 99, "columns")
    names = known.value(chosen)
    if not isinstance(table, Table) or not (isinstance(names, Known)):
        return Other(given_trail(known, node).but("get_dummies() of columns that are not known"))
    if names.value is None and table.shape != "series":
        text = known.texts.get("text", frozenset())
        spread = {name for name, trail in table.columns.items() if trail.made or not trail.raw or trail.raw & text}
        kept = {name: trail for name, trail in table.columns.items() if trail.made or not trail.raw & text}
    else:
        spread = set(table.columns) if table.shape == "series" else {str(name) for name in names.value or []}  # type: ignore[attr-defined]
        kept = {} if table.shape == "series" else {n: t for n, t in table.columns.items() if n not in spread}
    listed = "" if chosen is None else f", {ast.unparse(chosen)}"
    subject = node.args[0]
    known.before(subject, "categories.of(")
    known.after(subject, f"{listed})")
    known.categories = True
    group = joined([*(table.column(name) or NOTHING for name in spread), *([table.group] if table.group else [])])
    return Table(kept, table.own | names.trail, "frame", group)


def _framed(known: "Expressions", node: ast.Call, first: Table) -> Value:
    """`pd.DataFrame(array, columns=[...])`."""
    names = known.value(argument(node, 2 if len(node.args) > 2 else 99, "columns"))
    trail = first.trail | given_trail(known, node)
    if isinstance(names, Known) and isinstance(names.value, list):
        pairs = list(first.columns.items())
        same = len(pairs) == len(names.value) and first.group is None
        columns = {str(n): pairs[i][1] | names.trail if same else trail for i, n in enumerate(names.value)}
        return Table(columns, first.own | names.trail)
    if isinstance(names, Known) and names.value is None:
        return first.each(NOTHING, "frame")
    return Table({}, trail, "frame", trail)


def _joined(known: "Expressions", node: ast.Call) -> Value:
    """`pd.concat([a, b], axis=1)`: columns side by side."""
    axis = known.value(argument(node, 1, "axis"))
    parts = node.args[0].elts if node.args and isinstance(node.args[0], ast.List | ast.Tuple) else []
    tables = [value for part in parts if isinstance(value := known.value(part), Table)]
    if not isinstance(axis, Known) or axis.value not in {1, "columns"} or len(tables) != len(parts) or not parts:
        return Other(given_trail(known, node).but("concat() of rows of several tables"))
    columns = {name: trail for table in tables for name, trail in table.columns.items()}
    groups = [table.group for table in tables if table.group is not None]
    own = joined(table.own for table in tables)
    return Table(columns, own, "frame", joined(groups) if groups else None)
