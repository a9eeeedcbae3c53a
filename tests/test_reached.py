"""Nothing is generated that nothing uses: every function and class of a project is named somewhere else in it."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from nb2prod.config import Config
from nb2prod.model import Project
from nb2prod.notebook import read
from nb2prod.pipeline import convert

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notebooks"
NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
# Entered from outside: by the console script, by whoever uses the package, by pydantic.
ENTRIES = {"main", "run", "settings_customise_sources"}
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def defined(tree: ast.Module) -> Iterator[str]:
    """The functions, methods and classes of a module; decorated ones may be reached through their decorator."""
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS) and not node.name.startswith("__"):
            hooks = [
                d for d in getattr(node, "decorator_list", ()) if isinstance(d, ast.Call) and "app" in ast.unparse(d)
            ]
            if not hooks:
                yield node.name


def named(tree: ast.Module) -> Iterator[str]:
    """Every name that a module uses, in code or in an annotation that is a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)) if text.isidentifier():
                yield text


def unreached(project: Project) -> set[str]:
    """What the package defines and never names."""
    trees = [
        ast.parse(file.text) for file in project.files if file.path.startswith("src/") and file.path.endswith(".py")
    ]
    uses = Counter(name for tree in trees for name in named(tree))
    return {name for tree in trees for name in defined(tree) if name not in uses} - ENTRIES


@pytest.mark.parametrize("profile", ["library", "batch", "service"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_generated_that_nothing_uses(name: str, profile: Literal["library", "batch", "service"]) -> None:
    path = str(FIXTURES / name / f"{name}.ipynb")
    cells = [cell.tree for cell in read(path).code if cell.tree]
    author = {name for tree in cells for name in defined(tree)}
    assert unreached(convert(path, Config(project_profile=profile)).project) - author == set()
