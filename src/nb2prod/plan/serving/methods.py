"""What methods make of tables: row by row, or not."""

import ast
import re
from typing import TYPE_CHECKING

from nb2prod.plan.serving import operations
from nb2prod.plan.serving.arguments import argument, given_trail, parts, text
from nb2prod.plan.serving.columns import of_kind
from nb2prod.plan.serving.values import NOTHING, Known, Other, Shape, Table, Trail, Value, joined, series

if TYPE_CHECKING:
    from nb2prod.plan.serving.expressions import Expressions


# Keywords of `fillna` that look at other rows.
LOOKING = frozenset({"method", "axis", "limit"})


def table_method(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Table) -> Value:
    """What a method of a table returns."""
    name = func.attr
    given = given_trail(known, node)
    accessor = getattr(func.value, "attr", "")
    if accessor == "str":
        return _texts(node, name, owner, given)
    if accessor == "dt" and name in operations.DATE:
        return owner.each(given)
    if name == "drop":
        return _dropped(known, node, owner)
    if name == "query":
        return _asked(known, node, func, owner)
    if name == "pop":
        return popped(known, node, owner, argument(node, 0, "item"))
    if name == "dropna":
        return _complete(known, node, func, owner)
    if name == "rename" and owner.shape == "frame":
        return _renamed(known, node, owner)
    if name == "assign":
        return _assigned(known, node, owner)
    if name == "select_dtypes" and (chosen := of_kind(known, node, owner)):
        return chosen
    if name == "filter":
        items = known.value(argument(node, 0, "items"))
        if isinstance(items, Known) and isinstance(items.value, list):
            return known.subset(owner, [str(item) for item in items.value], items.trail, node)
    if name in operations.CHOICES:
        return (
            known.chosen(node, owner, func.value) if name != "reset_index" or _drops(known, node) else _not(node, owner)
        )
    if name in {"to_frame"}:
        return Table(dict(owner.columns), owner.own)
    if name in operations.ROW_WISE:
        return _row_by_row(known, node, name, owner, given)
    return _not(node, owner)


def _not(node: ast.Call, owner: Table) -> Value:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else text(node.func)
    return Other(owner.trail.but(f"{name}() looks at more than one row"))


def _drops(known: "Expressions", node: ast.Call) -> bool:
    drop = known.value(argument(node, 99, "drop"))
    return isinstance(drop, Known) and drop.value is True


def _texts(node: ast.Call, name: str, owner: Table, given: Trail) -> Value:
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
        return series(owner.own | _columns_read(known, node, owner) | given | _function_given(known, node))
    if name in {"apply", "map", "applymap", "where", "mask"}:
        given |= _function_given(known, node)
    shape: Shape | None = "array" if name in {"to_numpy", "ravel", "flatten", "reshape", "toarray", "todense"} else None
    frame = [value for part in parts(node) if isinstance(value := known.value(part), Table)]
    if frame and owner.shape == "frame" and name not in {"where", "mask", "fillna", "combine_first"}:
        given |= joined(table.trail for table in frame)
    if name == "copy":
        return owner.copy()
    return owner.each(given, shape)


def _asked(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Table) -> Value:
    """`df.query("a > 3")`: a condition on columns of the row alone."""
    text = known.value(argument(node, 0, "expr"))
    plain = isinstance(text, Known) and isinstance(text.value, str) and not set("(@`") & set(text.value)
    if not plain or len(node.args) != 1 or node.keywords or owner.unread:
        return _not(node, owner)
    words = set(re.findall(r"[^\W\d]\w*", str(text.value))) if isinstance(text, Known) else set()
    return known.filtered(func.value, node, owner, joined(owner.columns[word] for word in words & owner.columns.keys()))


def _columns_read(known: "Expressions", node: ast.Call, owner: Table) -> Trail:
    """The columns that a function reads of each row that it is given; all of them if that is not plain."""
    function = argument(node, 0, "func")
    if isinstance(function, ast.Name):
        function = known.functions.get(function.id)  # type: ignore[assignment]
    if (
        not isinstance(function, ast.Lambda | ast.FunctionDef)
        or len(function.args.args) != 1
        or owner.group is not None
    ):
        return owner.trail
    row, parts = function.args.args[0].arg, list(ast.walk(function))
    named = [
        part.slice.value
        for part in parts
        if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name) and part.value.id == row
        and isinstance(part.slice, ast.Constant) and part.slice.value in owner.columns
    ]  # fmt: skip
    if sum(isinstance(part, ast.Name) and part.id == row for part in parts) != len(named):
        return owner.trail
    return joined(owner.columns[name] for name in named)


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
            last = max(parts(node), key=lambda part: (part.end_lineno or 0, part.end_col_offset or 0))
            known.after(last, ', errors="ignore"')
    return found


def popped(known: "Expressions", node: ast.AST, owner: Table, item: ast.expr | None) -> Value:
    """`y = df.pop("y")`: a row to serve never had that column."""
    name = known.value(item)
    if not isinstance(name, Known) or not isinstance(name.value, str) or name.value not in owner.columns:
        return Other(owner.trail.but(f"`{ast.unparse(node)[:60]}` takes out a column that is not known"))
    trail = owner.columns.pop(name.value)
    known.popped |= trail.raw if not trail.made else {""}
    return series(owner.own | trail)


def _complete(known: "Expressions", node: ast.Call, func: ast.Attribute, owner: Table) -> Value:
    """`df.dropna(subset=[...])` leaves rows out, each for itself."""
    axis = known.value(argument(node, 99, "axis"))
    subset = argument(node, 99, "subset")
    names = known.value(subset)
    if (isinstance(axis, Known) and axis.value in {1, "columns"}) or node.args or not isinstance(names, Known):
        return _not(node, owner)
    read = [names.value] if isinstance(names.value, str) else names.value if isinstance(names.value, list) else []
    trail = joined(owner.column(str(name)) or NOTHING for name in read)
    known.needed(owner, [str(name) for name in read or owner.columns])
    if any(keyword.arg == "inplace" for keyword in node.keywords):
        return owner.copy() if not read else _filter_in_place(owner, trail)
    return known.filtered(func.value, node, owner, trail)


def _filter_in_place(owner: Table, trail: Trail) -> Value:
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
