"""What a project defines and never names."""

import ast
from collections import Counter
from collections.abc import Iterator

from nb2prod.model import Project
from nb2prod.notebook import read

# Entered from outside: by the console script, by whoever uses the package, by pydantic.
ENTRIES = {"main", "run", "settings_customise_sources"}
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def unreached(project: Project, notebook: str) -> set[str]:
    """The functions, methods and classes that the package defines, and the notebook does not, and that nothing names."""
    trees = [
        ast.parse(file.text) for file in project.files if file.path.startswith("src/") and file.path.endswith(".py")
    ]
    author = {name for cell in read(notebook).code if cell.tree for name in _defined(cell.tree)}
    uses = Counter(name for tree in trees for name in _named(tree))
    return {name for tree in trees for name in _defined(tree) if name not in uses} - ENTRIES - author


def _defined(tree: ast.Module) -> Iterator[str]:
    """The functions, methods and classes of a module; decorated ones may be reached through their decorator."""
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS) and not node.name.startswith("__"):
            hooks = [
                d for d in getattr(node, "decorator_list", ()) if isinstance(d, ast.Call) and "app" in ast.unparse(d)
            ]
            if not hooks:
                yield node.name


def _named(tree: ast.Module) -> Iterator[str]:
    """Every name that a module uses, in code or in an annotation that is a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)) if text.isidentifier():
                yield text
