"""Every node of the code, sorted by type, and what is around it: one walk for everyone who asks."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping

from nb2prod.model.facts import Nodes

# Fields that never hold a node; imports and `global` are read from their statements.
BARREN = frozenset(("ctx", "op", "ops", "id", "attr", "arg", "names", "module", "type_comment", "type_ignores", "kind"))
IMPORTS = (ast.Import, ast.ImportFrom)
# Expressions with a scope of their own.
INNER = frozenset((ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp))


def _fields() -> dict[type[ast.AST], tuple[str, ...]]:
    """For each node type, last first, the fields that may hold nodes."""
    types = [t for t in vars(ast).values() if isinstance(t, type) and issubclass(t, ast.AST)]
    leaves = (ast.Constant, ast.Name, ast.Pass)
    fields = {
        t: tuple(f for f in reversed(t._fields) if f not in BARREN or (t, f) == (ast.arguments, "arg")) for t in types
    }
    return fields | dict.fromkeys(leaves, ())


FIELDS = _fields()
FORWARD = {kind: tuple(reversed(fields)) for kind, fields in FIELDS.items()}


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes that a node holds, in the order of the text, but for contexts, operators and the names in imports."""
    found: list[ast.AST] = []
    for field in FORWARD[node.__class__]:
        value = getattr(node, field)
        if value.__class__ is list:
            found += [child for child in value if child.__class__ in FIELDS]
        elif value.__class__ in FIELDS:
            found.append(value)
    return found


def within(nodes: Iterable[ast.AST]) -> list[ast.AST]:
    """Some nodes and all that they hold, nearest first."""
    found = list(nodes)
    for node in found:  # it grows while it is gone through
        found += children(node)
    return found


def alike(first: object, second: object) -> bool:
    """Whether two expressions are the same but for blanks, and for whether they are read or set."""
    if first.__class__ is not second.__class__:
        return False
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(alike, first, second))
    if not isinstance(first, ast.AST):
        return first == second
    fields = (field for field in first._fields if field != "ctx")
    return all(alike(getattr(first, field, None), getattr(second, field, None)) for field in fields)


def bound_in(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that some code binds in its own scope; `:=`, `del` and patterns are not looked into."""
    found: set[str] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            if node.ctx.__class__ is ast.Store:
                found.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, IMPORTS):
            found.update(imported(node))
        elif node.__class__ not in INNER:
            stack += children(node)
    return found - {"*"}


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The names that an import statement binds; "*" for a star import."""
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    return [alias.asname or alias.name for alias in node.names]


def nodes_of(trees: Iterable[ast.Module]) -> Nodes:
    """The nodes of some cells; iterative, so that depth does no harm."""
    by_type: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
    around: dict[ast.AST, ast.AST] = {}
    spans: dict[ast.AST, tuple[int, int]] = {}
    names = by_type[ast.Name]
    for tree in trees:
        by_type[ast.Module].append(tree)
        for statement in tree.body:
            around[statement] = tree
            first = len(names)
            _walk(statement, by_type, around)
            spans[statement] = first, len(names)
    return Nodes(by_type, around, spans)


def top_of(node: ast.AST, around: Mapping[ast.AST, ast.AST]) -> ast.AST:
    """The top-level statement that a node belongs to."""
    while (outer := around[node]).__class__ is not ast.Module:
        node = outer
    return node


def imports_of(nodes: Nodes) -> list[ast.Import | ast.ImportFrom]:
    """The imports in the order of the text."""
    numbers = {statement: number for number, statement in enumerate(nodes.names)}
    found = [node for kind in IMPORTS for node in nodes.by_type.get(kind, ()) if isinstance(node, IMPORTS)]
    return sorted(found, key=lambda node: (numbers[top_of(node, nodes.around)], node.lineno))


def _walk(statement: ast.stmt, by_type: dict[type[ast.AST], list[ast.AST]], around: dict[ast.AST, ast.AST]) -> None:
    """Sort the nodes of a statement by type, in the order of the text, and note what is around each."""
    fields = FIELDS
    stack: list[ast.AST] = [statement]
    pop, push = stack.pop, stack.append
    while stack:
        node = pop()
        kind = node.__class__
        by_type[kind].append(node)
        for field in fields[kind]:
            value = getattr(node, field)
            if value.__class__ is list:
                for child in reversed(value):
                    if child.__class__ in fields:
                        around[child] = node
                        push(child)
            elif value.__class__ in fields:
                around[value] = node
                push(value)
