"""What a type checker is told to let pass in the notebook's own statements: only what they give rise to.

Nobody wrote them for it, and the types of libraries are stricter than the libraries: `plt.axis([0, 1, 0, 1])` is "no
overload" to it. What is wrong with the functions' own signatures, results and names is never let pass.
"""

import ast
import sys
from collections.abc import Iterator

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
# What it says of the use of a library, and the nodes that it says it about.
LIBRARY: dict[str, tuple[type[ast.AST], ...]] = {
    "arg-type": (ast.Call,),
    "attr-defined": (ast.Attribute,),
    "call-overload": (ast.Call, ast.Subscript),
    "index": (ast.Subscript,),
    "misc": (ast.DictComp, ast.Lambda, ast.Starred),
    "operator": (ast.BinOp, ast.UnaryOp, ast.Compare, ast.AugAssign, ast.BoolOp),
    "str-bytes-safe": (ast.JoinedStr,),
    "union-attr": (ast.Attribute,),
    "var-annotated": (ast.Assign,),
}
# Libraries whose functions answer with None where nothing is found, which notebooks do not ask about.
FINDERS = frozenset({"bs4", "lxml", "re", "shutil", "xml"})
# What binds names that no statement binds.
BINDERS = frozenset({"builtins", "eval", "exec"})
NAMED = ast.Name | ast.Attribute
# Keywords that pandas knew once, or knows of some objects alone.
GONE = frozenset({"axis", "closed", "copy", "date_parser", "level", "line_terminator", "method", "squeeze"})
# Methods of texts in a column that make lists of them: `.str.split().str.len()` is of no type that the stubs know.
LISTS = frozenset({"findall", "partition", "rpartition", "rsplit", "split"})
# Collections that are empty at first: of what, their type does not say.
EMPTY = frozenset({"defaultdict", "deque", "dict", "list", "set"})


def lenient_codes(text: str, made: frozenset[str], undefined: bool = False) -> list[str]:
    """The codes of the errors to let pass; `made` are functions and classes of ours.

    `undefined` says that the notebook reads names that nobody binds, which the report tells.
    """
    body = ast.parse(text).body
    nodes = [node for part in body for node in _written(part, made)]
    kinds = {type(node) for node in nodes}
    modules = {name.split(".")[0] for node in [*body, *nodes] for name in _imported(node)}
    foreign = bool(modules - sys.stdlib_module_names)
    names = {node.id if isinstance(node, ast.Name) else node.attr for node in nodes if isinstance(node, NAMED)}
    keywords = {node.arg for node in nodes if isinstance(node, ast.keyword)}
    found = {
        "attr-defined": any(isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) for node in nodes),
        "call-arg": foreign and bool(keywords & GONE),
        "list-item": foreign and bool(keywords & GONE),
        "misc": foreign and "str" in names and bool(names & LISTS),
        "name-defined": undefined or bool(names & BINDERS),
        "no-untyped-def": any(isinstance(node, FUNCTION) for node in nodes),
        "union-attr": ast.Attribute in kinds and bool(modules & FINDERS or "__doc__" in names),
        "valid-type": any(isinstance(node, ast.arg) and node.annotation for node in nodes),
        "var-annotated": any(isinstance(node, ast.Assign) and _is_empty(node.value) for node in nodes),
    }
    used = {code for code, causes in LIBRARY.items() if foreign and kinds & set(causes)}
    return sorted(used | {code for code, needed in found.items() if needed})


def _imported(node: ast.AST) -> list[str]:
    """The modules that a node imports from."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
    return []


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in EMPTY
        case ast.Tuple(elts=parts):
            return any(map(_is_empty, parts))
    return False


def _written(part: ast.stmt, made: frozenset[str]) -> Iterator[ast.AST]:
    """The nodes of a module's part that the author has written."""
    if isinstance(part, FUNCTION) and part.name in made:
        yield from (node for statement in part.body for node in ast.walk(statement))
    elif (isinstance(part, FUNCTION | ast.ClassDef) and part.name not in made) or isinstance(
        part, ast.Assign | ast.AnnAssign
    ):
        yield from ast.walk(part)
