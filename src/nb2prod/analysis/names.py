"""Which names a statement reads and binds, at a glance: all that most rules ask of it."""

import ast
from collections.abc import Callable, Iterator
from itertools import chain

from nb2prod.model.facts import NOTHING, Facts, Nodes
from nb2prod.model.nodes import bound_in, top_of
from nb2prod.model.notebook import Notebook
from nb2prod.model.survey import Glance

NOT_RUN = "skip-execution"
# What binds or unbinds names in ways that take more than a look.
INTRICATE = (ast.NamedExpr, ast.Delete, ast.Global, ast.Nonlocal, ast.Match)
# What has a scope of its own, or binds names that are no nodes.
NESTING = (
    *(ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom),
)


def glances(notebook: Notebook, nodes: Nodes, facts: Callable[[ast.stmt], Facts]) -> Iterator[Glance]:
    """Every top-level statement of the cells that run, with the names in it."""
    intricate, nesting = _intricate(nodes), _tops(nodes, NESTING)
    augmented = _augmented(nodes)
    number = 0
    for cell in notebook.code:
        for node in body_of(cell.tree, cell.tags):
            _, _, reads, binds = nodes.names[node]
            if node in augmented:
                reads.update(augmented[node])
            if node in intricate:
                found = facts(node)
                reads.update(found.reads, found.exposed, found.deferred)
                yield Glance(number, cell.index, node, reads, found.may, found.deferred_writes, True)
            else:
                bound = bound_in([node]) if node in nesting else binds
                yield Glance(number, cell.index, node, reads, bound, NOTHING, False)
            number += 1


def body_of(tree: ast.Module | None, tags: frozenset[str]) -> list[ast.stmt]:
    """The statements of a cell that runs."""
    return [] if tree is None or NOT_RUN in tags else tree.body


def _intricate(nodes: Nodes) -> set[ast.AST]:
    """The top-level statements that bind or unbind names in ways that take more than a look."""
    handlers = (n for n in nodes.by_type.get(ast.ExceptHandler, ()) if isinstance(n, ast.ExceptHandler) and n.name)
    bare = (n for n in nodes.by_type.get(ast.AnnAssign, ()) if isinstance(n, ast.AnnAssign) and n.value is None)
    return _tops(nodes, INTRICATE) | _mangling(nodes) | {top_of(node, nodes.around) for node in chain(handlers, bare)}


def _mangling(nodes: Nodes) -> set[ast.AST]:
    """The top-level statements with a class in which names stand for others: `__x` in the class `K` is `_K__x`."""
    names = nodes.by_type.get(ast.Name, [])
    spans = ((top, nodes.names[top]) for top in _tops(nodes, (ast.ClassDef,)))
    return {top for top, (first, last, _, _) in spans if any(name.id[:2] == "__" for name in names[first:last])}  # type: ignore[attr-defined]  # a Name


def _tops(nodes: Nodes, kinds: tuple[type[ast.AST], ...]) -> set[ast.AST]:
    """The top-level statements that hold a node of some type."""
    return {top_of(node, nodes.around) for kind in kinds for node in nodes.by_type.get(kind, ())}


def _augmented(nodes: Nodes) -> dict[ast.AST, list[str]]:
    """The names that top-level statements read by adding to them: they look like names that are bound."""
    found: dict[ast.AST, list[str]] = {}
    for node in nodes.by_type.get(ast.AugAssign, ()):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.setdefault(top_of(node, nodes.around), []).append(node.target.id)
    return found
