"""What each statement does to the tables that it touches, in the order of the notebook."""

import ast
from collections.abc import Sequence

from nb2prod.model.facts import Analysis
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.columns import renamed, split_source
from nb2prod.plan.serving.edits import Unclear
from nb2prod.plan.serving.expressions import Expressions
from nb2prod.plan.serving.methods import popped
from nb2prod.plan.serving.values import NOTHING, Estimator, Known, Other, Table, Trail, Value, joined

FITS = frozenset({"fit", "fit_transform", "partial_fit"})


class Statements:
    """Follows a notebook from top to bottom.

    `splits` holds what `train_test_split` gave, target and source by statement, and `parts` all its targets.
    """

    def __init__(self, known: Expressions, analysis: Analysis) -> None:
        self.known, self.analysis = known, analysis
        self.splits: dict[int, list[tuple[str, str]]] = {}
        self.parts: dict[int, Sequence[str]] = {}

    def run(self) -> None:
        """Follow every top-level statement."""
        for statement in self.analysis.statements:
            self.known.enter(statement.index)
            try:
                self.one(statement.node)
            except Unclear as error:
                self._lose(statement.node, str(error))
            except RecursionError:
                self._lose(statement.node, "it is nested too deeply")

    def one(self, node: ast.stmt) -> None:
        """Follow one statement."""
        match node:
            case ast.Assign(targets=[target]):
                self._assign(target, node.value)
            case ast.AnnAssign(value=ast.expr() as value):
                self._assign(node.target, value)
            case ast.AugAssign():
                both = ast.copy_location(ast.BinOp(_loaded(node.target), node.op, node.value), node)
                self._assign(node.target, both)
            case ast.Expr(value=ast.Call() as call):
                self._expression(call)
            case ast.Delete(targets=[ast.Subscript(value=owner, slice=item)]):
                table = self.known.value(owner)
                if isinstance(table, Table):
                    popped(self.known, node, table, item)
            case ast.FunctionDef():
                self.known.functions[node.name] = node
                self.known.names.pop(node.name, None)
            case ast.For() if self._unrolled(node):
                pass
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr():
                pass
            case _:
                self._lose(node, f"it is changed inside `{ast.unparse(node).splitlines()[0][:50]}`")

    def _assign(self, target: ast.expr, expression: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self._bind(name, self.known.value(expression))
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._several(targets, expression)
            case ast.Subscript():
                self._item(target, self.known.value(expression))
            case ast.Attribute(value=owner, attr=attr):
                table, value = self.known.value(owner), self.known.value(expression)
                if isinstance(table, Table) and attr in table.columns:
                    table.columns[attr] = self._made(value)
                elif isinstance(table, Table):
                    why = renamed(self.known, table, target, expression) if attr == "columns" else f".{attr} is set"
                    if why:
                        self._spoil(table, why)
                else:
                    self._spoil_all(table.trail, f"`{ast.unparse(target)[:50]}` may be a part of it")

    def _made(self, value: Value) -> Trail:
        return value.trail.by(self.known.statement)

    def _bind(self, name: str, value: Value) -> None:
        index = self.known.statement
        match value:
            case Table():
                if value.raw:
                    value.raw = False
                    self.known.read[index] = name
                    value.own = Trail(made=frozenset({index}))
                    self.known.names[name] = value
                    return
                value.own = value.own.by(index)
                self.known.names[name] = value
            case Known(value=inner, trail=trail):
                self.known.names[name] = Known(inner, trail.by(index))
            case Estimator():
                self.known.names[name] = value
            case _:
                self.known.names[name] = Other(value.trail.by(index))

    def _several(self, targets: Sequence[ast.expr], expression: ast.expr) -> None:
        names = [target.id if isinstance(target, ast.Name) else "" for target in targets]
        if isinstance(expression, ast.Call) and self.analysis.qualified(expression.func).endswith("train_test_split"):
            self._split(names, expression)
            return
        if isinstance(expression, ast.Tuple | ast.List) and len(expression.elts) == len(targets):
            for target, part in zip(targets, expression.elts, strict=True):
                if not isinstance(self.known.value(part), Table):
                    self._assign(target, part)
                elif isinstance(target, ast.Name):
                    lost = self.known.value(part).trail.but("several values are bound at once")
                    self.known.names[target.id] = Other(lost)
            return
        trail = self.known.value(expression).trail
        for name in names:
            self.known.names[name] = Other(trail.but("several values are bound at once"))

    def _split(self, names: Sequence[str], call: ast.Call) -> None:
        """`X_train, X_test, y_train, y_test = train_test_split(X, y)`: each row is as it was."""
        pairs = []
        sources = [split_source(self.known, source) for source in call.args]
        for position, name in enumerate(names):
            source = call.args[position // 2] if position // 2 < len(call.args) else None
            found = sources[position // 2] if source is not None else None
            if found is not None:
                value, text = found
                part = value.copy()
                part.own = part.own.by(self.known.statement)
                self.known.names[name] = part
                pairs.append((name, text))
            else:
                lost = self.known.value(source).trail if source is not None else NOTHING
                self.known.names[name] = Other(lost.but("the split is of something that can't be followed"))
        self.splits[self.known.statement], self.parts[self.known.statement] = pairs, names

    def _item(self, target: ast.Subscript, value: Value) -> None:
        """`df["a"] = ...`, `df[["a", "b"]] = ...`, `df.loc[mask, "a"] = ...`."""
        table = self.known.value(target.value)
        if not isinstance(table, Table):
            self._spoil_all(table.trail, f"`{ast.unparse(target)[:50]}` may be a part of it")
            return
        located = isinstance(target.value, ast.Attribute) and target.value.attr == "loc"
        if located and isinstance(target.slice, ast.Tuple) and len(target.slice.elts) == 2:
            mask, key = (self.known.value(part) for part in target.slice.elts)
            everywhere = isinstance(target.slice.elts[0], ast.Slice)
            if isinstance(key, Known) and isinstance(key.value, str) and (everywhere or isinstance(mask, Table)):
                before = NOTHING if everywhere else table.columns.get(key.value, NOTHING)
                table.columns[key.value] = before | self._made(value) | mask.trail | key.trail
                return
        key = self.known.value(target.slice)
        named = isinstance(key, Known) and not located and table.shape == "frame"
        if named and isinstance(key, Known) and isinstance(key.value, str):
            table.columns[key.value] = self._made(value) | key.trail
            return
        if named and isinstance(key, Known) and isinstance(key.value, list):
            single = list(value.columns.values()) if isinstance(value, Table) and value.group is None else []
            for position, name in enumerate(key.value):
                trail = single[position] if len(single) == len(key.value) else value.trail
                table.columns[str(name)] = trail.by(self.known.statement) | key.trail | value_own(value)
            return
        self._spoil(table, f"`{ast.unparse(target)[:50]}` sets rows or columns by what is not known")

    def _expression(self, call: ast.Call) -> None:
        value = self.known.value(call)
        keyword = next((k.value for k in call.keywords if k.arg == operations.IN_PLACE), None)
        if isinstance(keyword, ast.Constant) and keyword.value and isinstance(call.func, ast.Attribute):
            owner = call.func.value
            table = self.known.value(owner)
            if isinstance(owner, ast.Name) and isinstance(table, Table):
                if table.base is not None:
                    self._spoil(table.base, f"a column of it, {owner.id}, is changed in place")
                if isinstance(value, Table):
                    table.become(value)
                    self._changed(table, call.func.attr)
                else:
                    self._spoil(table, value.trail.why or f"{call.func.attr}() changes it")
            elif isinstance(table, Table):
                inner = getattr(owner, "value", None)
                base = self.known.value(inner) if isinstance(inner, ast.expr) else None
                if isinstance(base, Table):
                    self._spoil(base, "a part of it is changed in place, which pandas does or not by its version")
            else:
                self._spoil_all(table.trail, f"`{ast.unparse(owner)[:50]}` is changed in place")
            return
        if isinstance(call.func, ast.Attribute) and call.func.attr in operations.CHANGING - {"pop"}:
            self._spoil_all(self.known.value(call.func.value).trail, f"{call.func.attr}() changes it")

    def _changed(self, table: Table, method: str) -> None:
        """An in-place change is a statement that shapes the table, unless it only chooses rows."""
        if method in operations.CHOICES:
            self.known.changes.pop(self.known.statement, None)
            return
        if method in {"fillna", "replace", "clip", "astype", "where", "mask"}:
            table.columns = {name: trail.by(self.known.statement) for name, trail in table.columns.items()}
        table.own = table.own.by(self.known.statement)

    def _unrolled(self, node: ast.For) -> bool:
        """Follow a loop over a list that is known, once for each of its items."""
        items = self.known.value(node.iter)
        plain = isinstance(node.target, ast.Name) and not node.orelse and isinstance(items, Known)
        if not plain or not isinstance(items.value, list) or len(items.value) > 60:  # type: ignore[union-attr]
            return False
        assert isinstance(node.target, ast.Name)
        assert isinstance(items, Known)
        assert isinstance(items.value, list)
        place, self.known.place = self.known.place, None
        try:
            for item in items.value:
                self.known.memo.clear()
                self.known.names[node.target.id] = Known(item, items.trail)
                for inner in node.body:
                    self.one(inner)
        finally:
            self.known.place = place
        return True

    def _spoil(self, table: Table, why: str) -> None:
        table.own = table.own.by(self.known.statement).but(why)

    def _lose(self, node: ast.stmt, why: str) -> None:
        """Nothing is known any more of what a statement may have bound or changed."""
        self.known.changes.pop(self.known.statement, None)
        parts = list(ast.walk(node))
        held = [
            self.known.names[part.id] for part in parts if isinstance(part, ast.Name) and part.id in self.known.names
        ]
        called = [self.known.functions[n.id] for n in parts if isinstance(n, ast.Name) and n.id in self.known.functions]
        held += [table for function in called for table in self.known.changed_by(function)]
        if any(self.known.changing(part) for part in parts):
            self._spoil_all(joined(value.trail for value in held), why)
        if any(getattr(part, "attr", "") in FITS for part in parts):
            for value in held:
                if isinstance(value, Estimator):
                    value.why = "it is fitted inside a loop or a condition"
        for name in {part.id for part in parts if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}:
            before = self.known.names.get(name)
            self.known.names[name] = Other((before.trail if before is not None else NOTHING).but(why))

    def _spoil_all(self, trail: Trail, why: str) -> None:
        """Nothing is known any more of the tables that hold any of the same raw columns."""
        for value in self.known.names.values():
            if isinstance(value, Table) and value.trail.raw & trail.raw:
                self._spoil(value, why)


def value_own(value: Value) -> Trail:
    """The trail of the shape of a table."""
    return value.own if isinstance(value, Table) else NOTHING


def _loaded(node: ast.expr) -> ast.expr:
    """An assignment's target as an expression."""
    return ast.parse(ast.unparse(node), mode="eval").body


def follow(known: Expressions, node: ast.Call, function: ast.FunctionDef, values: Sequence[Value]) -> Value:
    """What a function of the notebook returns for tables: its body is followed with copies of what is known."""
    returns = [part for part in ast.walk(function) if isinstance(part, ast.Return)]
    odd = node.keywords or len(values) > len(function.args.args) or returns not in ([], [function.body[-1]])
    if known.depth > 3 or odd:
        for value in values:
            if isinstance(value, Table):
                value.own = value.own.but(f"{function.name}() is too involved to follow")
        return Other(joined(value.trail for value in values).but(f"{function.name}() is too involved to follow"))
    free = known.function_trail(function)
    names, place = known.names, known.place
    known.names = {**names, **{arg.arg: value for arg, value in zip(function.args.args, values, strict=False)}}
    known.place, known.depth = None, known.depth + 1
    inner = Statements(known, known.analysis)
    try:
        for statement in function.body[:-1]:
            known.memo.clear()
            inner.one(statement)
        last = function.body[-1]
        value = known.value(last.value) if isinstance(last, ast.Return) else Other(NOTHING.but("it returns nothing"))
    except Unclear as error:
        value = Other(joined(value.trail for value in values).but(f"{function.name}(): {error}"))
        for each in values:
            if isinstance(each, Table):
                each.own = each.own.but(f"{function.name}(): {error}")
    finally:
        known.names, known.place, known.depth = names, place, known.depth - 1
    if isinstance(value, Table):
        value.own |= free
    return value
