"""A storage class for every name: where it lives in the package, so that each use finds the same binding.

IMPORT, DEFINITION and CONSTANT live at module level and are bound once; SHARED ones live there too and are
rebound by stages that say `global`; all others flow through parameters and results.
"""

import ast
import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nb2prod.model.facts import Analysis
from nb2prod.model.notebook import Place
from nb2prod.plan.constants import constant_names, inert_definition
from nb2prod.plan.lifting import Lifted, liftable
from nb2prod.plan.program import Program, Unit

BUILTINS = frozenset(dir(builtins))
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
IMPORTS = ast.Import | ast.ImportFrom
# Reflection that sees or writes any name: then every name lives at module level.
WHOLE = frozenset({"globals", "locals", "vars", "exec", "eval", "main"})
# A local that holds one of these dies, and acts, when its function ends.
FINALIZED = frozenset(
    "tempfile.TemporaryDirectory tempfile.NamedTemporaryFile tempfile.TemporaryFile open io.open weakref.ref "
    "weakref.proxy weakref.WeakValueDictionary weakref.WeakKeyDictionary weakref.finalize multiprocessing.Pool "
    "concurrent.futures.ThreadPoolExecutor concurrent.futures.ProcessPoolExecutor matplotlib.animation.FuncAnimation".split()
)
DISPLAY = "display"
DEFINED_IN_STAGE = "it is defined where its stage runs, not at import"
# With one of these around, a class or function must be found by its plain name in its module.
BY_NAME = frozenset({"pickle", "cPickle", "dill", "cloudpickle", "joblib", "multiprocessing", "concurrent", "dataclasses", "shelve", "copyreg"})
IMPORT_EFFECTS = frozenset({"path", "cwd", "env", "backend"})


@dataclass(slots=True)
class Storage:
    """The storage class of every name that the notebook binds."""

    imports: list[Unit] = field(default_factory=list)
    definitions: list[Unit] = field(default_factory=list)
    constants: list[Unit] = field(default_factory=list)
    unused: list[Unit] = field(default_factory=list)
    undefined: dict[str, Place] = field(default_factory=dict)
    idle: set[str] = field(default_factory=set)
    stages: list[Unit] = field(default_factory=list)
    module: set[str] = field(default_factory=set)
    shared: dict[str, str] = field(default_factory=dict)
    lifted: dict[str, Lifted] = field(default_factory=dict)

    def share(self, names: Iterable[str], reason: str) -> None:
        """Let names live at module level, rebound by stages; the first reason stands."""
        for name in names:
            self.shared.setdefault(name, reason)

    def flows(self, name: str) -> bool:
        """Whether a name is handed from stage to stage."""
        return name not in self.module and name not in self.shared


class Names:
    """Where each name is bound, read and captured."""

    def __init__(self, units: list[Unit]) -> None:
        self.bound: dict[str, list[int]] = {}
        self.captured: dict[str, list[int]] = {}
        self.read: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            for name in unit.facts.touched | unit.facts.deferred_writes:
                self.bound.setdefault(name, []).append(number)
            for name in unit.facts.deferred | unit.facts.nested_strings:
                self.captured.setdefault(name, []).append(number)
            for name in unit.facts.reads | unit.facts.strings:
                self.read.setdefault(name, []).append(number)

    def once(self, name: str) -> bool:
        """Whether a name is bound by exactly one statement."""
        return len(self.bound.get(name, ())) == 1

    def read_before(self, name: str, number: int) -> bool:
        """Whether a name is read at once before a statement."""
        return any(at < number for at in self.read.get(name, ()))


def storage_of(program: Program, analysis: Analysis, lifted_names: frozenset[str]) -> Storage:
    """Decide where every name lives; `lifted_names` come from the settings and are bound before any stage."""
    units = program.units
    names = Names(units)
    storage = Storage()
    _share_by_syntax(storage, program, names, analysis)
    imports = _imports(units, names, storage)
    constants = _constants(units, names, storage)
    storage.module = {name for number in imports | constants for name in units[number].facts.may}
    definitions = _definitions(units, names, storage, lifted_names)
    storage.module |= {name for number in definitions for name in units[number].facts.may}
    _share_captured(storage, units, names, definitions)
    used = frozenset().union(*(_uses(unit) for unit in units))
    knows_all = bool(program.whole) or any(reflection.kind in WHOLE for reflection in analysis.reflections)
    for number, unit in enumerate(units):
        if number in imports:
            idle = not knows_all and unit.facts.may and not unit.facts.may & used and _inert_import(unit.node, analysis)
            (storage.unused if idle else storage.imports).append(unit)
            if not knows_all and _inert_import(unit.node, analysis):
                storage.idle |= unit.facts.may - used
        else:
            home = storage.constants if number in constants else storage.definitions if number in definitions else storage.stages
            home.append(unit)
    if not knows_all and not any(reflection.kind in {"star", "builtins"} for reflection in analysis.reflections):
        storage.undefined = _undefined(units, names, lifted_names)
    return storage


