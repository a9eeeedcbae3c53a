"""Which import statements can stand at module level, and which nobody would miss."""

import ast
import sys

from nb2prod.model.facts import Analysis
from nb2prod.plan.names import BUILTINS, IMPORTS, Names, Storage
from nb2prod.plan.units import Unit

# After one of these an import may find another module, or the module may behave in another way.
FINDS, BEHAVES = frozenset({"path", "cwd"}), frozenset({"env", "backend"})


def module_level_imports(units: list[Unit], names: Names, storage: Storage, analysis: Analysis) -> set[int]:
    """The import statements that mean the same at the top of a module."""
    found: set[int] = set()
    patched = {base for unit in units for base in _patched(unit.node)}
    finds = behaves = False
    for number, unit in enumerate(units):
        finds |= bool(unit.facts.effects & FINDS) or any(
            edit.why == "magic" and ".py" in edit.text for edit in unit.piece.edits
        )
        finds |= any(edit.why == "magic" and ".run(" in edit.text for edit in unit.piece.edits)
        behaves |= bool(unit.facts.effects & BEHAVES)
        if not isinstance(unit.node, IMPORTS) or unit.piece.edits or unit.piece.guarded:
            continue
        if (finds and not inert_import(unit.node, analysis)) or (behaves and not _standard(unit.node)):
            continue
        same = all(_same_import(units, names, name) for name in unit.facts.may)
        if any(map(names.probed_before, unit.facts.may)):
            continue
        if same and not unit.facts.may & (storage.shared.keys() | BUILTINS) and not _copies_patched(unit.node, patched):
            found.add(number)
    return _whole(found, units, names)


def _whole(found: set[int], units: list[Unit], names: Names) -> set[int]:
    """Those of some imports whose names are bound by no other statement: it would make them local to its stage."""
    while True:
        apart = {n for n in found if any(set(names.bound[name]) - found for name in units[n].facts.may)}
        if not apart:
            return found
        found -= apart


def _standard(node: ast.stmt) -> bool:
    return all(name.split(".")[0] in sys.stdlib_module_names for name in modules_of(node))


def modules_of(node: ast.stmt | None) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def inert_import(node: ast.stmt | None, analysis: Analysis) -> bool:
    """Whether nobody can tell when a module is imported, or whether it is."""
    inert = {module.name for module in analysis.modules if module.inert}
    dotted = modules_of(node)
    if dotted and all(name.startswith("google.colab") for name in dotted):
        return True  # the platform's own module: where nothing uses it, nobody wants it
    return bool(dotted) and all(
        name.split(".")[0] in inert and "experimental" not in name and name != "__future__" for name in dotted
    )


def _same_import(units: list[Unit], names: Names, name: str) -> bool:
    """Whether every binding of a name is the same import of it."""
    what = {_import_of(units[number].node, name) for number in names.bound[name]}
    return len(what) == 1 and None not in what


def _import_of(node: ast.stmt | None, name: str) -> str | None:
    if isinstance(node, ast.Import):
        dotted = sorted(
            a.name if a.asname else a.name.split(".")[0]
            for a in node.names
            if (a.asname or a.name.split(".")[0]) == name
        )
        return dotted[0] if dotted else None
    if isinstance(node, ast.ImportFrom):
        return next(
            (f"{'.' * node.level}{node.module}:{a.name}" for a in node.names if (a.asname or a.name) == name), None
        )
    return None


def _patched(node: ast.stmt | None) -> set[str]:
    """Names of which an attribute is stored to: a later `from m import f` may take the new value."""
    if node is None:
        return set()
    return {
        part.value.id
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) and isinstance(part.value, ast.Name)
    }


def _copies_patched(node: ast.stmt, patched: set[str]) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in patched
