"""The types that the author's own annotations name."""

import ast
from collections.abc import Callable, Collection

from nb2prod import catalogue
from nb2prod.analysis import knowledge
from nb2prod.analysis.types import known, unify, unify_all
from nb2prod.catalogue import _inferred as inferred

PLAIN = frozenset({"int", "float", "str", "bool", "bytes", "complex", "None", "range"})
# Containers by the names that annotations give them, and what they are without arguments.
BARE = {"list": "list[Any]", "set": "set[Any]", "frozenset": "frozenset[Any]", "dict": "dict[Any, Any]"} | {
    "tuple": "tuple[Any, ...]"
}
MODULES = ("typing.", "collections.abc.", "typing_extensions.")
VIEWS = frozenset({"Iterator", "Iterable", "Sequence", "Mapping"})
DEEPEST = 6


def type_of(node: ast.expr | None, qualified: Callable[[ast.expr], str], own: Collection[str], depth: int = 0) -> str:
    """The type that an annotation names, "" if it names none that is known; `own` are the notebook's classes."""
    if node is None or depth > DEEPEST:
        return ""

    def inner(part: ast.expr | None) -> str:
        return type_of(part, qualified, own, depth + 1)

    match node:
        case ast.Constant(value=None):
            return "None"
        case ast.Constant(value=str(text)):
            return inner(_parsed(text))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return unify(inner(left), inner(right))
        case ast.Name() | ast.Attribute():
            return _named(_name(node, qualified), own)
        case ast.Subscript(value=value, slice=part):
            parts = part.elts if isinstance(part, ast.Tuple) else [part]
            return _with_arguments(_name(value, qualified), parts, inner)
    return ""


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _name(node: ast.expr, qualified: Callable[[ast.expr], str]) -> str:
    """A name without its module where that only serves annotations: `typing.List` is `list`."""
    dotted = qualified(node)
    module = next((module for module in MODULES if dotted.startswith(module)), "")
    name = dotted.removeprefix(module)
    return name.lower() if module and name.lower() in BARE else name


def _named(name: str, own: Collection[str]) -> str:
    if name in PLAIN or name in own:
        return name
    if name in BARE:
        return BARE[name]
    if "." not in name:
        return ""
    public = catalogue.canonical(name)
    return public if catalogue.is_type(public) else name if inferred.is_class(knowledge.home(name)) else ""


def _with_arguments(name: str, parts: list[ast.expr], inner: Callable[[ast.expr | None], str]) -> str:
    match name, parts:
        case "Optional", [part]:
            return unify(inner(part), "None") if inner(part) else ""
        case "Union", _:
            return unify_all(map(inner, parts))
        case "tuple", [part, ast.Constant(value=rest)] if rest is ...:
            return f"tuple[{known(inner(part))}, ...]"
        case "tuple", _:
            return f"tuple[{', '.join(known(inner(part)) for part in parts)}]"
        case ("list" | "set" | "frozenset"), [part]:
            return f"{name}[{known(inner(part))}]"
        case "dict", [key, value]:
            return f"dict[{known(inner(key))}, {known(inner(value))}]"
        case "Callable", [_, result]:
            return f"Callable[..., {known(inner(result))}]"
    return f"{name}[{', '.join(known(inner(part)) for part in parts)}]" if name in VIEWS else ""
