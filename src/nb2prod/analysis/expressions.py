"""What an expression reads and binds, and what it creates that runs later."""

import ast
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from nb2prod.analysis.scopes import Comprehension, Scope, comprehension_parts, defaults, function_scope

if TYPE_CHECKING:
    from nb2prod.analysis.flow import Flow

# Builtins and methods that use up a generator before they return.
CONSUMERS = frozenset(
    "all any bytes dict frozenset list max min set sorted sum tuple join update extend array fromiter concat "
    "DataFrame Series OrderedDict Counter deque fsum prod mean writelines".split()
)
# Calls that use up a function argument before they return.
AT_ONCE = frozenset(
    "sorted min max sort apply applymap agg aggregate transform assign pipe sort_values reduce sub subn groupby where mask "
    "rename map_elements nlargest nsmallest minimize minimize_scalar curve_fit quad fsolve root brentq bisect solve_ivp odeint".split()
)
METHODS_AT_ONCE = frozenset({"map", "filter"})
AT_NAME = re.compile(r"@([^\W\d]\w*)")
WORD = re.compile(r"[^\W\d]\w*")


class Expressions(ABC):
    """The part of the walk that deals with expressions; `Flow` adds the statements."""

    def __init__(self, eager: bool = True) -> None:
        self.eager = eager
        self.certain = True
        self.exposed: set[str] = set()
        self.reads: set[str] = set()
        self.sure: set[str] = set()
        self.deferred: set[str] = set()
        self.deferred_writes: set[str] = set()
        self.class_bound: set[str] = set()
        self.strings: set[str] = set()
        self.nested_strings: set[str] = set()

    @abstractmethod
    def read(self, name: str) -> None:
        """A name is read here and now."""

    @abstractmethod
    def bind(self, name: str) -> None:
        """A name is bound here."""

    @abstractmethod
    def maybe(self) -> AbstractContextManager[None]:
        """What is walked inside may not run."""

    @abstractmethod
    def branch(self, *paths: Callable[[], None]) -> None:
        """Walk alternatives from the same state and meet again."""

    def values(self, nodes: Iterable[ast.AST]) -> None:
        """Walk expressions in their order of evaluation."""
        for node in nodes:
            self.value(node)

    def value(self, node: ast.AST) -> None:
        """Walk one expression (or a part of one: a keyword, a slice)."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                self.read(name)
            case ast.Name() | ast.Tuple(ctx=ast.Store()) | ast.List(ctx=ast.Store()):
                self.target(node)
            case ast.Constant():
                return
            case ast.NamedExpr(target=target, value=value):
                self.value(value)
                self.bind(target.id)
            case ast.BoolOp(values=[first, *rest]):
                self.value(first)
                for item in rest:
                    self.branch(lambda item=item: self.value(item), lambda: None)  # type: ignore[misc]
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.value(test)
                self.branch(lambda: self.value(body), lambda: self.value(orelse))
            case ast.Lambda(args=args):
                self.values(defaults(args))
                self.defer(function_scope(node), [node.body])
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self.comprehension(node, lazy=isinstance(node, ast.GeneratorExp))
            case ast.Call():
                self.call(node)
            case _:
                self.values(ast.iter_child_nodes(node))

    def target(self, node: ast.AST) -> None:
        """Walk what is assigned to: names are bound, anything else is an object that is read."""
        match node:
            case ast.Name(id=name):
                self.bind(name)
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                for item in elts:
                    self.target(item)
            case ast.Starred(value=value):
                self.target(value)
            case _:
                self.values(ast.iter_child_nodes(node))

    def call(self, node: ast.Call) -> None:
        """Walk a call; a generator that the callee uses up at once is no deferred code."""
        self.value(node.func)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for argument in node.args:
            self._argument(argument, node, name)
        for keyword in node.keywords:
            self._argument(keyword.value, node, name)
        self.strings |= names_in_strings(node, name)

    def _argument(self, argument: ast.expr, call: ast.Call, name: str) -> None:
        if isinstance(argument, ast.GeneratorExp) and name in CONSUMERS:
            self.comprehension(argument, lazy=False)
        elif isinstance(argument, ast.Lambda) and self.eager and _at_once(call, name):
            self.values(defaults(argument.args))
            with self.maybe():
                for free in function_scope(argument).free:
                    self.read(free)
            self._nested_calls([argument.body])
        elif isinstance(argument, ast.Call) and name in CONSUMERS and getattr(argument.func, "id", "") in {"map", "filter"}:
            self.value(argument.func)
            for inner in argument.args:
                self._argument(inner, argument, "sorted")
        else:
            self.value(argument)

    def comprehension(self, node: Comprehension, lazy: bool) -> None:
        """Walk a comprehension: its first iterable at once, the rest in a scope of its own."""
        self.value(node.generators[0].iter)
        targets = Scope().visit(generator.target for generator in node.generators)
        parts = list(comprehension_parts(node))
        walrus = {n.target.id for part in parts for n in ast.walk(part) if isinstance(n, ast.NamedExpr)}
        inner = Scope(targets.bound).visit(parts)
        inner.bound -= walrus
        inner.close()
        with self.maybe():
            for name in inner.free - walrus:
                self.read(name)
        created = [n for part in parts for n in ast.walk(part) if isinstance(n, ast.Lambda | ast.GeneratorExp)]
        if lazy or created:
            self.deferred |= inner.free
        self._nested_calls(parts)
        if walrus:
            self.branch(lambda: [self.bind(name) for name in sorted(walrus)] and None, lambda: None)

    def defer(self, scope: Scope, body: Iterable[ast.AST]) -> None:
        """Code is created that will read and write these names when it runs."""
        self.deferred |= scope.free
        self.deferred_writes |= scope.global_writes
        self._nested_calls(body)

    def _nested_calls(self, nodes: Iterable[ast.AST]) -> None:
        for node in (inner for outer in nodes for inner in ast.walk(outer)):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                self.nested_strings |= names_in_strings(node, name)

    def class_body(self, node: ast.ClassDef, inner: "Flow") -> None:
        """Walk a class body: it runs now, in a scope of its own that its functions do not see."""
        scope = Scope(owner=node.name).visit(node.body)
        inner.block([part for part in node.body if not isinstance(part, ast.Global)])
        for name in inner.exposed:
            self.read(name)
        self.class_bound |= (inner.exposed & scope.bound) | inner.class_bound
        self.deferred |= inner.deferred
        self.deferred_writes |= inner.deferred_writes | (scope.bound & scope.declared)
        self.strings |= inner.strings
        self.nested_strings |= inner.nested_strings | inner.strings

    def pattern(self, node: ast.AST) -> None:
        """Walk a case pattern: captures bind, values are read."""
        for part in ast.walk(node):
            match part:
                case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                    self.bind(name)
                case ast.MatchValue(value=value) | ast.MatchClass(cls=value):
                    self.value(value)


def _at_once(call: ast.Call, name: str) -> bool:
    """Whether a callee uses up a function that it is given before it returns."""
    return name in AT_ONCE or (name in METHODS_AT_ONCE and isinstance(call.func, ast.Attribute))


def names_in_strings(node: ast.Call, name: str) -> set[str]:
    """Names that a callee reads out of its string arguments: `@cut` in a query, a formula, code for `eval`."""
    texts = [part.value for arg in [*node.args, *(k.value for k in node.keywords)] for part in _texts(arg)]
    if name in {"query", "eval", "exec"}:
        found = {word for text in texts for word in AT_NAME.findall(text)}
        if name != "query" and isinstance(node.func, ast.Name):
            found |= {word for text in texts for word in WORD.findall(text)}
        return found
    return {word for text in texts if "~" in text for word in WORD.findall(text)}


def _texts(node: ast.expr) -> Iterable[ast.Constant]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [part for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
