"""The settings and the storage of every name, each with a say in the other."""

from collections.abc import Sequence

from nb2prod.model.facts import NOTHING, Analysis
from nb2prod.model.finding import Finding
from nb2prod.plan.names import Storage
from nb2prod.plan.settings import Settings, lift_settings
from nb2prod.plan.storage import storage_of
from nb2prod.plan.units import Program


def placed(program: Program, analysis: Analysis, findings: Sequence[Finding]) -> tuple[Settings, Storage]:
    """The settings, and where every name lives; a name that must stand at module level is bound by no setting."""
    units, dropped, unbound = list(program.units), list(program.dropped), NOTHING
    while True:
        settings = lift_settings(program, analysis, findings, unbound)
        storage = storage_of(program, analysis, frozenset(settings.bound))
        shared = storage.shared.keys() & settings.bound.keys()
        if not shared:
            return settings, storage
        unbound |= shared
        program.units, program.dropped = list(units), list(dropped)
