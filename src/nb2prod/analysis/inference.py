"""The types of the notebook's variables and functions, in the order of the notebook."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nb2prod.analysis.types import arithmetic, element, split, unify, unify_all
from nb2prod.analysis.values import DEPTH, Values

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Function:
    """A function of the notebook: what its parameters were given, and what it returns."""

    node: FunctionDef
    params: dict[str, str] = field(default_factory=dict)
    calls: int = 0
    busy: bool = False
    returns: str | None = None


class Inference(Values):
    """Types by name, in the order of the notebook."""

    def __init__(
        self, qualified: Callable[[ast.expr], str], functions: dict[str, FunctionDef], classes: Iterable[str]
    ) -> None:
        super().__init__(qualified)
        self.functions = {name: Function(node) for name, node in functions.items()}
        self.classes = frozenset(classes)

    def own(self, node: ast.Call) -> str | None:
        """The type of a call of one of the notebook's functions or classes, None if it is none."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in self.functions:
            return self._own(self.functions[name], node)
        return name if name in self.classes else None

    def _own(self, function: Function, node: ast.Call) -> str:
        self._observe(function, node)
        if function.returns is None and not function.busy and self.depth < DEPTH:
            function.returns = self.returned(function)
        return function.returns or ""

    def _observe(self, function: Function, node: ast.Call) -> None:
        args = function.node.args
        names = [arg.arg for arg in [*args.posonlyargs, *args.args]]
        given = {
            name: self.of(value)
            for name, value in zip(names, node.args, strict=False)
            if not isinstance(value, ast.Starred)
        }
        given |= {keyword.arg: self.of(keyword.value) for keyword in node.keywords if keyword.arg}
        for name, kind in given.items():
            function.params[name] = unify(function.params[name], kind) if name in function.params else kind
        function.calls += 1

    def returned(self, function: Function) -> str:
        """What a function of the notebook returns, given what its parameters were given so far."""
        node = function.node
        if isinstance(node, ast.AsyncFunctionDef) or any(
            isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(node)
        ):
            return ""
        function.busy, outside = True, self.env
        given = {arg.arg: "" for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
        self.env = outside.new_child(given | self.parameter_types(function))
        try:
            kinds: list[str] = []
            self._body(node.body, kinds)
            ends = not isinstance(node.body[-1], ast.Return | ast.Raise)
            return unify_all([*kinds, "None"] if ends and kinds else kinds or ["None"])
        finally:
            function.busy, self.env = False, outside

    def parameter_types(self, function: Function) -> dict[str, str]:
        """The types of a function's parameters: from its defaults and its calls."""
        args = function.node.args
        positional = [*args.posonlyargs, *args.args]
        pairs = [
            *zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True),
            *zip(args.kwonlyargs, args.kw_defaults, strict=True),
        ]
        kinds = {arg.arg: self.of(default) for arg, default in pairs if default is not None}
        return kinds | {
            name: unify(kinds[name], kind) if name in kinds else kind for name, kind in function.params.items()
        }

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
        start, ends = self.env, []
        for suite in suites:
            self.env = start.new_child()
            walk(suite)
            ends.append(self.env)
        self.env = start
        # A name that only some paths bind has that type where it is bound at all.
        bound = {name for env in ends for name in env.maps[0]}
        start.update({name: unify_all([env[name] for env in ends if name in env]) for name in bound})

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
