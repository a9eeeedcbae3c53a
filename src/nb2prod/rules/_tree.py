"""The tree of a notebook as the rules see it: what stands where, and in what."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

from nb2prod.model import Cell, Glance, Notebook, Survey
from nb2prod.rules._sources import Sources

Node = TypeVar("Node", bound=ast.AST)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Tree:
    """The nodes of one notebook."""

    def __init__(self, analysis: Survey) -> None:
        """See one analysis."""
        self.analysis = analysis
        self.notebook: Notebook = analysis.notebook
        self.code_cells = analysis.notebook.code
        self.sources = Sources()
        self.cells: dict[int, Cell] = {cell.index: cell for cell in self.notebook.cells}
        nodes = analysis.nodes
        self.by_type, self.parents, self.by_method = nodes.by_type, nodes.around, nodes.methods
        self.names, self.attributes, self.keywords, self.literals = (
            nodes.named, nodes.attributes, nodes.keywords, nodes.literals,
        )  # fmt: skip
        self._modules: dict[ast.AST, int] = {tree: index for index, tree in analysis.trees.items()}

    def nodes(self, kind: type[Node]) -> list[Node]:
        """Every node of a type, in the order of the text."""
        return self.by_type.get(kind, [])  # type: ignore[return-value]  # sorted by their own type

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node around a node; None for a cell's module."""
        return self.parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, innermost first."""
        around = self.parents.get(node)
        while around is not None:
            yield around
            around = self.parents.get(around)

    def within(self, node: ast.AST, kinds: type[ast.AST] | tuple[type[ast.AST], ...]) -> ast.AST | None:
        """The innermost node of some type around a node, or None."""
        return next((around for around in self.ancestors(node) if isinstance(around, kinds)), None)

    def top_level(self, node: ast.AST) -> bool:
        """Whether a node runs with its cell, not later in a function or class of its own."""
        later = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
        return self.within(node, later) is None

    def cell_of(self, node: ast.AST) -> Cell:
        """The cell that a node stands in."""
        while (around := self.parents.get(node)) is not None:
            node = around
        return self.cells[self._modules[node]]

    def simple_statement(self, node: ast.AST) -> ast.stmt | None:
        """The innermost statement that a node belongs to."""
        if isinstance(node, ast.stmt):
            return node
        found = self.within(node, ast.stmt)
        return found if isinstance(found, ast.stmt) else None

    def order(self, node: ast.AST) -> tuple[int, int, int]:
        """Where a node stands: smaller is earlier in the notebook."""
        return self.cell_of(node).index, getattr(node, "lineno", 0), getattr(node, "col_offset", 0)

    @cached_property
    def by_kind(self) -> dict[type[ast.stmt], list[Glance]]:
        """The top-level statements by their types, those of each in the order of the text."""
        found: dict[type[ast.stmt], list[Glance]] = defaultdict(list)
        for statement in self.analysis.statements:
            found[statement.node.__class__].append(statement)
        return found

    def tops(self, *kinds: type[ast.stmt]) -> list[Glance]:
        """The top-level statements of some types, in the order of the text."""
        found = [statement for kind in kinds for statement in self.by_kind.get(kind, ())]
        return sorted(found) if len(kinds) > 1 else found

    @cached_property
    def statements(self) -> dict[ast.AST, Glance]:
        """The statements by their nodes."""
        return {statement.node: statement for statement in self.analysis.statements}

    def statement(self, node: ast.AST) -> Glance | None:
        """The top-level statement that a node belongs to."""
        while (around := self.parents.get(node)) is not None and around not in self._modules:
            node = around
        return self.statements.get(node)


def parameters(scope: ast.AST) -> set[str]:
    """The names of a function's parameters."""
    if not isinstance(scope, SCOPES):
        return set()
    arguments = scope.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return {argument.arg for argument in every if argument is not None}