def _uses(unit: Unit) -> frozenset[str]:
    """What a statement reads, now or later; a `display` that the plan took out is not read."""
    facts = unit.facts
    found = facts.reads | facts.deferred | facts.nested_strings | facts.strings
    if unit.node is None or DISPLAY not in found:
        return found
    written = sum(isinstance(part, ast.Name) and part.id == DISPLAY for part in ast.walk(unit.node))
    return found - {DISPLAY} if sum(edit.why == "display" for edit in unit.piece.edits) >= written else found


def _inert_import(node: ast.stmt | None, analysis: Analysis) -> bool:
    """Whether nobody can tell that an unused import is gone."""
    if isinstance(node, ast.ImportFrom):
        dotted = [node.module or ""]
    elif isinstance(node, ast.Import):
        dotted = [alias.name for alias in node.names]
    else:
        return False
    inert = {module.name for module in analysis.modules if module.inert}
    return all(name.split(".")[0] in inert and "experimental" not in name and name != "__future__" for name in dotted)


def _undefined(units: list[Unit], names: Names, given: frozenset[str]) -> dict[str, Place]:
    """Names that are read and that nobody binds, with the first place."""
    known = names.bound.keys() | BUILTINS | given | {"__name__", "__file__", "__doc__", "__magic__", "__builtins__", "__annotations__"}
    found: dict[str, Place] = {}
    for unit in units:
        for name in sorted((unit.facts.reads | unit.facts.deferred) - known):
            found.setdefault(name, unit.place)
    return found


def _share_by_syntax(storage: Storage, program: Program, names: Names, analysis: Analysis) -> None:
    units = program.units
    kinds = {reflection.kind: reflection for reflection in analysis.reflections}
    whole = next((kinds[kind] for kind in sorted(WHOLE & kinds.keys())), None)
    values = {name for name, at in names.bound.items() if not all(isinstance(units[n].node, DEFINITIONS | IMPORTS) for n in at)}
    if whole is not None:
        storage.share(values, whole.reason)
    if program.whole:
        storage.share(values, program.whole)
    if _has_finalizers(units, analysis):
        storage.share(values, "an object acts when its last name goes away")
    for unit in units:
        storage.share(unit.facts.deferred_writes, "a function rebinds it with `global`")
        storage.share(unit.facts.class_bound, "a class body reads it and binds the same name")
        storage.share(unit.facts.nested_strings & names.bound.keys(), "it is read by name from a string in a nested scope")
        if _holds_open(unit.node, units, analysis):
            storage.share(unit.facts.may, "its object acts when the name goes away")
    storage.share((name for name in names.bound if _mangled(name)), "a class, even that of a stage's results, would take it for its own")
    for name in BUILTINS & names.bound.keys():
        first = names.bound[name][0]
        early = any(n <= first for n in names.captured.get(name, ())) or any(name in u.facts.exposed for u in units[: first + 1])
        if early or name not in units[first].facts.must:
            storage.share([name], "it shadows a builtin that is read elsewhere")


def _mangled(name: str) -> bool:
    """Whether Python gives a name another form inside a class."""
    return name.startswith("__") and not name.endswith("__")


