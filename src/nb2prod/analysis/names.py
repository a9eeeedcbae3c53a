"""Which names a statement binds and which it needs: all that rules ask of it, at a glance where that is enough."""

import ast
from functools import lru_cache

from nb2prod.analysis.expressions import Known
from nb2prod.analysis.flow import facts_of
from nb2prod.analysis.scopes import imported
from nb2prod.model.facts import Facts, Nodes

# Statements that read all their names before they bind any.
PLAIN = frozenset((ast.Expr, ast.Assign, ast.AugAssign))


def names_of(node: ast.stmt, nodes: Nodes, known: Known) -> Facts:
    """The facts of a statement, without those about strings and about what is read on every path."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _plain(frozenset(), frozenset(imported(node)) - {"*"})
    if node.__class__ not in PLAIN or node in nodes.scoped:
        return facts_of([node], known)
    first, last = nodes.names[node]
    reads: set[str] = set()
    binds: set[str] = set()
    for name in nodes.by_type[ast.Name][first:last]:
        (reads if name.ctx.__class__ is ast.Load else binds).add(name.id)  # type: ignore[attr-defined]  # a Name
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        reads |= binds
    return _plain(frozenset(reads), frozenset(binds))


@lru_cache(maxsize=4096)
def _plain(reads: frozenset[str], binds: frozenset[str]) -> Facts:
    """The facts of a statement that reads first and binds then; many are equal."""
    return Facts(exposed=reads, reads=reads, must=binds, may=binds)
