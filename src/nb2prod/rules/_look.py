"""Where a name that is read has its value from, seen from the place of reading: enough for nearly all names.

What this does not explain may still be right; that is for the whole analysis of the statement to say.
"""

import ast
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Literal

from nb2prod.model.nodes import FIELDS, bound_in
from nb2prod.model.survey import Glance
from nb2prod.rules._tree import SCOPES, parameters

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Statements that bind what they bind whenever they run.
DEFINITE = (ast.Assign, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
SUITES = ("body", "orelse", "finalbody")
# What has a scope or statements of its own: all others bind nothing for what is in them.
HOLDING = {*SCOPES, *COMPREHENSIONS, ast.comprehension} | {
    kind for kind, fields in FIELDS.items() if not {*SUITES, "handlers", "cases"}.isdisjoint(fields)
}


class Look:
    """Looks outwards from the places where names are read; `everywhere` are the names that the notebook binds."""

    def __init__(self, context: "Context", everywhere: Collection[str]) -> None:
        """Look around in one notebook."""
        self.parents, self.nodes, self.everywhere = context.parents, context.analysis.nodes, everywhere
        self.facts = context.analysis.facts
        self._own: dict[ast.AST, set[str]] = {}

    def explains(self, statement: Glance, names: Collection[str]) -> bool:
        """Whether each of some names is bound inside a statement, for certain, wherever the statement reads it."""
        if statement.intricate:
            return False
        seen = ((node.id, self._seen(node)) for node in self._reads(statement, names))
        return all(where == "bound" or (where == "later" and name in self.everywhere) for name, where in seen)

    def free_in(self, statement: Glance, names: Collection[str]) -> frozenset[str]:
        """Those of some names that a function takes from outside when it runs."""
        maybe = frozenset(names) & statement.reads
        if maybe and statement.intricate:
            return maybe & self.facts(statement.node).deferred
        return frozenset(node.id for node in self._reads(statement, maybe) if self._seen(node) == "later")

    def _reads(self, statement: Glance, names: Collection[str]) -> Iterator[ast.Name]:
        """Where a statement reads some names."""
        first, last, _, _ = self.nodes.names[statement.node]
        here = self.nodes.by_type[ast.Name][first:last] if names else ()
        reads = (node for node in here if isinstance(node, ast.Name) and node.id in names)
        return (n for n in reads if isinstance(n.ctx, ast.Load) or isinstance(self.parents[n], ast.AugAssign))

    def _seen(self, read: ast.Name) -> Literal["bound", "later", "now"]:
        """Where the value of a name that is read comes from: what is around or above in the same suite, or outside."""
        name, node, later, nested = read.id, self.parents[read], False, False
        inner: ast.AST = read
        while node.__class__ is not ast.Module:
            if node.__class__ not in HOLDING:
                inner, node = node, self.parents[node]
                continue
            if isinstance(node, SCOPES) and _in_body(inner, node):
                if name in self._locals(node):
                    return "bound"
                later |= not isinstance(node, ast.Lambda)  # a callee may use up a lambda at once
                nested = True  # what is in a class does not see the names of its body
            elif isinstance(node, COMPREHENSIONS):
                known = node.generators[: node.generators.index(inner)] if inner in node.generators else node.generators
                if any(name in self._bound(part.target) for part in known):
                    return "bound"
                nested |= inner is not node.generators[0]
            elif isinstance(node, ast.comprehension):
                if inner is not node.iter and name in self._bound(node.target):
                    return "bound"
            elif not (nested and isinstance(node, ast.ClassDef)) and self._above(name, inner, node):
                return "bound"
            inner, node = node, self.parents[node]
        return "later" if later else "now"

    def _locals(self, function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
        """The names of a function's own."""
        if function not in self._own:
            body = [] if isinstance(function, ast.Lambda) else function.body
            self._own[function] = parameters(function) | bound_in(body)
        return self._own[function]

    def _bound(self, node: ast.AST) -> set[str]:
        if node not in self._own:
            self._own[node] = bound_in([node])
        return self._own[node]

    def _above(self, name: str, statement: ast.AST, around: ast.AST) -> bool:
        return isinstance(statement, ast.stmt) and any(name in self._bound(part) for part in _before(statement, around))


def _in_body(inner: ast.AST, function: ast.AST) -> bool:
    """Whether a part of a function runs when it is called."""
    return inner is function.body if isinstance(function, ast.Lambda) else isinstance(inner, ast.stmt)


def _before(statement: ast.stmt, around: ast.AST) -> Iterator[ast.AST]:
    """What has bound its names, for certain, when a statement begins: the head around it, the simple statements above."""
    for name in SUITES:
        suite: object = getattr(around, name, None)
        if isinstance(suite, list) and statement in suite:
            above = suite[: suite.index(statement)]
            yield from (part for part in above if isinstance(part, DEFINITE))
            if name == "body" and isinstance(around, (ast.For, ast.AsyncFor)):
                yield around.target
            if isinstance(around, (ast.With, ast.AsyncWith)):
                yield from (item.optional_vars for item in around.items if item.optional_vars is not None)
