"""What a call makes of the values that it is given."""

import ast
from typing import TYPE_CHECKING

from nb2prod import catalogue
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.values import NOTHING, Estimator, Fit, Known, Other, Table, Trail, Value, joined, series

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions

PREDICTIONS = frozenset({"predict", "predict_proba", "decision_function", "score", "fit_predict"})
# Keywords of `fillna` and `astype` that look at other rows.
LOOKING = frozenset({"method", "axis", "limit"})


def call(known: "Expressions", node: ast.Call) -> Value:
    """What a call returns."""
    if isinstance(node.func, ast.Name) and node.func.id in known.functions:
        return _own(known, node, known.functions[node.func.id])
    root = _root(node.func)
    if root in known.analysis.origins and root not in known.names:
        return _function(known, node, known.analysis.qualified(node.func))
    if isinstance(node.func, ast.Attribute):
        owner = known.value(node.func.value)
        if isinstance(owner, Estimator):
            return _estimator(known, node, node.func, owner)
        if isinstance(owner, Table):
            return _method(known, node, node.func, owner)
        return Other(owner.trail | _given(known, node))
    given = _given(known, node)
    if isinstance(node.func, ast.Name) and node.func.id in {"list", "tuple", "sorted"} and len(node.args) == 1:
        value = known.value(node.args[0])
        if isinstance(value, Known) and isinstance(value.value, list):
            return Known(sorted(value.value, key=str) if node.func.id == "sorted" else value.value, value.trail)
    if any(isinstance(known.value(part), Table) for part in _parts(node)):
        return Other(given.but(f"{_text(node.func)}() looks at all rows, or nb2prod doesn't know it"))
    return Other(given if _plain(node) else given.but(f"nothing is known of {_text(node.func)}()"))


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str:
    return ast.unparse(node)[-60:]


