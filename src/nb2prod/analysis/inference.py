"""The types of the notebook's variables, as far as literals, annotations and the catalogue tell."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nb2prod.analysis import catalogue
from nb2prod.analysis.results import result_of
from nb2prod.analysis.types import arithmetic, element, item, known, split, unify, unify_all

DEPTH = 12
CONTAINERS = (ast.List, ast.Set, ast.Tuple)
FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Function:
    """A function of the notebook: what its parameters were given, and what it returns."""

    node: FunctionDef
    params: dict[str, str] = field(default_factory=dict)
    calls: int = 0
    busy: bool = False
    returns: str | None = None


class Inference:
    """Types by name, in the order of the notebook."""

    def __init__(self, qualified: Callable[[ast.expr], str], functions: dict[str, FunctionDef], classes: Iterable[str]) -> None:
        self.qualified = qualified
        self.env: dict[str, str] = {}
        self.functions = {name: Function(node) for name, node in functions.items()}
        self.classes = frozenset(classes)
        self.depth = 0

    def of(self, node: ast.expr | None) -> str:
        """The type of an expression, "" if unknown."""
        if node is None or self.depth > DEPTH * 8:
            return ""
        self.depth += 1
        try:
            return self._of(node)
        finally:
            self.depth -= 1

    def _of(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=value):
                return "None" if value is None else type(value).__name__ if value is not ... else ""
            case ast.JoinedStr():
                return "str"
            case ast.Name(id=name):
                return self.env.get(name, "")
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self.of(value)
            case ast.List(elts=elts) | ast.Set(elts=elts):
                return f"{type(node).__name__.lower()}[{known(unify_all([self.of(e) for e in elts[:30]]))}]"
            case ast.Tuple(elts=elts):
                return self._tuple(elts)
            case ast.Dict():
                return self._dict(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node)
            case ast.BinOp(left=left, op=op, right=right):
                return arithmetic(self.of(left), op, self.of(right))
            case ast.BoolOp(values=values):
                return unify_all([self.of(value) for value in values])
            case ast.UnaryOp(op=op, operand=operand):
                return "bool" if isinstance(op, ast.Not) else self.of(operand)
            case ast.Compare():
                return self._compare(node)
            case ast.IfExp(body=body, orelse=orelse):
                return unify(self.of(body), self.of(orelse))
            case ast.Lambda():
                return "Callable[..., Any]"
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.Call():
                return self._call(node)
        return ""

    def _tuple(self, elts: list[ast.expr]) -> str:
        if any(isinstance(e, ast.Starred) for e in elts) or not elts or len(elts) > 8:
            return "tuple[Any, ...]"
        return f"tuple[{', '.join(known(self.of(e)) for e in elts)}]"

    def _dict(self, node: ast.Dict) -> str:
        keys = [self.of(key) for key in node.keys[:30]] if all(node.keys) else []
        values = [self.of(value) for value in node.values[:30]]
        if not node.keys:
            return "dict[Any, Any]"
        return f"dict[{known(unify_all(keys))}, {known(unify_all(values))}]"

    def _compare(self, node: ast.Compare) -> str:
        kinds = [self.of(node.left), *map(self.of, node.comparators)]
        if isinstance(node.ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot):
            return "bool"
        for frame in ("pandas.DataFrame", "pandas.Series", "numpy.ndarray"):
            if frame in kinds:
                return frame
        plain = {"int", "float", "str", "bool", "None", "bytes"}
        return "bool" if all(split(kind)[0] in plain | {"list", "dict", "tuple", "set"} for kind in kinds) else ""

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> str:
        before = dict(self.env)
        for generator in node.generators:
            self.assign(generator.target, self.iterated(generator.iter))
        if isinstance(node, ast.DictComp):
            kind = f"dict[{known(self.of(node.key))}, {known(self.of(node.value))}]"
        else:
            outer = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "Iterator"}[type(node)]
            kind = f"{outer}[{known(self.of(node.elt))}]"
        self.env = before
        return kind

    def iterated(self, node: ast.expr) -> str:
        """The type of what iterating over an expression yields."""
        match node:
            case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]):
                return f"tuple[int, {known(self.iterated(first))}]"
            case ast.Call(func=ast.Name(id="zip"), args=args) if args:
                return f"tuple[{', '.join(known(self.iterated(arg)) for arg in args)}]"
            case ast.Call(func=ast.Name(id="sorted" | "reversed" | "list" | "tqdm" | "set"), args=[first, *_]):
                return self.iterated(first)
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "iteritems"), args=[]):
                return self._items(self.of(value))
            case ast.Call(func=ast.Attribute(attr="iterrows")):
                return "tuple[Any, pandas.Series]"
        return element(self.of(node))

    @staticmethod
    def _items(kind: str) -> str:
        name, inner = split(kind)
        if name == "dict" and len(inner) == 2:
            return f"tuple[{inner[0]}, {inner[1]}]"
        return "tuple[Any, pandas.Series]" if name == "pandas.DataFrame" else ""

    def _attribute(self, node: ast.Attribute) -> str:
        dotted = self.qualified(node)
        owner = self.of(node.value)
        if owner:
            return self._resolve(catalogue.attribute(owner, node.attr), owner) or self._frame_column(owner, node)
        head, _, last = dotted.rpartition(".")
        return catalogue.attribute(head, last) if head else ""

    @staticmethod
    def _frame_column(owner: str, node: ast.Attribute) -> str:
        known_method = catalogue.method(owner, node.attr) is not None
        return "pandas.Series" if owner == "pandas.DataFrame" and not known_method and node.attr[:1] != "_" else ""

    def _subscript(self, node: ast.Subscript) -> str:
        if isinstance(node.value, ast.Attribute) and node.value.attr in {"loc", "iloc"}:
            return self._located(self.of(node.value.value), node.slice)
        return item(self.of(node.value), node.slice, self.of(node.slice))

    def _located(self, owner: str, index: ast.expr) -> str:
        if owner not in {"pandas.DataFrame", "pandas.Series"}:
            return ""
        rows, columns = (index.elts[0], index.elts[1]) if isinstance(index, ast.Tuple) and len(index.elts) == 2 else (index, None)
        many = isinstance(rows, ast.Slice | ast.Compare | ast.List) or self.of(rows) in {"pandas.Series", "numpy.ndarray"}
        if not many:
            return ""
        if owner == "pandas.Series" or columns is None:
            return owner
        return "pandas.DataFrame" if isinstance(columns, ast.List | ast.Slice) else "pandas.Series" if isinstance(columns, ast.Constant) else ""

    # calls

    def _call(self, node: ast.Call) -> str:
        func = node.func
        if isinstance(func, ast.Name):
            if func.id in self.functions:
                return self._own(self.functions[func.id], node)
            if func.id in self.classes:
                return func.id
        if isinstance(func, ast.Attribute) and (owner := self.of(func.value)):
            return self._method(owner, func.attr, node)
        dotted = self.qualified(func)
        known = self._result(catalogue.function(dotted), "", node)
        return known if known and "Any" not in known else result_of(dotted, node, self.of) or known

    def _method(self, owner: str, name: str, node: ast.Call) -> str:
        if owner.endswith(" | None"):
            owner = owner.removesuffix(" | None")
        base, inner = split(owner)
        if base in {"dict", "list"} and name in {"get", "pop", "copy", "setdefault"} and inner:
            return owner if name == "copy" else inner[-1] if name != "get" and inner[-1] != "Any" else ""
        return self._result(catalogue.method(base, name), owner, node)

    def _result(self, function: catalogue.Function | None, owner: str, node: ast.Call) -> str:
        if function is None:
            return ""
        keywords = {keyword.arg or "**" for keyword in node.keywords}
        inplace = any(k.arg == "inplace" and not (isinstance(k.value, ast.Constant) and not k.value.value) for k in node.keywords)
        if inplace:
            return "None"
        returns = function.result(len(node.args), keywords)
        if returns == "args":
            kinds = [known(self.of(arg)) for arg in node.args for _ in range(2)]
            return f"tuple[{', '.join(kinds)}]" if kinds else ""
        if returns == "first":
            kind = self.of(node.args[0]) if node.args else ""
            return kind if kind in {"pandas.Series", "pandas.DataFrame", "numpy.ndarray"} else ""
        return self._resolve(returns, owner)

    @staticmethod
    def _resolve(returns: str, owner: str) -> str:
        return owner if returns == "self" else returns

    def _own(self, function: Function, node: ast.Call) -> str:
        self._observe(function, node)
        if function.returns is None and not function.busy and self.depth < DEPTH:
            function.returns = self.returned(function)
        return function.returns or ""

    def _observe(self, function: Function, node: ast.Call) -> None:
        args = function.node.args
        names = [arg.arg for arg in [*args.posonlyargs, *args.args]]
        given = {name: self.of(value) for name, value in zip(names, node.args, strict=False) if not isinstance(value, ast.Starred)}
        given |= {keyword.arg: self.of(keyword.value) for keyword in node.keywords if keyword.arg}
        for name, kind in given.items():
            function.params[name] = unify(function.params[name], kind) if name in function.params else kind
        function.calls += 1

    def returned(self, function: Function) -> str:
        """What a function of the notebook returns, given what its parameters were given so far."""
        node = function.node
        if isinstance(node, ast.AsyncFunctionDef) or any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(node)):
            return ""
        function.busy, before = True, dict(self.env)
        try:
            self.env |= {arg.arg: "" for arg in ast.walk(node.args) if isinstance(arg, ast.arg)} | self.parameter_types(function)
            kinds: list[str] = []
            self._body(node.body, kinds)
            ends = not isinstance(node.body[-1], ast.Return | ast.Raise)
            return unify_all([*kinds, "None"] if ends and kinds else kinds or ["None"])
        finally:
            function.busy, self.env = False, before

    def parameter_types(self, function: Function) -> dict[str, str]:
        """The types of a function's parameters: from its defaults and its calls."""
        args = function.node.args
        positional = [*args.posonlyargs, *args.args]
        pairs = [*zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True), *zip(args.kwonlyargs, args.kw_defaults, strict=True)]
        kinds = {arg.arg: self.of(default) for arg, default in pairs if default is not None}
        return kinds | {name: unify(kinds[name], kind) if name in kinds else kind for name, kind in function.params.items()}

    def _body(self, body: list[ast.stmt], returned: list[str]) -> None:
        for statement in body:
            if isinstance(statement, ast.Return):
                returned.append(self.of(statement.value) if statement.value is not None else "None")
            elif not isinstance(statement, FunctionDef | ast.ClassDef):
                self.statement(statement, lambda inner: self._body(inner, returned))

    # statements

    def statement(self, node: ast.stmt, walk: Callable[[list[ast.stmt]], None]) -> None:
        """Take over what one statement says; `walk` goes through the suites inside it."""
        match node:
            case ast.Assign(targets=targets, value=value):
                kind = self.of(value)
                for target in targets:
                    self.assign(target, kind)
            case ast.AnnAssign(target=target, annotation=annotation):
                self.assign(target, self.of(node.value) or self.qualified(annotation))
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                self.env[name] = arithmetic(self.env.get(name, ""), op, self.of(value))
            case ast.For(target=target, iter=iterable) | ast.AsyncFor(target=target, iter=iterable):
                self.assign(target, self.iterated(iterable))
                self._branches(walk, [node.body + node.orelse, []])
            case ast.While():
                self._branches(walk, [node.body + node.orelse, []])
            case ast.If():
                self.of(node.test)
                self._branches(walk, [node.body, node.orelse])
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for entry in items:
                    kind = self.of(entry.context_expr)
                    if entry.optional_vars is not None:
                        self.assign(entry.optional_vars, kind)
                walk(body)
            case ast.Try() | ast.TryStar():
                self._branches(walk, [node.body + node.orelse, *(h.body for h in node.handlers)])
                walk(node.finalbody)
            case ast.Expr(value=value):
                self.of(value)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self.env[name] = "Callable[..., Any]"
            case ast.ClassDef(name=name):
                self.env[name] = "type"

    def _branches(self, walk: Callable[[list[ast.stmt]], None], suites: list[list[ast.stmt]]) -> None:
        start = dict(self.env)
        ends = []
        for suite in suites:
            self.env = dict(start)
            walk(suite)
            ends.append(self.env)
        names = {name for env in ends for name in env}
        # A name that only some paths bind has that type where it is bound at all.
        self.env = {name: unify_all([env[name] for env in ends if name in env]) for name in names}

    def assign(self, target: ast.expr, kind: str) -> None:
        """Bind a target to a value of a type."""
        match target:
            case ast.Name(id=name):
                self.env[name] = kind
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                name, inner = split(kind)
                exact = name == "tuple" and len(inner) == len(elts) and "..." not in inner
                for number, part in enumerate(elts):
                    if isinstance(part, ast.Starred):
                        self.assign(part.value, "list[Any]")
                    else:
                        self.assign(part, ("" if inner[number] == "Any" else inner[number]) if exact else element(kind))
