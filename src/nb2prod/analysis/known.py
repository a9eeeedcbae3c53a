"""What the notebook as a whole says about the calls in it."""

import ast
from collections.abc import Iterable, Iterator, Mapping

from nb2prod.analysis.expressions import Known
from nb2prod.model.facts import Nodes

# Libraries whose `apply` and `map` run later.
LAZY = frozenset({"dask", "pyspark", "modin", "vaex", "ray", "apache_beam", "toolz", "polars", "concurrent"})


def known_of(origins: Mapping[str, str], nodes: Nodes) -> Known:
    """Its own context managers, functions and classes, and whether it has a library that puts calls off."""
    eager = not any(origin.split(".")[0] in LAZY for origin in origins.values())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    own = frozenset(node.name for kind in kinds for node in nodes.by_type.get(kind, ()) if isinstance(node, kinds))
    return Known(frozenset(_context_managers(nodes.by_type.get(ast.Module, ()))), eager, own)


def _context_managers(trees: Iterable[ast.AST]) -> Iterator[str]:
    """Names of the notebook's own context managers: what they do with an error is not looked into."""
    for node in (node for tree in trees if isinstance(tree, ast.Module) for node in tree.body):
        if isinstance(node, ast.ClassDef):
            yield from (node.name for part in node.body if getattr(part, "name", "") in {"__exit__", "__aexit__"})
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = {
                getattr(part, "attr", getattr(part, "id", "")) for d in node.decorator_list for part in ast.walk(d)
            }
            if names & {"contextmanager", "asynccontextmanager"}:
                yield node.name
