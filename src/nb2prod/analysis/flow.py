"""What a statement does to names: an abstract interpretation of structured control flow.

Each name is, at each point, as it was at entry, bound here, or unbound here; a point that several paths
reach holds the union. That is exact for Python's structured statements, so no graph is needed.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from nb2prod.analysis.expressions import Expressions
from nb2prod.analysis.scopes import annotations, defaults, function_scope, imported
from nb2prod.model.facts import Facts

ENTRY, BOUND, UNBOUND = 1, 2, 4
State = dict[str, int]
# A context manager of these names may end its block early, without an error.
SUPPRESSES = frozenset({"suppress", "raises", "assertRaises", "assert_raises", "ExitStack", "AsyncExitStack"})


def facts_of(statements: Iterable[ast.stmt], suppressing: frozenset[str] = frozenset(), eager: bool = True) -> Facts:
    """The facts of a run of statements.

    `suppressing` are context managers that the notebook defines; `eager` says that functions like `apply`
    use up what they are given at once, as they do in every library but the lazy ones.
    """
    flow = Flow(suppressing, eager)
    for statement in statements:
        flow.statement(statement)
    return flow.facts()


def join(one: State | None, two: State | None) -> State | None:
    """The state where two paths meet; a path that never arrives is None."""
    if one is None or two is None:
        return dict(one or two or {}) if one is not None or two is not None else None
    return {name: one.get(name, ENTRY) | two.get(name, ENTRY) for name in one.keys() | two.keys()}


class Flow(Expressions):
    """The walk over one run of statements."""

    def __init__(self, suppressing: frozenset[str] = frozenset(), eager: bool = True) -> None:
        super().__init__(eager)
        self.state: State | None = {}
        self.suppressing = suppressing
        self.watchers: list[list[State | None]] = []
        self.loops: list[tuple[list[State | None], list[State | None]]] = []
        self.touched: set[str] = set()

    def facts(self) -> Facts:
        """The facts of all that was walked."""
        final = self.state if self.state is not None else {}
        return Facts(
            exposed=frozenset(self.exposed),
            reads=frozenset(self.reads),
            sure_reads=frozenset(self.sure),
            must=frozenset(name for name, mask in final.items() if mask == BOUND),
            may=frozenset(name for name, mask in final.items() if mask & BOUND) | self._dead_bindings(),
            kills=frozenset(name for name, mask in final.items() if mask & UNBOUND),
            deferred=frozenset(self.deferred),
            deferred_writes=frozenset(self.deferred_writes),
            class_bound=frozenset(self.class_bound),
            strings=frozenset(self.strings),
            nested_strings=frozenset(self.nested_strings),
        )

    def _dead_bindings(self) -> frozenset[str]:
        return frozenset(self.touched) if self.state is None else frozenset()

    # names

    def read(self, name: str) -> None:
        """A name is read here and now."""
        self.reads.add(name)
        mask = self.state.get(name, ENTRY) if self.state is not None else 0
        if mask & ENTRY:
            self.exposed.add(name)
            if self.certain and mask == ENTRY:
                self.sure.add(name)

    def bind(self, name: str) -> None:
        """A name is bound here."""
        self._set(name, BOUND)

    def unbind(self, name: str) -> None:
        """A name is unbound here."""
        self._set(name, UNBOUND)

    def _set(self, name: str, mask: int) -> None:
        self.touched.add(name)
        if self.state is None:
            return
        self._note()
        self.state[name] = mask

    def _note(self) -> None:
        for seen in self.watchers:
            seen.append(dict(self.state) if self.state is not None else None)

    @contextmanager
    def maybe(self) -> Iterator[None]:
        """What is walked inside may not run."""
        certain, self.certain = self.certain, False
        try:
            yield
        finally:
            self.certain = certain

    def branch(self, *paths: Callable[[], None]) -> None:
        """Walk alternatives from the same state and meet again."""
        start, met = self.state, None
        with self.maybe():
            for number, path in enumerate(paths):
                self.state = dict(start) if start is not None else None
                path()
                met = self.state if number == 0 else join(met, self.state)
        self.state = met

    # statements

    def block(self, body: Sequence[ast.stmt]) -> None:
        """Walk a suite."""
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        """Walk one statement."""
        walk = getattr(self, f"_{type(node).__name__.lower()}", None)
        if walk is not None:
            walk(node)
        else:
            self.values(ast.iter_child_nodes(node))
        if self.watchers:
            self._note()

    def _assign(self, node: ast.Assign) -> None:
        self.value(node.value)
        for target in node.targets:
            self.target(target)

    def _augassign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id)
        else:
            self.values(ast.iter_child_nodes(node.target))
        self.value(node.value)
        if isinstance(node.target, ast.Name):
            self.bind(node.target.id)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.value(node.value)
            self.target(node.target)
        self.value(node.annotation)

    def _delete(self, node: ast.Delete) -> None:
        stack = list(reversed(node.targets))
        while stack:
            target = stack.pop()
            if isinstance(target, ast.Name):
                self.read(target.id)
                self.unbind(target.id)
            elif isinstance(target, ast.Tuple | ast.List):
                stack.extend(reversed(target.elts))
            else:
                self.values(ast.iter_child_nodes(target))

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for name in imported(node):
            if name != "*":
                self.bind(name)

    _importfrom = _import

    def _global(self, node: ast.Global | ast.Nonlocal) -> None:
        """At the top of a cell the statement says nothing."""

    _nonlocal = _global

    def _functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.values(node.decorator_list)
        self.values(defaults(node.args))
        self.values(annotations(node))
        self.defer(function_scope(node), node.body)
        self.bind(node.name)

    _asyncfunctiondef = _functiondef

    def _classdef(self, node: ast.ClassDef) -> None:
        self.values(node.decorator_list)
        self.values(node.bases)
        self.values(keyword.value for keyword in node.keywords)
        self.class_body(node, Flow(self.suppressing, self.eager))
        self.bind(node.name)

    def _if(self, node: ast.If) -> None:
        self.value(node.test)
        self.branch(lambda: self.block(node.body), lambda: self.block(node.orelse))

    def _return(self, node: ast.Return | ast.Raise) -> None:
        self.values(ast.iter_child_nodes(node))
        self._note()
        self.state = None

    _raise = _return

    def _break(self, node: ast.Break) -> None:
        if self.loops:
            self.loops[-1][0].append(self.state)
        self.state = None

    def _continue(self, node: ast.Continue) -> None:
        if self.loops:
            self.loops[-1][1].append(self.state)
        self.state = None

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        self.value(node.iter)
        sure = never_empty(node.iter)
        self._loop(node, lambda: self.target(node.target), enters=sure, ends=True)

    _asyncfor = _for

    def _while(self, node: ast.While) -> None:
        forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
        self._loop(node, lambda: self.value(node.test), enters=forever, ends=not forever)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, head: Callable[[], None], enters: bool, ends: bool) -> None:
        """Walk a loop twice over, which is enough for three values a name."""
        breaks: list[State | None] = []
        with self.maybe():
            before = dict(self.state) if self.state is not None else None
            if isinstance(node, ast.While):
                head()
                before = dict(self.state) if self.state is not None else None
            after: State | None = None if enters else before
            for _ in range(2):
                self.loops.append((breaks, continues := []))
                head()
                self.block(node.body)
                self.loops.pop()
                for state in continues:
                    self.state = join(self.state, state)
                after = join(after, self.state)
                self.state = join(before, self.state)
            self.state = after if ends else None
            self.block(node.orelse)
            for state in breaks:
                self.state = join(self.state, state)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        leaves_early = False
        for item in node.items:
            self.value(item.context_expr)
            leaves_early |= self._may_suppress(item.context_expr)
            if item.optional_vars is not None:
                self.target(item.optional_vars)
        if not leaves_early:
            return self.block(node.body)
        with self._watch() as seen, self.maybe():
            self.block(node.body)
        for state in seen:
            self.state = join(self.state, state)
        return None

    _asyncwith = _with

    def _may_suppress(self, manager: ast.expr) -> bool:
        node = manager.func if isinstance(manager, ast.Call) else manager
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        return name in SUPPRESSES or name in self.suppressing

    @contextmanager
    def _watch(self) -> Iterator[list[State | None]]:
        """Collect every state that an error inside could leave."""
        seen: list[State | None] = [dict(self.state) if self.state is not None else None]
        self.watchers.append(seen)
        try:
            yield seen
        finally:
            self.watchers.pop()

    def _try(self, node: ast.Try) -> None:
        with self.maybe():
            with self._watch() as seen:
                self.block(node.body)
                self._note()
            failed: State | None = None
            for state in seen:
                failed = join(failed, state)
            self.block(node.orelse)
            met = self.state
            with self._watch() as later:
                for handler in node.handlers:
                    self.state = dict(failed) if failed is not None else None
                    self._handler(handler)
                    met = join(met, self.state)
        self._finally(node, met, [*seen, *later])

    _trystar = _try

    def _finally(self, node: ast.Try, met: State | None, seen: list[State | None]) -> None:
        self.state = met
        if not node.finalbody:
            return
        # Run it once for every state that an error could leave, for what it reads; go on from the good ones.
        for state in seen:
            self.state = join(self.state, state)
        with self.maybe():
            self.block(node.finalbody)
        if met is not None:
            self.state = met
            self.block(node.finalbody)
        else:
            self.state = None

    def _handler(self, handler: ast.ExceptHandler) -> None:
        if handler.type is not None:
            self.value(handler.type)
        if handler.name:
            self.bind(handler.name)
        self.block(handler.body)
        if handler.name and self.state is not None:
            self.unbind(handler.name)

    def _match(self, node: ast.Match) -> None:
        self.value(node.subject)
        start, met = self.state, None
        complete = False
        with self.maybe():
            for case in node.cases:
                self.state = dict(start) if start is not None else None
                self.pattern(case.pattern)
                start = join(start, self.state)  # a case that fails late leaves its captures bound
                if case.guard is not None:
                    self.value(case.guard)
                    start = join(start, self.state)
                complete |= case.guard is None and _irrefutable(case.pattern)
                self.block(case.body)
                met = join(met, self.state)
        self.state = met if complete else join(met, start)


def _irrefutable(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def never_empty(node: ast.expr) -> bool:
    """Whether an iterable yields at least once, as far as its text shows."""
    match node:
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            return any(not isinstance(item, ast.Starred) for item in elts)
        case ast.Dict(keys=keys):
            return any(key is not None for key in keys)
        case ast.Constant(value=str() | bytes() as text):
            return bool(text)
        case ast.Call(func=ast.Name(id="range"), args=args, keywords=[]):
            return _range_runs(args)
        case ast.Call(func=ast.Name(id="enumerate" | "reversed" | "sorted" | "list" | "tuple" | "set" | "tqdm"), args=args):
            return bool(args) and never_empty(args[0])
        case ast.Call(func=ast.Name(id="zip"), args=args):
            return bool(args) and all(map(never_empty, args))
        case ast.Call(func=ast.Attribute(value=ast.Dict() as table, attr="items" | "keys" | "values"), args=[]):
            return never_empty(table)
    return False


def _range_runs(args: list[ast.expr]) -> bool:
    try:
        bounds = [ast.literal_eval(arg) for arg in args]
        return bool(bounds) and len(range(*bounds)) > 0
    except (ValueError, TypeError, SyntaxError):
        return False
