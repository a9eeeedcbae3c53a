"""A storage class for every name: where it lives in the package, so that each use finds the same binding.

IMPORT, DEFINITION and CONSTANT live at module level and are bound once; SHARED ones live there too and are
rebound by stages that say `global`; all others flow through parameters and results.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from nb2prod.model.facts import Analysis
from nb2prod.model.notebook import Place
from nb2prod.model.plan import Fallback
from nb2prod.plan.definitions import module_level_constants, module_level_definitions
from nb2prod.plan.imports import inert_import, module_level_imports
from nb2prod.plan.inert import Inert
from nb2prod.plan.names import BUILTINS, Names, Storage
from nb2prod.plan.sharing import share_by_syntax, share_captured
from nb2prod.plan.units import Program, Unit, remaining

DISPLAY = "display"
WORD = re.compile(r"[^\W\d]\w*")


def storage_of(program: Program, analysis: Analysis, given: frozenset[str]) -> Storage:
    """Decide where every name lives; `given` are the names that settings bind before any stage."""
    units = program.units
    names = Names(units)
    storage = Storage()
    share_by_syntax(storage, program, names, analysis)
    imports = module_level_imports(units, names, storage, analysis)
    inert = Inert(analysis, names.bound)
    storage.module = {name for number in imports for name in units[number].facts.may}
    constants = module_level_constants(units, names, storage, inert)
    storage.module = {name for number in imports | constants for name in units[number].facts.may}
    definitions = module_level_definitions(units, names, storage, given, inert)
    storage.module |= {name for number in definitions for name in units[number].facts.may}
    share_captured(storage, units, names, definitions)
    _place_imports(storage, [units[number] for number in sorted(imports)], units, analysis)
    storage.constants = [units[number] for number in sorted(constants)]
    storage.definitions = [units[number] for number in sorted(definitions)]
    storage.stages = list(remaining(units, imports | constants | definitions))
    if storage.known and not any(reflection.kind in {"star", "builtins"} for reflection in analysis.reflections):
        storage.undefined = _undefined(units, names, given)
    return storage


def _place_imports(storage: Storage, imports: list[Unit], units: list[Unit], analysis: Analysis) -> None:
    """Keep the imports that something uses, or that may do something by themselves."""
    used = frozenset().union(*(_uses(unit) for unit in units))
    for unit in imports:
        spare = storage.known and inert_import(unit.node, analysis)
        if spare:
            storage.idle |= unit.facts.may - used
        idle = spare and unit.facts.may and not unit.facts.may & used
        (storage.unused if idle else storage.imports).append(unit)


def _uses(unit: Unit) -> frozenset[str]:
    """What a statement reads, now or later; a `display` that the plan took out is not read."""
    facts = unit.facts
    found = facts.reads | facts.deferred | facts.nested_strings | facts.strings | _in_quoted_annotations(unit.node)
    if unit.node is None or DISPLAY not in found:
        return found
    written = sum(isinstance(part, ast.Name) and part.id == DISPLAY for part in ast.walk(unit.node))
    return found - {DISPLAY} if sum(edit.why == "display" for edit in unit.piece.edits) >= written else found


def _in_quoted_annotations(node: ast.stmt | None) -> frozenset[str]:
    """The words of a statement's annotations that are written as strings: types may be looked up there."""
    annotations = (
        getattr(part, "annotation", None) or getattr(part, "returns", None)
        for part in (ast.walk(node) if node is not None else ())
        if isinstance(part, ast.AnnAssign | ast.arg | ast.FunctionDef | ast.AsyncFunctionDef)
    )
    texts = (part for each in annotations if each is not None for part in ast.walk(each))
    quoted = (part.value for part in texts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return frozenset(word for text in quoted for word in WORD.findall(text))


def _undefined(units: list[Unit], names: Names, given: frozenset[str]) -> dict[str, Place]:
    """Names that are read and that nobody binds, with the first place."""
    known = (
        names.bound.keys()
        | BUILTINS
        | given
        | {"__name__", "__file__", "__doc__", "__magic__", "__builtins__", "__annotations__"}
    )
    found: dict[str, Place] = {}
    for unit in units:
        for name in sorted((unit.facts.reads | unit.facts.deferred) - known):
            found.setdefault(name, unit.place)
    return found


def fallbacks_of(storage: Storage, units: Sequence[Unit]) -> Iterator[Fallback]:
    """Why names live at module level, each with the first place that binds it."""
    places: dict[str, Place] = {}
    for unit in units:
        for name in unit.facts.touched:
            places.setdefault(name, unit.place)
    for name, place in sorted(storage.undefined.items()):
        yield Fallback(
            "undefined",
            f"{name} is read and nobody binds it: the package stops there as the notebook does",
            place,
            (name,),
        )
    for name, reason in sorted(storage.shared.items()):
        yield Fallback("shared", f"{name} lives at module level: {reason}", places.get(name, Place(1, 1)), (name,))
