"""What an expression reads and binds, and what it creates that runs later."""

import ast
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from nb2prod.analysis.scopes import (
    Comprehension,
    Scope,
    comprehension_parts,
    comprehension_scope,
    defaults,
    function_scope,
    mangled,
)
from nb2prod.model.frozen import dataclass
from nb2prod.model.nodes import children, within

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


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the notebook says about the calls in a statement.

    `suppressing` are its own context managers; `eager` says that functions like `apply` use up what they are
    given at once, as they do in every library but the lazy ones; `own` are its own functions and methods, of
    which nothing is known.
    """

    suppressing: frozenset[str] = frozenset()
    eager: bool = True
    own: frozenset[str] = frozenset()


class Expressions(ABC):
    """The part of the walk that deals with expressions; `Blocks` and `Flow` add the statements.

    With an `owner` it walks the body of that class.
    """

    def __init__(self, known: Known, owner: str = "") -> None:
        self.known, self.owner = known, owner
        self.certain = True
        # the variables of the comprehensions around
        self.hidden: list[set[str]] = []
        self.exposed: set[str] = set()
        self.reads: set[str] = set()
        self.sure: set[str] = set()
        # names that a class body declares `global`
        self.declared: set[str] = set()
        # read by code inside a class body that does not see the body's own names
        self.around: set[str] = set()
        self.deferred: set[str] = set()
        self.deferred_writes: set[str] = set()
        self.class_bound: set[str] = set()
        self.strings: set[str] = set()
        self.nested_strings: set[str] = set()

    @abstractmethod
    def found(self, name: str) -> None:
        """A name of this scope is read here and now."""

    @abstractmethod
    def bind(self, name: str) -> None:
        """A name is bound here."""

    @abstractmethod
    def maybe(self) -> AbstractContextManager[None]:
        """What is walked inside may not run."""

    @abstractmethod
    def branch(self, *paths: Callable[[], None]) -> None:
        """Walk alternatives from the same state and meet again."""

    def read(self, name: str) -> None:
        """A name is read here and now."""
        name = self.mangled(name)
        if self.hides(name):
            return
        if self.owner and (self.hidden or name in self.declared):
            self.around.add(name)
        else:
            self.found(name)

    def hides(self, name: str) -> bool:
        """Whether a name is a variable of a comprehension around."""
        return any(name in names for names in self.hidden)

    def mangled(self, name: str) -> str:
        """A name as Python sees it here."""
        return mangled(name, self.owner)

    @contextmanager
    def inside(self, names: set[str]) -> Iterator[None]:
        """Walk a scope that runs now and has these names of its own."""
        self.hidden.append(names)
        try:
            yield
        finally:
            self.hidden.pop()

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
            case ast.Compare(left=left, comparators=[first, *rest]):
                self.values([left, first])
                for item in rest:
                    self.branch(lambda item=item: self.value(item), lambda: None)  # type: ignore[misc]
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.value(test)
                self.branch(lambda: self.value(body), lambda: self.value(orelse))
            case ast.Lambda(args=args):
                self.values(defaults(args))
                self.defer(function_scope(node, self.owner), [node.body])
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self.comprehension(node, lazy=isinstance(node, ast.GeneratorExp))
            case ast.Call():
                self.call(node)
            case _:
                self.values(children(node))

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
                self.values(children(node))

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
        own = name in self.known.own
        if isinstance(argument, ast.GeneratorExp) and name in CONSUMERS and not own:
            self.comprehension(argument, lazy=False)
        elif isinstance(argument, ast.Lambda) and self.known.eager and _used_at_once(call, name) and not own:
            self._at_once(argument)
        elif (
            isinstance(argument, ast.Call)
            and name in CONSUMERS
            and getattr(argument.func, "id", "") in {"map", "filter"}
            and not own
        ):
            self.value(argument.func)
            for inner in argument.args:
                self._argument(inner, argument, "sorted")
        else:
            self.value(argument)

    def _at_once(self, node: ast.Lambda) -> None:
        """Walk a lambda that its callee uses up before it returns."""
        self.values(defaults(node.args))
        scope = function_scope(node, self.owner)
        with self.maybe(), self.inside(set()):
            for name in scope.free:
                self.read(name)
        if any(isinstance(part, ast.Lambda) for part in within([node.body])):
            self.deferred |= {name for name in scope.free if not self.hides(name)}
        self._nested_calls([node.body])

    def comprehension(self, node: Comprehension, lazy: bool) -> None:
        """Walk a comprehension: its first iterable at once, the rest in a scope of its own, maybe never."""
        self.value(node.generators[0].iter)
        scope = comprehension_scope(node, self.owner)
        if lazy:
            self.defer(scope, [])
            self.deferred_writes |= scope.outer
        self.branch(lambda: self._rounds(node, scope), lambda: None)
        self._nested_calls(comprehension_parts(node))

    def _rounds(self, node: Comprehension, scope: Scope) -> None:
        """Walk what a comprehension does for each item."""
        with self.inside(scope.bound - scope.outer):
            for number, generator in enumerate(node.generators):
                if number:
                    self.value(generator.iter)
                self.target(generator.target)
                self.values(generator.ifs)
            self.values([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])

    def defer(self, scope: Scope, body: Iterable[ast.AST]) -> None:
        """Code is created that will read and write these names when it runs."""
        self.deferred |= {name for name in scope.free if not self.hides(name)}
        self.deferred_writes |= scope.global_writes
        self.class_bound |= scope.class_bound
        self._nested_calls(body)

    def _nested_calls(self, nodes: Iterable[ast.AST]) -> None:
        for node in within(nodes):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                self.nested_strings |= names_in_strings(node, name)

    def pattern(self, node: ast.AST) -> None:
        """Walk a case pattern: values are read, then captures bind."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                self.read(part.id)
        for part in ast.walk(node):
            match part:
                case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                    self.bind(name)


def _used_at_once(call: ast.Call, name: str) -> bool:
    """Whether a callee uses up a function that it is given before it returns."""
    return name in AT_ONCE or (name in METHODS_AT_ONCE and isinstance(call.func, ast.Attribute))


def names_in_strings(node: ast.Call, name: str) -> set[str]:
    """Names that a callee reads out of its string arguments: `@cut` in a query, a formula, code for `eval`."""
    texts = [text for arg in [*node.args, *(k.value for k in node.keywords)] for text in _texts(arg)]
    if name in {"query", "eval", "exec"}:
        found = {word for text in texts for word in AT_NAME.findall(text)}
        if name != "query" and isinstance(node.func, ast.Name):
            found |= {word for text in texts for word in WORD.findall(text)}
        return found
    return {word for text in texts if "~" in text for word in WORD.findall(text)}


def _texts(node: ast.expr) -> list[str]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
