"""Definitions that keep something from call to call: run anew with their stage, they begin afresh with every run."""

import ast
from collections.abc import Iterator, Sequence

from nb2prod.plan.constants import only_looked_at
from nb2prod.plan.units import Unit

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
CACHES = frozenset({"lru_cache", "cache", "cached_property"})
MUTABLE = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp


def lasting(units: Sequence[Unit]) -> frozenset[str]:
    """The names of functions and classes that hold state of their own: changed defaults, attributes, caches."""
    definitions = [unit for unit in units if isinstance(unit.node, FUNCTIONS | ast.ClassDef)]
    if not definitions:
        return frozenset()
    stored = {name for unit in units for name in _stored(unit.node)}
    varying = _varying(units)
    changed = set(_changed_attributes(units, {name for unit in definitions for name in _class_values(unit.node)}))
    return frozenset(
        unit.node.name
        for unit in definitions
        if isinstance(unit.node, FUNCTIONS | ast.ClassDef)
        and (
            unit.node.name in stored
            or changed & set(_class_values(unit.node))
            or any(map(_keeps, ast.walk(unit.node)))
            or ((unit.facts.effects or unit.node.name in varying) and any(map(_cached, ast.walk(unit.node))))
        )
    )


def _varying(units: Sequence[Unit]) -> set[str]:
    """The names of values, and of functions that read some, themselves or by others: what a cache keeps of them gets stale."""
    inside: dict[str, set[str]] = {}
    found: set[str] = set()
    for unit in units:
        if isinstance(unit.node, FUNCTIONS | ast.ClassDef):
            inside.setdefault(unit.node.name, set()).update(unit.facts.deferred)
        elif not isinstance(unit.node, ast.Import | ast.ImportFrom):
            found |= unit.facts.touched
    while more := {name for name, names in inside.items() if name not in found and names & found}:
        found |= more
    return found


def _stored(node: ast.stmt | None) -> Iterator[str]:
    """Names of which an attribute is stored to; `cls` stands for the class around."""
    for part in ast.walk(node) if node is not None else ():
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and not isinstance(part.ctx, ast.Load):
            yield part.value.id
            if part.value.id == "cls" and isinstance(node, ast.ClassDef):
                yield node.name


def _class_values(node: ast.stmt | None) -> Iterator[str]:
    """The attributes of a class that begin as a list, dict or set."""
    for part in node.body if isinstance(node, ast.ClassDef) else ():
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(
                target=ast.Name(id=name), value=value
            ):
                if isinstance(value, MUTABLE):
                    yield name


def _changed_attributes(units: Sequence[Unit], names: set[str]) -> Iterator[str]:
    """Of some attributes, those whose value somebody may change or keep."""
    for unit in units if names else ():
        parents = _parents(unit.node)
        for node in ast.walk(unit.node) if unit.node is not None else ():
            if isinstance(node, ast.Attribute) and node.attr in names and not only_looked_at(node, parents):
                yield node.attr


def _keeps(node: ast.AST) -> bool:
    """Whether a function has a default that it may change."""
    if not isinstance(node, FUNCTIONS):
        return False
    args = node.args
    positional = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    names = {arg.arg for arg, default in pairs if isinstance(default, MUTABLE)}
    if not names:
        return False
    parents = _parents(node)
    uses = (part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in names)
    return any(not only_looked_at(use, parents) for use in uses)


def _cached(node: ast.AST) -> bool:
    return isinstance(node, FUNCTIONS) and any(
        getattr(part, "id", getattr(part, "attr", "")) in CACHES for d in node.decorator_list for part in ast.walk(d)
    )


def _parents(node: ast.AST | None) -> dict[int, ast.AST]:
    return {id(child): parent for parent in ast.walk(node) for child in ast.iter_child_nodes(parent)} if node else {}
