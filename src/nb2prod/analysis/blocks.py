"""The statements that hold others: what is bound after them, whichever way they were left."""

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from nb2prod.analysis.emptiness import never_empty
from nb2prod.analysis.expressions import Expressions, Known
from nb2prod.model.nodes import children

ENTRY, BOUND, UNBOUND = 1, 2, 4
State = dict[str, int]
# A context manager of these names may end its block early, without an error.
SUPPRESSES = frozenset({"suppress", "raises", "assertRaises", "assert_raises", "ExitStack", "AsyncExitStack"})


def join(*states: State | None) -> State | None:
    """The state where paths meet; a path that never arrives is None."""
    arrived = [state for state in states if state is not None]
    if len(arrived) < 2:
        return dict(arrived[0]) if arrived else None
    met: State = {}
    for name in {name for state in arrived for name in state}:
        met[name] = 0
        for state in arrived:
            met[name] |= state.get(name, ENTRY)
    return met


class Blocks(Expressions):
    """The part of the walk that knows the state of every name; `Flow` adds the simple statements."""

    def __init__(self, known: Known, owner: str = "") -> None:
        super().__init__(known, owner)
        self.state: State | None = {}
        self.watchers: list[list[State | None]] = []
        # for each loop around: the states at its `break`s and at its `continue`s
        self.loops: list[tuple[list[State | None], list[State | None]]] = []
        self.touched: set[str] = set()

    # names

    def found(self, name: str) -> None:
        """A name of this scope is read here and now."""
        self.reads.add(name)
        mask = self.state.get(name, ENTRY) if self.state is not None else 0
        if mask & ENTRY:
            self.exposed.add(name)
            if self.certain and mask == ENTRY:
                self.sure.add(name)

    def bind(self, name: str) -> None:
        """A name is bound here."""
        self._set(self.mangled(name), BOUND)

    def unbind(self, name: str) -> None:
        """A name is unbound here."""
        self._set(self.mangled(name), UNBOUND)

    def _set(self, name: str, mask: int) -> None:
        if self.hides(name):
            return
        self.touched.add(name)
        if self.state is None:
            return
        self._note()
        self.state[name] = mask

    def _copy(self) -> State | None:
        return dict(self.state) if self.state is not None else None

    def _note(self) -> None:
        """An error may leave from here."""
        for seen in self.watchers:
            seen.append(self._copy())

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
        start, ends = self.state, []
        with self.maybe():
            for path in paths:
                self.state = dict(start) if start is not None else None
                path()
                ends.append(self.state)
        self.state = join(*ends)

    @contextmanager
    def _watch(self) -> Iterator[list[State | None]]:
        """Collect every state that an error inside could leave."""
        seen: list[State | None] = [self._copy()]
        self.watchers.append(seen)
        try:
            yield seen
        finally:
            self.watchers.pop()

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
            self.values(children(node))
        if self.watchers:
            self._note()

    def _if(self, node: ast.If) -> None:
        self.value(node.test)
        self.branch(lambda: self.block(node.body), lambda: self.block(node.orelse))

    def _return(self, node: ast.Return | ast.Raise) -> None:
        self.values(children(node))
        self._note()
        self.state = None

    _raise = _return

    def _break(self, _: ast.Break) -> None:
        if self.loops:
            self.loops[-1][0].append(self.state)
        self.state = None

    def _continue(self, _: ast.Continue) -> None:
        if self.loops:
            self.loops[-1][1].append(self.state)
        self.state = None

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        self.value(node.iter)
        self._loop(node, lambda: self.target(node.target), enters=never_empty(node.iter), ends=True)

    _asyncfor = _for

    def _while(self, node: ast.While) -> None:
        forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
        self.value(node.test)
        self._loop(node, lambda: self.value(node.test), enters=forever, ends=not forever)

    def _loop(
        self, node: ast.For | ast.AsyncFor | ast.While, head: Callable[[], None], enters: bool, ends: bool
    ) -> None:
        """Walk a loop twice over, which is enough for three values a name."""
        breaks: list[State | None] = []
        with self.maybe():
            before = self._copy()
            after: State | None = None if enters else before
            for _ in range(2):
                continues: list[State | None] = []
                self.loops.append((breaks, continues))
                head()
                self.block(node.body)
                self.loops.pop()
                self.state = join(self.state, *continues)
                after = join(after, self.state)
                self.state = join(before, self.state)
            self.state = after if ends else None
            self.block(node.orelse)
            self.state = join(self.state, *breaks)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        self._items(node.items, node.body)

    _asyncwith = _with

    def _items(self, items: Sequence[ast.withitem], body: Sequence[ast.stmt]) -> None:
        """Walk the managers of a `with` and its body; one that swallows errors does so for all that follows it."""
        if not items:
            return self.block(body)
        item, *rest = items
        self.value(item.context_expr)
        if not self._may_suppress(item.context_expr):
            return self._inside(item, rest, body)
        with self._watch() as seen, self.maybe():
            self._inside(item, rest, body)
        self.state = join(self.state, *seen)
        return None

    def _inside(self, item: ast.withitem, rest: Sequence[ast.withitem], body: Sequence[ast.stmt]) -> None:
        if item.optional_vars is not None:
            self.target(item.optional_vars)
        self._items(rest, body)

    def _may_suppress(self, manager: ast.expr) -> bool:
        node = manager.func if isinstance(manager, ast.Call) else manager
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        return name in SUPPRESSES or name in self.known.suppressing

    def _try(self, node: ast.Try) -> None:
        jumps = self.loops[-1] if self.loops else ([], [])
        marks = [len(states) for states in jumps]
        with self.maybe():
            with self._watch() as seen:
                self.block(node.body)
                self._note()
            failed = join(*seen)
            with self._watch() as later:
                self.block(node.orelse)
                ends = [self.state]
                for handler in node.handlers:
                    self.state = dict(failed) if failed is not None else None
                    self._handler(handler)
                    ends.append(self.state)
        if node.finalbody:
            self._finally(node, join(*ends), [*seen, *later])
            for states, mark in zip(jumps, marks, strict=True):
                self._leave_through(node, states, mark)
        else:
            self.state = join(*ends)

    _trystar = _try

    def _finally(self, node: ast.Try, met: State | None, seen: Sequence[State | None]) -> None:
        # Run it once for every state that an error could leave, for what it reads; go on from the good ones.
        self.state = join(met, *seen)
        with self.maybe():
            self.block(node.finalbody)
        self.state = met
        if met is not None:
            self.block(node.finalbody)

    def _leave_through(self, node: ast.Try, states: list[State | None], mark: int) -> None:
        """A `break` or `continue` inside a `try` runs its `finally` on the way out."""
        if len(states) == mark:
            return
        good = self.state
        self.state = join(*states[mark:])
        del states[mark:]
        with self.maybe():
            self.block(node.finalbody)
        states.append(self.state)
        self.state = good

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
        start, ends = self.state, []
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
                ends.append(self.state)
        self.state = join(*ends) if complete else join(start, *ends)


def _irrefutable(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None
