"""Which functions, classes and literals can stand at module level."""

from collections.abc import Mapping, Set

from nb2prod.plan.constants import constant_names
from nb2prod.plan.inert import Inert
from nb2prod.plan.lasting import lasting
from nb2prod.plan.lifting import Lifted, liftable
from nb2prod.plan.names import DEFINITIONS, Names, Storage, name_of
from nb2prod.plan.units import Unit


def module_level_constants(units: list[Unit], names: Names, storage: Storage, inert: Inert) -> set[int]:
    """Values bound once that nothing changes: they become module-level constants."""
    wanted = constant_names(units, names.bound, frozenset(names.captured), inert)
    found = set()
    for name in wanted:
        (number,) = names.bound[name]
        early = names.read_before(name, number) or not _ready(units[number], number, names, storage.module)
        if name not in storage.shared and units[number].facts.may == {name} and not early:
            found.add(number)
    return found


def module_level_definitions(
    units: list[Unit], names: Names, storage: Storage, settings: frozenset[str], inert: Inert
) -> set[int]:
    """The functions and classes that can stand at module level: the greatest set that only reads module level."""
    stateful = lasting(units)
    found = {n for n, u in enumerate(units) if _can_hoist(u, names, storage, n, inert) and name_of(u) not in stateful}
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


def _missing(
    unit: Unit, names: Names, known: Set[str], lifted: Mapping[str, Lifted], settings: frozenset[str]
) -> set[str]:
    """What the definition reads when it runs and does not find at module level or among its parameters."""
    extra = set(lifted[name_of(unit)].extra) if name_of(unit) in lifted else set()
    return set((unit.facts.deferred & (names.bound.keys() | settings)) - extra - known)


def _can_hoist(unit: Unit, names: Names, storage: Storage, number: int, inert: Inert) -> bool:
    if not isinstance(unit.node, DEFINITIONS) or unit.piece.guarded:
        return False
    name = unit.node.name
    if not names.once(name) or name in storage.shared or names.read_before(name, number):
        return False
    return inert.definition(unit.node)
