"""What a statement does to names: an abstract interpretation of structured control flow.

Each name is, at each point, as it was at entry, bound here, or unbound here; a point that several paths
reach holds the union. That is exact for Python's structured statements, so no graph is needed. The statements
that hold others are in `blocks`, expressions in `expressions`.
"""

import ast
from collections.abc import Iterable

from nb2prod.analysis.blocks import BOUND, UNBOUND, Blocks
from nb2prod.analysis.expressions import Known
from nb2prod.analysis.scopes import Scope, annotations, defaults, function_scope
from nb2prod.model.facts import Facts
from nb2prod.model.nodes import children, imported


def facts_of(statements: Iterable[ast.stmt], known: Known | None = None) -> Facts:
    """The facts of a run of statements; `known` is what the rest of the notebook says about its calls."""
    flow = Flow(known or Known())
    for statement in statements:
        flow.statement(statement)
    return flow.facts()


class Flow(Blocks):
    """The walk over one run of statements."""

    def facts(self) -> Facts:
        """The facts of all that was walked."""
        final = self.state if self.state is not None else {}
        kills = frozenset(name for name, mask in final.items() if mask & UNBOUND)
        bound = frozenset(name for name, mask in final.items() if mask & BOUND)
        return Facts(
            exposed=frozenset(self.exposed),
            reads=frozenset(self.reads),
            sure_reads=frozenset(self.sure),
            must=frozenset(name for name, mask in final.items() if mask == BOUND),
            # Code that no path arrives at binds too: in a function it makes its names local.
            may=bound | (self.touched - kills),
            kills=kills,
            deferred=frozenset(self.deferred),
            deferred_writes=frozenset(self.deferred_writes),
            class_bound=frozenset(self.class_bound),
            strings=frozenset(self.strings),
            nested_strings=frozenset(self.nested_strings),
        )

    def _assign(self, node: ast.Assign) -> None:
        self.value(node.value)
        for target in node.targets:
            self.target(target)

    def _augassign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id)
        else:
            self.values(children(node.target))
        self.value(node.value)
        if isinstance(node.target, ast.Name):
            self.bind(node.target.id)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.value(node.value)
            self.target(node.target)
        elif not isinstance(node.target, ast.Name):
            self.values(children(node.target))
        self._annotations([node.annotation])

    def _annotations(self, nodes: Iterable[ast.expr]) -> None:
        """Annotations may be read or not: a future import or a later Python puts them off."""
        with self.maybe():
            self.values(nodes)

    def _assert(self, node: ast.Assert) -> None:
        self.value(node.test)
        if node.msg is not None:
            message = node.msg
            self.branch(lambda: self.value(message), lambda: None)

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
                self.values(children(target))

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
        self._annotations(annotations(node))
        self.defer(function_scope(node, self.owner), node.body)
        self.bind(node.name)

    _asyncfunctiondef = _functiondef

    def _classdef(self, node: ast.ClassDef) -> None:
        self.values(node.decorator_list)
        self.values(node.bases)
        self.values(keyword.value for keyword in node.keywords)
        self._class_body(node)
        self.bind(node.name)

    def _class_body(self, node: ast.ClassDef) -> None:
        """Walk a class body: it runs now, in a scope of its own that nothing inside it sees."""
        inner = Flow(self.known, owner=node.name)
        scope = Scope(owner=node.name).visit(node.body)
        inner.declared = scope.declared
        inner.block([part for part in node.body if not isinstance(part, ast.Global)])
        for name in inner.exposed | inner.around:
            self._read_inside(name, name in inner.sure)
        self.class_bound |= (inner.exposed & scope.bound) | inner.class_bound
        self.deferred |= inner.deferred
        self.deferred_writes |= inner.deferred_writes | (scope.bound & scope.declared)
        self.strings |= inner.strings
        self.nested_strings |= inner.nested_strings | inner.strings

    def _read_inside(self, name: str, sure: bool) -> None:
        if sure:
            return self.read(name)
        with self.maybe():
            return self.read(name)
