"""What an expression makes of the values that its names hold, row by row or not."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Edit
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.calls import call
from nb2prod.plan.serving.edits import SERVING
from nb2prod.plan.serving.functions import Functions
from nb2prod.plan.serving.values import NOTHING, Estimator, Known, Other, Table, Trail, Value, joined, series


class Expressions(Functions):
    """Evaluates expressions to what is known of their values.

    `names` are the variables, `functions` the notebook's own; `read` are the statements that read a raw table, and the
    variable of it; `categories` says that columns are spread over categories. `required` are the raw columns without which
    a statement leaves a row out.
    """

    def __init__(
        self, analysis: Analysis, columns: Mapping[str, Sequence[str]], texts: Mapping[str, frozenset[str]]
    ) -> None:
        super().__init__(analysis)
        self.sources, self.texts = columns, texts
        self.categories = False
        self.popped: set[str] = set()
        self.required: dict[int, set[str]] = {}
        self.read: dict[int, str] = {}

    # values

    def value(self, node: ast.expr | None) -> Value:
        """What is known of the value of an expression."""
        match node:
            case None:
                return Known(None)
            case ast.Constant(value=value):
                return Known(value)
            case ast.Name(id=name):
                return self.names.get(name, Other())
            case ast.List() | ast.Tuple() | ast.Dict() | ast.Set():
                return self._literal(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.Call():
                if node not in self.memo:  # a call may note an edit, which must not be made twice
                    self.memo[node] = call(self, node)
                return self.memo[node]
            case ast.ListComp():
                return self._comprehension(node)
            case ast.Lambda():
                return Other(self.function_trail(node))
        return self._combined(node)

    def _literal(self, node: ast.List | ast.Tuple | ast.Dict | ast.Set) -> Value:
        parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        values = [self.value(part) for part in parts if not isinstance(part, ast.Starred)]
        trail = joined(value.trail for value in values)
        known = [value for value in values if isinstance(value, Known)]
        if isinstance(node, ast.List | ast.Tuple) and len(known) == len(parts):
            return Known([value.value for value in known], trail)
        if isinstance(node, ast.Dict) and all(isinstance(self.value(key), Known) for key in node.keys if key):
            keys = [self.value(key) for key in node.keys if key]
            return Known({key.value: None for key in keys if isinstance(key, Known)}, trail)
        return Other(trail)

    def _comprehension(self, node: ast.ListComp) -> Value:
        """`[name for name in columns if name != "churn"]` of a list that is known."""
        loop = node.generators[0]
        items = self.value(loop.iter)
        plain = len(node.generators) == 1 and isinstance(loop.target, ast.Name)
        if not plain or not isinstance(items, Known) or not isinstance(items.value, list):
            return self._combined(node)
        assert isinstance(loop.target, ast.Name)
        before = self.names.get(loop.target.id)
        try:
            return self._each(node, loop.target.id, items)
        finally:
            self.names.pop(loop.target.id, None)
            if before is not None:
                self.names[loop.target.id] = before

    def _each(self, node: ast.ListComp, target: str, items: Known) -> Value:
        """The list of what an expression makes of each item that passes the tests."""
        kept: list[object] = []
        for item in items.value if isinstance(items.value, list) else []:
            self.names[target] = Known(item)
            self.memo.clear()
            answers = [self._truth(test) for test in node.generators[0].ifs]
            if None in answers:
                return Other(items.trail)
            made = self.value(node.elt) if all(answers) else None
            if made is not None and not isinstance(made, Known):
                return Other(items.trail | made.trail)
            kept += [made.value] if made is not None else []
        return Known(kept, items.trail)

    def _truth(self, test: ast.expr) -> bool | None:
        match test:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                one, two = self.value(left), self.value(right)
                if isinstance(one, Known) and isinstance(two, Known):
                    match op:
                        case ast.Eq():
                            return bool(one.value == two.value)
                        case ast.NotEq():
                            return bool(one.value != two.value)
                        case ast.In() if isinstance(two.value, list):
                            return one.value in two.value
                        case ast.NotIn() if isinstance(two.value, list):
                            return one.value not in two.value
        return None

    def _combined(self, node: ast.AST) -> Value:
        """An operation on several values: row by row if they are columns."""
        parts = [self.value(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        tables = [part for part in parts if isinstance(part, Table)]
        trail = joined(part.trail for part in parts)
        if isinstance(node, ast.BinOp) and all(isinstance(part, Known) for part in parts):
            left, right = (part.value for part in parts if isinstance(part, Known))
            if isinstance(left, list) and isinstance(right, list) and isinstance(node.op, ast.Add):
                return Known([*left, *right], trail)
            if isinstance(left, str) and isinstance(right, str) and isinstance(node.op, ast.Add):
                return Known(left + right, trail)
        if not tables:
            return Other(trail)
        if not isinstance(node, ast.BinOp | ast.Compare | ast.UnaryOp):
            return Other(trail.but(f"`{ast.unparse(node)[:60]}` is no operation on columns that we know"))
        frames = [table for table in tables if table.shape != "series"]
        return frames[0].each(trail) if frames else series(trail)

    # parts of tables

    def _attribute(self, node: ast.Attribute) -> Value:
        owner = self.value(node.value)
        if isinstance(owner, Estimator):
            if node.attr == "best_estimator_":
                return owner
            return Other(Trail(why=f"`{ast.unparse(node)}` was learned from all rows"))
        if isinstance(owner, Known) and isinstance(owner.value, list) and node.attr == "str":
            return owner  # the names of some columns
        if not isinstance(owner, Table):
            return Other(owner.trail)
        match node.attr:
            case "values":
                return owner.each(NOTHING, "array")
            case "columns" if owner.group is None and not owner.unread:
                return Known(list(owner.columns), owner.own)
            case "loc" | "iloc" | "str" | "dt":
                return owner
            case attr if getattr(node.value, "attr", "") == "dt" and attr in operations.DATE:
                return owner
            case attr if owner.shape == "frame" and (trail := owner.column(attr)) is not None and attr not in _METHODS:
                return series(owner.own | trail, owner)
        return Other(owner.trail.but(f"`{ast.unparse(node)[:60]}` looks at more than one row"))

    def _subscript(self, node: ast.Subscript) -> Value:
        owner = self.value(node.value)
        if not isinstance(owner, Table):
            return Other(owner.trail | self.value(_index(node.slice)).trail)
        if getattr(node.value, "attr", "") == "str" and owner.shape == "series":
            return owner
        if isinstance(node.slice, ast.Slice):
            return self.chosen(node, owner)
        if isinstance(node.value, ast.Attribute) and node.value.attr in {"loc", "iloc"}:
            return self._located(node, owner)
        key = self.value(node.slice)
        if isinstance(key, Known) and isinstance(key.value, str) and owner.shape == "frame":
            trail = owner.column(key.value)
            return series(owner.own | trail | key.trail, owner) if trail else self._missing(node, owner)
        if isinstance(key, Known) and isinstance(key.value, list) and owner.shape == "frame":
            return self.selected(node, owner, [str(name) for name in key.value], key.trail)
        if isinstance(key, Table) and key.shape == "series":
            return self.filtered(node.value, node, owner, key.trail)
        return Other(owner.trail.but(f"`{ast.unparse(node)[:60]}` chooses rows or columns by what is not known"))

    def _located(self, node: ast.Subscript, owner: Table) -> Value:
        """`df.loc[mask, "a"]`, `df.loc[:, ["a", "b"]]`."""
        assert isinstance(node.value, ast.Attribute)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if node.value.attr == "loc" and len(parts) == 2 and isinstance(parts[0], ast.Slice) and not parts[0].lower:
            key = self.value(parts[1])
            if isinstance(key, Known) and isinstance(key.value, str) and (trail := owner.column(key.value)):
                return series(owner.own | trail | key.trail)
            if isinstance(key, Known) and isinstance(key.value, list):
                return self.subset(owner, [str(name) for name in key.value], key.trail, node)
        if node.value.attr == "iloc" and len(parts) == 2 and ast.unparse(parts[0]) == ":":
            return self._numbered(node, owner, parts[1])
        key = self.value(parts[0])
        if node.value.attr == "loc" and len(parts) == 1 and isinstance(key, Table) and key.shape == "series":
            return self.filtered(node.value, node, owner, key.trail)
        return Other(owner.trail.but(f"`{ast.unparse(node)[:60]}` chooses by position or index"))

    def _numbered(self, node: ast.Subscript, owner: Table, numbers: ast.expr) -> Value:
        """`df.iloc[:, :-1]`: columns by their number become columns by their name."""
        assert isinstance(node.value, ast.Attribute)
        names = None if owner.group is not None or owner.unread else _chosen(list(owner.columns), numbers)
        if names is None or owner.shape != "frame":
            return Other(owner.trail.but(f"`{ast.unparse(node)[:60]}` chooses columns by number"))
        listed = f'"{names}"' if isinstance(names, str) else f"[{', '.join(map(repr, names))}]"
        self.change().edits.append(replace(self.rest(node.value.value, node), text=f"[{listed}]"))
        if isinstance(names, str):
            return series(owner.own | owner.columns[names], owner)
        return self.subset(owner, names, NOTHING, node)

    def _missing(self, node: ast.expr, owner: Table) -> Value:
        return Other(owner.trail.but(f"`{ast.unparse(node)[:60]}` is a column that we know nothing of"))

    def subset(self, owner: Table, names: Sequence[str], trail: Trail, node: ast.expr) -> Value:
        """Some columns of a table."""
        found = {name: owner.column(name) for name in names}
        if any(each is None for each in found.values()):
            return self._missing(node, owner)
        return Table({name: each for name, each in found.items() if each is not None}, owner.own | trail)

    def selected(self, node: ast.Subscript, owner: Table, names: Sequence[str], trail: Trail) -> Value:
        """`df[["a", "b"]]`; a column that no row to serve has is left out of the list."""
        found = self.subset(owner, names, trail, node)
        if isinstance(found, Table) and self.place is not None:
            where = self.place(node.slice)
            self.change().lists.append((dict(found.columns), Edit(where, "", SERVING)))
        return found

    # rows

    def filtered(self, before: ast.expr, whole: ast.expr, owner: Table, mask: Trail) -> Value:
        """Only some rows: kept for a row to serve too, unless it has not what the choice reads."""
        if mask.why and not owner.trail.why:
            return self.chosen(whole, owner, before)
        match whole:
            case ast.Subscript(slice=ast.Call(func=ast.Attribute(value=column, attr="notna" | "notnull"))):
                self.needed(owner, [_named(column)])
        found = owner.copy()
        found.own |= replace(mask, raw=frozenset())
        if self.place is None:
            found.own |= mask
            return found
        base = before.value if isinstance(before, ast.Attribute) and before.attr == "loc" else before
        self.change().filters.append((mask.raw, self.rest(base, whole)))
        return found

    def needed(self, owner: Table, names: Sequence[str]) -> None:
        """The current statement leaves out the rows that lack one of some columns."""
        raw = {name for name in names if name in owner.columns and not owner.columns[name].made}
        self.required.setdefault(self.statement, set()).update(raw)

    def chosen(self, whole: ast.expr, owner: Table, before: ast.expr | None = None) -> Value:
        """Rows chosen by their number, order or neighbours: one row alone stays."""
        base = before or (whole.value if isinstance(whole, ast.Subscript | ast.Attribute) else None)
        if base is None or owner.shape == "array":
            return Other(owner.trail.but(f"`{ast.unparse(whole)[:60]}` chooses rows by their number"))
        if isinstance(base, ast.Attribute) and base.attr in {"loc", "iloc"}:
            base = base.value
        self.change().edits.append(self.rest(base, whole))
        return owner.copy()


_METHODS = frozenset({"T", "loc", "iloc", "index", "shape", "dtypes", "size", "values", "columns", "str", "dt", "ndim"})


def _chosen(names: list[str], numbers: ast.expr) -> str | list[str] | None:
    """The names at some numbers, None if the numbers are not in the text."""
    try:
        if isinstance(numbers, ast.Slice):
            start, stop = (
                None if end is None else int(ast.literal_eval(end)) for end in (numbers.lower, numbers.upper)
            )
            return names[start:stop] if numbers.step is None else None
        found = ast.literal_eval(numbers)
        return names[found] if isinstance(found, int) else [names[number] for number in found]
    except (ValueError, TypeError, IndexError):
        return None


def _named(node: ast.expr) -> str:
    """The column of `df["a"]` and `df.a`, "" if it is neither."""
    match node:
        case ast.Attribute(value=ast.Name(), attr=name):
            return name
        case ast.Subscript(value=ast.Name(), slice=ast.Constant(value=str(name))):
            return name
    return ""


def _index(node: ast.expr) -> ast.expr | None:
    return None if isinstance(node, ast.Slice) else node
