"""What `run()` hands back: the values that the notebook ends up with."""

import ast
from collections.abc import Sequence

from nb2prod.model.facts import Analysis
from nb2prod.plan.program import Unit

MOST = 8
NOT_WANTED = ("matplotlib.", "plotly.", "seaborn.", "module", "io.", "Callable", "type", "None")
TELLING = {"train": 3, "evaluate": 3, "predict": 2, "export": 2, "transform": 1, "clean": 1, "load": 0, "": 0}


def results_of(units: Sequence[Unit], flows: frozenset[str], given: frozenset[str], analysis: Analysis) -> list[str]:
    """The names of the results, in the order in which they are bound for good."""
    last: dict[str, int] = {}
    for number, unit in enumerate(units):
        for name in unit.facts.touched & flows:
            last[name] = number
    wanted: list[tuple[int, int, str]] = []
    for name, number in last.items():
        unit = units[number]
        if name in given or name.startswith("_") or not isinstance(unit.node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            continue
        if name not in unit.facts.must or analysis.type_before(name, len(analysis.statements)).startswith(NOT_WANTED):
            continue
        if any(name in later.facts.kills for later in units[number:]) or unit.role == "plot":
            continue
        read_later = sum(name in later.facts.reads for later in units[number + 1 :])
        wanted.append((TELLING.get(unit.role, 0) - min(read_later, 3), number, name))
    best = sorted(wanted, reverse=True)[:MOST]
    return [name for _, _, name in sorted(best, key=lambda item: item[1])]