def _holds_open(node: ast.stmt | None, units: list[Unit], analysis: Analysis) -> bool:
    """Whether a statement binds a name to an object that acts when the name goes away, and nobody closes it."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return False
    if analysis.qualified(node.value.func) not in FINALIZED or not isinstance(node.targets[0], ast.Name):
        return False
    closes = {f"{node.targets[0].id}.close", f"{node.targets[0].id}.cleanup"}
    calls = (part for unit in units if unit.node for part in ast.walk(unit.node) if isinstance(part, ast.Call))
    return not any(analysis.qualified(call.func) in closes for call in calls)


def _has_finalizers(units: list[Unit], analysis: Analysis) -> bool:
    if any(origin == "weakref" or origin.startswith("weakref.") for origin in analysis.origins.values()):
        return True
    classes = (unit.node for unit in units if isinstance(unit.node, ast.ClassDef))
    return any(getattr(part, "name", "") == "__del__" for node in classes for part in node.body)


def _imports(units: list[Unit], names: Names, storage: Storage) -> set[int]:
    """The import statements that can stand at module level."""
    found: set[int] = set()
    patched = {base for unit in units for base in _patched(unit.node)}
    sensitive = False
    for number, unit in enumerate(units):
        sensitive |= bool(unit.facts.effects & IMPORT_EFFECTS)
        if not isinstance(unit.node, IMPORTS) or sensitive or unit.piece.edits:
            continue
        same = all(_same_import(units, names, name) for name in unit.facts.may)
        if same and not unit.facts.may & (storage.shared.keys() | BUILTINS) and not _copies_patched(unit.node, patched):
            found.add(number)
    return found


def _same_import(units: list[Unit], names: Names, name: str) -> bool:
    """Whether every binding of a name is the same import of it."""
    what = {_import_of(units[number].node, name) for number in names.bound[name]}
    return len(what) == 1 and None not in what


def _import_of(node: ast.stmt | None, name: str) -> str | None:
    if isinstance(node, ast.Import):
        dotted = sorted(a.name if a.asname else a.name.split(".")[0] for a in node.names if (a.asname or a.name.split(".")[0]) == name)
        return dotted[0] if dotted else None
    if isinstance(node, ast.ImportFrom):
        return next((f"{'.' * node.level}{node.module}:{a.name}" for a in node.names if (a.asname or a.name) == name), None)
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


def _constants(units: list[Unit], names: Names, storage: Storage) -> set[int]:
    """Literals bound once that nothing changes: they become module-level constants."""
    wanted = constant_names(units, names.bound, frozenset(names.captured))
    found = set()
    for name in wanted:
        (number,) = names.bound[name]
        if name not in storage.shared and units[number].facts.may == {name} and not names.read_before(name, number):
            found.add(number)
    return found


def _definitions(units: list[Unit], names: Names, storage: Storage, settings: frozenset[str]) -> set[int]:
    """The functions and classes that can stand at module level: the greatest set that only reads module level."""
    found = {n for n, unit in enumerate(units) if _can_hoist(unit, names, storage, n)}
    while True:
        own = {name for number in found for name in units[number].facts.may}
        late = {n for n in found if not _ready(units[n], n, names, storage.module | own)}
        if late:
            found -= late
            continue
        known = storage.module | own | storage.shared.keys()
        storage.lifted = liftable(units, found, names.bound, known, settings)
        missing = {n: _missing(units[n], names, known, storage.lifted, settings) for n in found}
        if not any(missing.values()):
            return found
        # Let what it reads live at module level rather than nest the definition in a stage.
        for number, free in missing.items():
            storage.share(free, f"{name_of(units[number])}() reads it when it runs")


def _ready(unit: Unit, number: int, names: Names, module: set[str]) -> bool:
    """Whether what the definition reads when it is executed stands above it at module level."""
    now = unit.facts.exposed & names.bound.keys()
    return now <= module and all(names.bound[name][0] < number for name in now)


def _missing(unit: Unit, names: Names, known: set[str], lifted: Mapping[str, Lifted], settings: frozenset[str]) -> set[str]:
    """What the definition reads when it runs and does not find at module level or among its parameters."""
    extra = set(lifted[name_of(unit)].extra) if name_of(unit) in lifted else set()
    return (unit.facts.deferred & (names.bound.keys() | settings)) - extra - known


def local_candidates(storage: Storage, analysis: Analysis) -> set[str]:
    """Functions and classes defined in stages that may be local there, if nobody else uses them."""
    if any(origin.split(".")[0] in BY_NAME for origin in analysis.origins.values()):
        return set()
    captured = frozenset().union(*(unit.facts.deferred for unit in storage.definitions))
    return {name for name, reason in storage.shared.items() if reason == DEFINED_IN_STAGE and name not in captured}


def name_of(unit: Unit) -> str:
    """The name that a definition binds."""
    return unit.node.name if isinstance(unit.node, DEFINITIONS) else ""


def _can_hoist(unit: Unit, names: Names, storage: Storage, number: int) -> bool:
    if not isinstance(unit.node, DEFINITIONS) or unit.piece.guarded:
        return False
    name = unit.node.name
    if not names.once(name) or name in storage.shared or names.read_before(name, number):
        return False
    return inert_definition(unit.node)


def _share_captured(storage: Storage, units: list[Unit], names: Names, definitions: set[int]) -> None:
    """Names that code captured in one place and that are bound again later: the code must see the new value."""
    for name, places in names.captured.items():
        if name in storage.module or name in storage.shared or name not in names.bound:
            continue
        creators = [n for n in places if n not in definitions]
        first = min(creators, default=None)
        if first is not None and any(n > first for n in names.bound[name]):
            storage.share([name], "code that was created earlier reads it after it is bound again")
    # A definition that stays in a stage is seen under its own name everywhere: pickling, recursion, redefinition.
    for number, unit in enumerate(units):
        if isinstance(unit.node, DEFINITIONS) and number not in definitions:
            storage.share([unit.node.name], DEFINED_IN_STAGE)
