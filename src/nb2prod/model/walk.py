"""One walk over the code of a notebook, for everyone who asks: every node, what is around it, and what has which name.

The kinds of nodes that code is made of have methods of their own, the others are looked through field by field. It
recurses: no tree that was read is nested more deeply than `notebook.structure` lets through.
"""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from nb2prod.model.facts import Nodes
from nb2prod.model.nodes import FORWARD


def nodes_of(trees: Iterable[ast.Module]) -> Nodes:
    """The nodes of some cells."""
    walk = Walk()
    for tree in trees:
        walk.by_type[ast.Module].append(tree)
        for statement in tree.body:
            walk.around[statement] = tree
            walk.top(statement)
    walk.visit.clear()  # what points at itself would stay, since no garbage is collected in a lint
    return walk.nodes


class Walk:
    """Sorts the nodes by type and by name as it comes to them: in the order of the text."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self.around: dict[ast.AST, ast.AST] = {}
        self.by_type: dict[type[ast.AST], list[Any]] = defaultdict(list)
        self.nodes = Nodes(self.by_type, self.around)
        self.all_names: list[ast.Name] = self.by_type[ast.Name]
        self.constants, self.calls = self.by_type[ast.Constant], self.by_type[ast.Call]
        self.expressions, self.assignments = self.by_type[ast.Expr], self.by_type[ast.Assign]
        self.all_attributes, self.all_keywords = self.by_type[ast.Attribute], self.by_type[ast.keyword]
        self.reads: set[str] = set()
        self.binds: set[str] = set()
        visit: dict[type[ast.AST], Callable[[Any], None]] = dict.fromkeys(FORWARD, self.other)
        visit |= {ast.Name: self.name, ast.Constant: self.constant, ast.Attribute: self.attribute, ast.Call: self.call}
        visit |= {ast.keyword: self.keyword, ast.Expr: self.expression, ast.Assign: self.assign}
        visit |= {ast.Import: self.imported, ast.ImportFrom: self.imported}
        self.visit = visit

    def top(self, statement: ast.stmt) -> None:
        """A statement that stands in nothing else."""
        first = len(self.all_names)
        self.reads, self.binds = set(), set()
        self.visit[statement.__class__](statement)
        self.nodes.names[statement] = first, len(self.all_names), self.reads, self.binds

    def name(self, node: ast.Name) -> None:
        """A name that is read or bound; that is unbound is taken as read."""
        self.all_names.append(node)
        self.nodes.named[node.id].append(node)
        (self.binds if node.ctx.__class__ is ast.Store else self.reads).add(node.id)

    def constant(self, node: ast.Constant) -> None:
        """A literal."""
        self.constants.append(node)
        self.nodes.literals[node.value.__class__].append(node)

    def attribute(self, node: ast.Attribute) -> None:
        """An attribute of something."""
        self.all_attributes.append(node)
        self.nodes.attributes[node.attr].append(node)
        value = node.value
        self.around[value] = node
        self.visit[value.__class__](value)

    def call(self, node: ast.Call) -> None:
        """A call, by the name that is called and by what it is called on."""
        self.calls.append(node)
        around, visit, function = self.around, self.visit, node.func
        around[function] = node
        kind = function.__class__
        if kind is ast.Attribute:
            self.nodes.methods[function.attr].append(node)  # type: ignore[attr-defined]  # an Attribute
        elif kind is ast.Name:
            self.nodes.functions[function.id].append(node)  # type: ignore[attr-defined]  # a Name
        visit[kind](function)
        for argument in node.args:
            around[argument] = node
            visit[argument.__class__](argument)
        for passed in node.keywords:
            around[passed] = node
            self.keyword(passed)

    def keyword(self, node: ast.keyword) -> None:
        """An argument that is passed by its name; `**` has none."""
        self.all_keywords.append(node)
        self.nodes.keywords[node.arg or ""].append(node)
        value = node.value
        self.around[value] = node
        self.visit[value.__class__](value)

    def expression(self, node: ast.Expr) -> None:
        """An expression that is a statement."""
        self.expressions.append(node)
        value = node.value
        self.around[value] = node
        self.visit[value.__class__](value)

    def assign(self, node: ast.Assign) -> None:
        """An assignment."""
        self.assignments.append(node)
        around, visit = self.around, self.visit
        for part in (*node.targets, node.value):
            around[part] = node
            visit[part.__class__](part)

    def imported(self, node: ast.Import | ast.ImportFrom) -> None:
        """An import, of whichever kind."""
        self.by_type[node.__class__].append(node)
        self.nodes.imports.append(node)

    def other(self, node: ast.AST) -> None:
        """A node of any other kind."""
        kind = node.__class__
        self.by_type[kind].append(node)
        around, visit = self.around, self.visit
        for field in FORWARD[kind]:
            value = getattr(node, field)
            if value.__class__ is list:
                for part in value:
                    if part.__class__ in visit:
                        around[part] = node
                        visit[part.__class__](part)
            elif value.__class__ in visit:
                around[value] = node
                visit[value.__class__](value)
