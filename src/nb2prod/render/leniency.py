"""What a type checker is told to let pass in the notebook's own statements: only what they could give rise to."""

import ast
from collections.abc import Iterator

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
NESTED = (ast.For, ast.While, ast.If, ast.Try, ast.With)
# What a type checker says about calls of libraries in code that nobody wrote for it, and the nodes that it says it about.
CODES: dict[str, tuple[type[ast.AST], ...]] = {
    "arg-type": (ast.Call,),
    "assignment": (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.With, ast.Import, ast.ImportFrom),
    "attr-defined": (ast.Attribute, ast.ImportFrom),
    "call-arg": (ast.Call,),
    "call-overload": (ast.Call, ast.Subscript),
    "comparison-overlap": (ast.Compare,),
    "dict-item": (ast.Dict, ast.DictComp),
    "func-returns-value": (ast.Call,),
    "has-type": (ast.Global, ast.ClassDef, *NESTED),
    "index": (ast.Subscript,),
    "list-item": (ast.List, ast.Set, ast.Tuple, ast.ListComp),
    "method-assign": (ast.Attribute,),
    "misc": (ast.Call, ast.Lambda, ast.ClassDef, ast.Starred, ast.Tuple, ast.Delete),
    "name-defined": (ast.Global, ast.ClassDef, ast.Delete, ast.ImportFrom, *NESTED),
    "no-redef": (ast.ClassDef, ast.Import, ast.ImportFrom, *NESTED),
    "operator": (ast.BinOp, ast.UnaryOp, ast.Compare, ast.AugAssign, ast.BoolOp),
    "override": (ast.ClassDef,),
    "return-value": (ast.Return,),
    "str-bytes-safe": (ast.JoinedStr, ast.Mod),
    "type-var": (ast.Call, ast.BinOp),
    "union-attr": (ast.Attribute,),
    "used-before-def": (ast.ClassDef, *NESTED),
    "var-annotated": (ast.List, ast.Dict, ast.Set, ast.Call),
}
# About functions and classes of the author's own.
OWN = ("no-untyped-def", "return", "type-arg", "valid-type")
# About libraries that are not installed where the checker runs, or that have no types.
IMPORTED = ("import-not-found", "import-untyped")
BOUND = frozenset({"method-assign"})


def lenient_codes(text: str, made: frozenset[str]) -> list[str]:
    """The codes of errors that a module's statements could give rise to; `made` are functions and classes of ours."""
    body = ast.parse(text).body
    nodes = [node for part in body for node in _written(part, made)]
    kinds = {type(node) for node in nodes}
    stored = any(isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) for node in nodes)
    found = {code for code, causes in CODES.items() if kinds & set(causes) and (stored or code not in BOUND)}
    own = any(isinstance(node, FUNCTION | ast.ClassDef | ast.AnnAssign) for node in nodes)
    imported = any(isinstance(node, ast.Import | ast.ImportFrom) for node in [*body, *nodes])
    return sorted(found | set(OWN if own else ()) | set(IMPORTED if imported else ()))


def _written(part: ast.stmt, made: frozenset[str]) -> Iterator[ast.AST]:
    """The nodes of a module's part that the author has written."""
    if isinstance(part, FUNCTION) and part.name in made:
        yield from (node for statement in part.body for node in ast.walk(statement))
    elif (isinstance(part, FUNCTION | ast.ClassDef) and part.name not in made) or isinstance(
        part, ast.Assign | ast.AnnAssign
    ):
        yield from ast.walk(part)
