"""What statements bind, path by path: the type of a name holds on every path that leads there."""

import ast
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from nb2prod.analysis import knowledge
from nb2prod.analysis.assignments import Assignments
from nb2prod.analysis.environment import flat
from nb2prod.analysis.narrowing import narrowed
from nb2prod.analysis.own import ends
from nb2prod.analysis.types import element, split, unify, unify_all

# What `with` binds, where that is not the object itself.
ENTERED = {
    "tempfile.TemporaryDirectory": "str",
    "warnings.catch_warnings": "",
    "contextlib.suppress": "None",
    "contextlib.redirect_stdout": "",
}
ITSELF = (
    "typing.IO",
    "zipfile.ZipFile",
    "sqlite3.Connection",
    "pandas.ExcelWriter",
    "pandas.HDFStore",
    "requests.Session",
)
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
ROUNDS = 3


class Statements(Assignments):
    """The part of the inference that deals with statements."""

    # the types that names are given while somebody watches: in loops and in `try`
    watches: list[dict[str, str]]
    returned: list[str]
    yielded: list[str]

    @abstractmethod
    def define(self, node: DEFINITIONS) -> None:
        """A function or class is defined."""

    def bind(self, name: str, kind: str) -> None:
        """A name now has a value of a type."""
        super().bind(name, kind)
        for watch in self.watches:
            watch[name] = unify(watch[name], kind) if name in watch else kind

    def suite(self, body: Iterable[ast.stmt]) -> None:
        """Take over what statements say, in their order."""
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        """Take over what one statement says."""
        match node:
            case ast.Assign(targets=targets, value=value):
                kind = self.kind(value)
                for target in targets:
                    self.assign(target, kind)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                kind = self.kind(value)
                if value is not None:
                    self.assign(target, kind or self.annotated(annotation))
            case ast.AugAssign(target=target, op=op, value=value):
                self._augmented(target, op, value)
            case ast.Expr(value=value):
                self._yielded(value)
                self.kind(value)
            case ast.Return(value=value):
                self.returned.append(self.kind(value) if value is not None else "None")
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self.define(node)
            case ast.Delete(targets=targets):
                self._deleted(targets)
            case _:
                self._compound(node)

    def _compound(self, node: ast.stmt) -> None:
        held = len(self.aside)
        self._paths(node)
        del self.aside[held:]  # the paths have met

    def _paths(self, node: ast.stmt) -> None:
        match node:
            case ast.For(target=target, iter=iterable) | ast.AsyncFor(target=target, iter=iterable):
                self._loop(node, target, iterable if isinstance(node, ast.For) else None)
            case ast.While():
                self._loop(node, None, None)
            case ast.If(test=test):
                self.kind(test)
                self._branches(
                    [(node.body, narrowed(test, True, self.env)), (node.orelse, narrowed(test, False, self.env))]
                )
            case ast.With(items=items) | ast.AsyncWith(items=items):
                for entry in items:
                    kind = self.kind(entry.context_expr)
                    if entry.optional_vars is not None:
                        self.assign(entry.optional_vars, self._entered(kind) if isinstance(node, ast.With) else "")
                start = self._snapshot()
                with self._watched() as watch:
                    self._try(node.body, [], [], [])
                if any(self._may_swallow(entry.context_expr) for entry in items):
                    self._join(watch, start)
            case ast.Try() | ast.TryStar():
                self._try(node.body, node.handlers, node.orelse, node.finalbody)
            case ast.Match(subject=subject, cases=cases):
                self.kind(subject)
                for case in cases:
                    for part in ast.walk(case.pattern):
                        name = getattr(part, "name", None) or getattr(part, "rest", None)
                        if isinstance(name, str):
                            self.bind(name, "")
                self._branches([*((case.body, {}) for case in cases), ([], {})])
            case ast.Import(names=names):
                self._imported_names(alias.asname or alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(names=names):
                self._imported_names(alias.asname or alias.name for alias in names)
            case _:
                self.kinds(part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))

    def _may_swallow(self, manager: ast.expr) -> bool:
        """Whether a context manager may end its block early: one of the notebook's own, or one made for it."""
        made = manager.func if isinstance(manager, ast.Call) else manager
        return self.qualified(made) == "contextlib.suppress" or (isinstance(made, ast.Name) and made.id in self.env)

    def _imported_names(self, names: Iterable[str]) -> None:
        for name in names:
            self.imports.add(name)
            for scope in self.env.maps:
                scope.pop(name, None)
        self.found.clear()

    @abstractmethod
    def annotated(self, annotation: ast.expr | None) -> str:
        """The type that an annotation names, "" if that is none or unknown."""

    def _yielded(self, value: ast.expr) -> None:
        if isinstance(value, ast.Yield):
            self.yielded.append(self.kind(value.value) if value.value is not None else "None")
        elif isinstance(value, ast.YieldFrom):
            self.yielded.append(element(self.kind(value.value)))

    def _entered(self, kind: str) -> str:
        name = split(kind)[0]
        if name in ENTERED:
            return ENTERED[name]
        if name.startswith(ITSELF):
            return kind
        found = knowledge.returned(name, "__enter__") if kind else ""
        return kind if found == "self" else found

    def _deleted(self, targets: list[ast.expr]) -> None:
        for target in targets:
            if isinstance(target, ast.Name):
                self.bind(target.id, "")
                self.env.pop(target.id, None)
            else:
                self.kinds(part for part in ast.iter_child_nodes(target) if isinstance(part, ast.expr))

    # paths

    @contextmanager
    def _watched(self) -> Iterator[dict[str, str]]:
        watch: dict[str, str] = {}
        self.watches.append(watch)
        self.aside.append(watch)
        try:
            yield watch
        finally:
            # by identity: two watches may have seen the same
            self.watches = [each for each in self.watches if each is not watch]

    def _snapshot(self) -> dict[str, str]:
        """The types as they are now, kept up to date about containers that change."""
        start = flat(self.env)
        self.aside.append(start)
        return start

    def _branches(self, suites: list[tuple[list[ast.stmt], dict[str, str]]]) -> None:
        start, paths = self.env, []
        for body, changed in suites:
            if "Never" in changed.values():
                continue
            self.env = start.new_child(dict(changed))
            self.found.clear()
            self.suite(body)
            self.aside.append(self.env.maps[0])
            if not ends(body):
                paths.append(self.env)
        self.env = start
        # A name that only some paths bind has that type where it is bound at all.
        for name in {name for env in paths for name in env.maps[0]}:
            self.env[name] = unify_all(env[name] for env in paths if name in env)
        self.found.clear()

    def _join(self, watch: dict[str, str], start: dict[str, str]) -> None:
        """Afterwards a name has what it had before or anything that it was given meanwhile."""
        for name, kind in watch.items():
            self.env[name] = unify(start[name], kind) if name in start else kind
        self.found.clear()

    def _loop(
        self, node: ast.For | ast.AsyncFor | ast.While, target: ast.expr | None, iterable: ast.expr | None
    ) -> None:
        item = self.iterated(iterable) if iterable is not None else ""
        start = self._snapshot()
        for turn in range(ROUNDS):
            before = flat(self.env)
            with self._watched() as watch:
                if target is not None:
                    self.assign(target, item)
                elif isinstance(node, ast.While):
                    self.kind(node.test)
                self.suite(node.body)
            for name in watch:
                if turn == ROUNDS - 1 and name in before and unify(before[name], watch[name]) != before[name]:
                    watch[name] = ""
            self._join(watch, start)
            if flat(self.env) == before:
                break
            if iterable is not None:
                item = self.iterated(iterable)
        self.suite(node.orelse)

    def _try(
        self, body: list[ast.stmt], handlers: list[ast.ExceptHandler], orelse: list[ast.stmt], final: list[ast.stmt]
    ) -> None:
        start = self._snapshot()
        with self._watched() as watch:
            self.suite(body)
        if handlers:
            done, outer = flat(self.env), self.env
            suites = []
            for handler in handlers:
                raised = {name: unify(start[name], kind) if name in start else kind for name, kind in watch.items()}
                if handler.name:
                    raised[handler.name] = self._caught(handler.type)
                suites.append((handler.body, raised))
            self.env = outer.new_child(done)
            self._branches([(orelse, {}), *suites] if not ends(body) else suites)
            after = flat(self.env)
            self.env = outer
            now = flat(outer)
            self.env.update({name: kind for name, kind in after.items() if now.get(name) != kind})
        else:
            self.suite(orelse)
        self.found.clear()
        if final:
            self._join(watch if handlers and ends(body) else {}, start)
            self.suite(final)

    def _caught(self, kind: ast.expr | None) -> str:
        found = self.qualified(kind) if kind is not None else ""
        return found if found and "." not in found and found not in self.env else "Exception" if found == "" else ""
