"""Names that live at module level and are rebound by stages, because some code must find them there."""

import ast
from collections.abc import Iterator, Set

from nb2prod.model.facts import Analysis
from nb2prod.plan.names import BUILTINS, DEFINED_IN_STAGE, DEFINITIONS, IMPORTS, WHOLE, Names, Storage
from nb2prod.plan.units import Program, Unit

# A local that holds one of these dies, and acts, when its function ends.
FINALIZED = frozenset(
    "tempfile.TemporaryDirectory tempfile.NamedTemporaryFile tempfile.TemporaryFile open io.open weakref.ref "
    "weakref.proxy weakref.WeakValueDictionary weakref.WeakKeyDictionary weakref.finalize multiprocessing.Pool "
    "concurrent.futures.ThreadPoolExecutor concurrent.futures.ProcessPoolExecutor matplotlib.animation.FuncAnimation".split()
)
# With one of these around, a class or function must be found by its plain name in its module.
BY_NAME = frozenset(
    "pickle cPickle dill cloudpickle joblib multiprocessing concurrent dataclasses shelve copyreg".split()
)


def share_by_syntax(storage: Storage, program: Program, names: Names, analysis: Analysis) -> None:
    """Share what the syntax of the notebook asks for, whatever the stages."""
    units = program.units
    kinds = {reflection.kind: reflection for reflection in analysis.reflections}
    whole = next((kinds[kind] for kind in sorted(WHOLE & kinds.keys())), None)
    values = {
        name
        for name, at in names.bound.items()
        if not all(isinstance(units[n].node, DEFINITIONS | IMPORTS) for n in at)
    }
    storage.known = whole is None and not program.whole
    if whole is not None:
        storage.share(values, whole.reason)
    if program.whole:
        storage.share(values, program.whole)
    if _has_finalizers(units, analysis):
        storage.share(values, "an object acts when its last name goes away")
    for unit in units:
        storage.share(unit.facts.deferred_writes, "a function rebinds it with `global`")
        storage.share(unit.facts.class_bound, "a class body reads it and binds the same name")
        storage.share(
            unit.facts.nested_strings & names.bound.keys(), "it is read by name from a string in a nested scope"
        )
        if _holds_open(unit.node, units, analysis):
            storage.share(unit.facts.may, "its object acts when the name goes away")
    storage.share(names.bound.keys() & set(_absences_told(units)), "an error that is caught tells of its absence")
    storage.share(
        (name for name in names.bound if _mangled(name)),
        "a class, even that of a stage's results, would take it for its own",
    )
    for name in BUILTINS & names.bound.keys():
        first = names.bound[name][0]
        early = any(n <= first for n in names.captured.get(name, ())) or any(
            name in u.facts.exposed for u in units[: first + 1]
        )
        gone = any(name in unit.facts.kills for unit in units)
        if early or gone or name not in units[first].facts.must:
            storage.share([name], "it shadows a builtin that is read elsewhere")


def _absences_told(units: list[Unit]) -> Iterator[str]:
    """Names that may be unbound where an error that is caught and looked at would tell so: of a local it tells otherwise."""
    certain: set[str] = set()
    for unit in units:
        doubtful = unit.facts.exposed - certain
        for node in ast.walk(unit.node) if unit.node is not None and doubtful else ():
            if isinstance(node, ast.Try | ast.TryStar) and any(map(_looks_at_error, node.handlers)):
                yield from doubtful & {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        certain = (certain | unit.facts.must) - unit.facts.kills


def _looks_at_error(handler: ast.ExceptHandler) -> bool:
    """Whether a handler may catch an unbound name's error, and uses it."""
    kinds = {getattr(part, "id", "") for part in ast.walk(handler.type)} if handler.type else {"Exception"}
    uses = (part for node in handler.body for part in ast.walk(node) if isinstance(part, ast.Name))
    return bool(kinds & {"NameError", "Exception", "BaseException"}) and any(u.id == handler.name for u in uses)


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


def share_captured(storage: Storage, units: list[Unit], names: Names, definitions: Set[int]) -> None:
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
        if number not in definitions:
            storage.share(_defined(unit.node), DEFINED_IN_STAGE)


def _defined(node: ast.stmt | None) -> Iterator[str]:
    """The functions and classes that a statement defines, under conditions too."""
    stack: list[ast.AST] = [node] if node is not None else []
    while stack:
        part = stack.pop()
        if isinstance(part, DEFINITIONS):
            yield part.name
        elif not isinstance(part, ast.expr):
            stack.extend(ast.iter_child_nodes(part))


def local_candidates(storage: Storage, analysis: Analysis) -> set[str]:
    """Functions and classes defined in stages that may be local there, if nobody else uses them."""
    if not storage.known or any(origin.split(".")[0] in BY_NAME for origin in analysis.origins.values()):
        return set()
    nodes = (node for tree in analysis.trees.values() for node in ast.walk(tree))
    if any(isinstance(node, ast.Attribute) and node.attr == "__qualname__" for node in nodes):
        return set()
    captured = frozenset().union(*(unit.facts.deferred for unit in storage.definitions))
    return {name for name, reason in storage.shared.items() if reason == DEFINED_IN_STAGE and name not in captured}
