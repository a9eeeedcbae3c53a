"""What syntax trees are made of, and short ways through them."""

import ast
from collections.abc import Iterable, Mapping

# Fields that never hold a node; imports and `global` are read from their statements.
BARREN = frozenset(("ctx", "op", "ops", "id", "attr", "arg", "names", "module", "type_comment", "type_ignores", "kind"))
IMPORTS = (ast.Import, ast.ImportFrom)
_BODIES = ("body", "orelse")
# What may bind names in the scope in which it stands, and the fields in which it does.
BINDING: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Assign: ("targets",), ast.AugAssign: ("target",), ast.AnnAssign: ("target",),
    ast.For: ("target", *_BODIES), ast.AsyncFor: ("target", *_BODIES), ast.While: _BODIES, ast.If: _BODIES,
    ast.With: ("items", "body"), ast.AsyncWith: ("items", "body"), ast.withitem: ("optional_vars",),
    ast.Try: (*_BODIES, "handlers", "finalbody"), ast.TryStar: (*_BODIES, "handlers", "finalbody"),
    ast.ExceptHandler: ("body",), ast.Match: ("cases",), ast.match_case: ("body",),
    ast.Tuple: ("elts",), ast.List: ("elts",), ast.Starred: ("value",), ast.Module: ("body",),
}  # fmt: skip


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
        kind = node.__class__
        if kind is ast.Name:
            if node.ctx.__class__ is ast.Store:  # type: ignore[attr-defined]  # a Name
                found.add(node.id)  # type: ignore[attr-defined]
        elif kind in BINDING:
            for field in BINDING[kind]:
                value = getattr(node, field)
                if value.__class__ is list:
                    stack += value
                elif value is not None:
                    stack.append(value)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, IMPORTS):
            found.update(imported(node))
    return found - {"*"}


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The names that an import statement binds; "*" for a star import."""
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    return [alias.asname or alias.name for alias in node.names]


def top_of(node: ast.AST, around: Mapping[ast.AST, ast.AST]) -> ast.AST:
    """The top-level statement that a node belongs to."""
    while (outer := around[node]).__class__ is not ast.Module:
        node = outer
    return node


def root_name(node: ast.expr) -> str:
    """The variable at the left end of an expression, "" if there is none."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