def _plain(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in operations.BUILTINS


def _parts(node: ast.Call) -> list[ast.expr]:
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def _given(known: "Expressions", node: ast.Call) -> Trail:
    return joined(known.value(part).trail for part in _parts(node) if not isinstance(part, ast.Starred))


def argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument of a call by its position or its keyword."""
    if len(node.args) > position:
        return node.args[position]
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)


# functions of libraries


def _function(known: "Expressions", node: ast.Call, dotted: str) -> Value:
    name = catalogue.canonical(dotted)
    kind = known.kind(dotted)
    if kind:
        return Estimator(kind, trail=_given(known, node))
    if name == operations.READ:
        return _source(known, node)
    if name == operations.DUMMIES:
        return _dummies(known, node)
    first = known.value(node.args[0]) if node.args else None
    if name == "pandas.DataFrame" and isinstance(first, Table):
        return _framed(known, node, first)
    if name == "pandas.concat":
        return _joined(known, node)
    given = _given(known, node)
    tables = [value for part in _parts(node) if isinstance(value := known.value(part), Table)]
    if not tables:
        effects = catalogue.function(dotted)
        certain = effects is not None and not effects.effects and not effects.reads
        return Other(given if certain else given.but(f"nothing is known of what {_text(node.func)}() gives"))
    if name not in operations.FUNCTIONS or not _row_wise(known, node, name, tables):
        return Other(given.but(f"{_text(node.func)}() looks at all rows"))
    shape = "array" if name in {"numpy.array", "numpy.asarray"} else None
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
        return Other(NOTHING.but(f"read_csv() with {', '.join(map(str, sorted(extra, key=str))) or 'a path'} that we can't follow"))
    names = known.sources.get(path.value.replace("\\", "/").rpartition("/")[2])
    columns = {name: Trail(frozenset({name})) for name in names or ()}
    return Table(columns, unread=names is None, raw=True)


def _dummies(known: "Expressions", node: ast.Call) -> Value:
    """Categories become columns: those of the training data, whatever a row to serve has."""
    table = known.value(argument(node, 0, "data"))
    chosen = argument(node, 3 if len(node.args) > 3 else 99, "columns")
    names = known.value(chosen)
    if not isinstance(table, Table) or not (isinstance(names, Known)):
        return Other(_given(known, node).but("get_dummies() of columns that are not known"))
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
    trail = first.trail | _given(known, node)
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
        return Other(_given(known, node).but("concat() of rows of several tables"))
    columns = {name: trail for table in tables for name, trail in table.columns.items()}
    groups = [table.group for table in tables if table.group is not None]
    own = joined(table.own for table in tables)
    return Table(columns, own, "frame", joined(groups) if groups else None)


# methods of tables


def _method(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Table) -> Value:
    name = func.attr
    given = _given(known, node)
    accessor = getattr(func.value, "attr", "")
    if accessor == "str":
        return _texts(known, node, name, owner, given)
    if accessor == "dt" and name in operations.DATE:
        return owner.each(given)
    if name == "drop":
        return _dropped(known, node, owner)
    if name == "dropna":
        return _complete(known, node, func, owner)
    if name == "rename" and owner.shape == "frame":
        return _renamed(known, node, owner)
    if name == "assign":
        return _assigned(known, node, owner)
    if name == "filter":
        items = known.value(argument(node, 0, "items"))
        if isinstance(items, Known) and isinstance(items.value, list):
            return known.subset(owner, [str(item) for item in items.value], items.trail, node)
    if name in operations.CHOICES:
        return known.chosen(node, owner, func.value) if name != "reset_index" or _drops(known, node) else _not(node, owner)
    if name in {"to_frame"}:
        return Table(dict(owner.columns), owner.own)
    if name in operations.ROW_WISE:
        return _row_by_row(known, node, name, owner, given)
    return _not(node, owner)


def _not(node: ast.Call, owner: Table) -> Value:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else _text(node.func)
    return Other(owner.trail.but(f"{name}() looks at more than one row"))


def _drops(known: "Expressions", node: ast.Call) -> bool:
    drop = known.value(argument(node, 99, "drop"))
    return isinstance(drop, Known) and drop.value is True


def _texts(known: "Expressions", node: ast.Call, name: str, owner: Table, given: Trail) -> Value:
    expands = any(keyword.arg == "expand" for keyword in node.keywords)
    if name not in operations.TEXT or (name in {"split", "rsplit"} and expands) or (name == "extract" and not expands):
        return _not(node, owner)
    return owner.each(given)


def _row_by_row(known: "Expressions", node: ast.Call, name: str, owner: Table, given: Trail) -> Value:
    keywords = {keyword.arg for keyword in node.keywords}
    if name in {"fillna", "ffill", "bfill"} and keywords & LOOKING:
        return _not(node, owner)
    if name == "astype" and "category" in ast.unparse(node):
        return Other(owner.trail.but("astype('category') takes its categories from all rows"))
    if name == "apply" and owner.shape == "frame":
        axis = known.value(argument(node, 1, "axis"))
        if not isinstance(axis, Known) or axis.value not in {1, "columns"}:
            return _not(node, owner)
        return series(owner.trail | given | _function_given(known, node))
    if name in {"apply", "map", "applymap", "where", "mask"}:
        given |= _function_given(known, node)
    shape = "array" if name in {"to_numpy", "ravel", "flatten", "reshape", "toarray", "todense"} else None
    frame = [value for part in _parts(node) if isinstance(value := known.value(part), Table)]
    if frame and owner.shape == "frame" and name not in {"where", "mask", "fillna", "combine_first"}:
        given |= joined(table.trail for table in frame)
    if name == "copy":
        return owner.copy()
    return owner.each(given, shape)


def _function_given(known: "Expressions", node: ast.Call) -> Trail:
    """What the function reads that is passed to `apply` or `map`."""
    first = argument(node, 0, "func")
    if isinstance(first, ast.Name) and first.id in known.functions:
        return known.function_trail(known.functions[first.id])
    return NOTHING


def _dropped(known: "Expressions", node: ast.Call, owner: Table) -> Value:
    """`df.drop(columns=[...])`: what a row to serve never had needs no dropping."""
    axis = known.value(argument(node, 1, "axis"))
    columns = argument(node, 99, "columns")
    by_axis = isinstance(axis, Known) and axis.value in {1, "columns"}
    names = known.value(columns if columns is not None else argument(node, 0, "labels"))
    if (columns is None and not by_axis) or not isinstance(names, Known):
        return _not(node, owner)
    gone = [str(name) for name in names.value] if isinstance(names.value, list) else [str(names.value)]
    found = owner.copy()
    if owner.unread:
        return Other(owner.trail.but("drop() of columns of a table whose columns are not known"))
    for name in gone:
        found.columns.pop(name, None)
    found.own |= names.trail
    if not any(keyword.arg == "errors" for keyword in node.keywords):
        if known.place is None:
            found.own |= joined(owner.columns.get(name, NOTHING) for name in gone)
        else:
            last = max(_parts(node), key=lambda part: (part.end_lineno or 0, part.end_col_offset or 0))
            known.after(last, ', errors="ignore"')
    return found


def _complete(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Table) -> Value:
    """`df.dropna(subset=[...])` leaves rows out, each for itself."""
    axis = known.value(argument(node, 99, "axis"))
    subset = argument(node, 99, "subset")
    names = known.value(subset)
    if (isinstance(axis, Known) and axis.value in {1, "columns"}) or node.args or not isinstance(names, Known):
        return _not(node, owner)
    read = [names.value] if isinstance(names.value, str) else names.value if isinstance(names.value, list) else []
    trail = joined(owner.column(str(name)) or NOTHING for name in read)
    if any(keyword.arg == "inplace" for keyword in node.keywords):
        return owner.copy() if not read else _filter_in_place(known, owner, trail)
    return known.filtered(func.value, node, owner, trail)


def _filter_in_place(known: "Expressions", owner: Table, trail: Trail) -> Value:
    found = owner.copy()
    found.own |= trail
    return found


def _renamed(known: "Expressions", node: ast.Call, owner: Table) -> Value:
    mapping = next((keyword.value for keyword in node.keywords if keyword.arg == "columns"), None)
    if not isinstance(mapping, ast.Dict) or owner.group is not None:
        return _not(node, owner)
    new = {}
    for key, value in zip(mapping.keys, mapping.values, strict=True):
        before, after = known.value(key), known.value(value)
        if not isinstance(before, Known) or not isinstance(after, Known):
            return _not(node, owner)
        new[str(before.value)] = str(after.value)
        owner.column(str(before.value))
    columns = {new.get(name, name): trail for name, trail in owner.columns.items()}
    return Table(columns, owner.own, owner.shape, owner.group, owner.unread)


def _assigned(known: "Expressions", node: ast.Call, owner: Table) -> Value:
    found = owner.copy()
    for keyword in node.keywords:
        value = known.value(keyword.value)
        if keyword.arg is None or isinstance(keyword.value, ast.Lambda):
            return _not(node, owner)
        found.columns[keyword.arg] = value.trail
    return found


# estimators


def _estimator(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Estimator) -> Value:
    first = argument(node, 0, "X")
    table = known.value(first)
    label = known.value(argument(node, 1, "y"))
    name = func.value.id if isinstance(func.value, ast.Name) else ""
    if func.attr in {"fit", "fit_transform", "partial_fit"} and not isinstance(table, Table):
        owner.why = table.trail.why or "nothing is known of the data that it is fitted on"
    match func.attr:
        case "fit" | "fit_transform" if isinstance(table, Table):
            target = first.id if isinstance(first, ast.Name) else ""
            owner.why = ""
            owner.fits.append(Fit(known.statement, target, table.copy(), tuple(table.columns), label.trail, name))
            if func.attr == "fit":
                return owner
            return _transformed(known, node, func, owner, table, name)
        case "transform" if isinstance(table, Table):
            return _transformed(known, node, func, owner, table, name)
        case attr if attr in PREDICTIONS:
            return Other(table.trail.but(f"{attr}() answers with a model"))
    return Other(_given(known, node).but(f"{func.attr}() of {owner.kind.rpartition('.')[2]}"))


def _transformed(
    known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Estimator, table: Table, name: str
) -> Value:
    """What a fitted transformer makes of columns."""
    if not name or owner.kind in operations.NOT_REPEATABLE or catalogue.method(owner.kind, "transform") is None:
        return Other(table.trail.but(f"the fitted {owner.kind.rpartition('.')[2]} is not kept in a variable"))
    if len(owner.fits) != 1 or known.place is None:
        return Other(table.trail.but(f"{name} is fitted more than once"))
    if func.attr == "fit_transform":
        known.after(func, "transform", replacing=len(func.attr))
    more = Trail(fitted=frozenset({name}))
    if owner.kind.startswith("sklearn.preprocessing.") and "Encoder" not in owner.kind and "Poly" not in owner.kind:
        return table.each(more, "array")
    trail = table.trail | more
    return Table({"": trail}, trail, "array", trail)


# the notebook's own functions


def _own(known: "Expressions", node: ast.Call, function: ast.FunctionDef) -> Value:
    """Follow a function of the notebook: its body with the values that it is given."""
    values = [known.value(part) for part in node.args]
    for value in values:
        if isinstance(value, Estimator) and any(getattr(part, "attr", "") == "fit" for part in ast.walk(function)):
            value.why = f"{function.name}() fits it"
    if not any(isinstance(value, Table) for value in values):
        return Other(joined(value.trail for value in values) | known.function_trail(function))
    from nb2prod.plan.serving.statements import follow

    return follow(known, node, function, values)
