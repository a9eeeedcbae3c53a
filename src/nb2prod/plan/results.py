"""What `run()` hands back: the values that the notebook ends up with."""

import ast
from bisect import bisect_right
from collections.abc import Sequence

from nb2prod.model.facts import Analysis
from nb2prod.plan.units import Unit

MOST = 8
NOT_WANTED = ("matplotlib.", "plotly.", "seaborn.", "module", "io.", "logging.", "Callable", "type", "None")
TELLING = {"train": 3, "evaluate": 3, "predict": 2, "export": 2, "transform": 1, "clean": 1, "load": 0, "": 0}


def results_of(units: Sequence[Unit], flows: frozenset[str], given: frozenset[str], analysis: Analysis) -> list[str]:
    """The names of the results, in the order in which they are bound for good."""
    last: dict[str, int] = {}
    reads: dict[str, list[int]] = {}
    killed: dict[str, int] = {}
    for number, unit in enumerate(units):
        for name in unit.facts.touched & flows:
            last[name] = number
        for name in unit.facts.reads & flows:
            reads.setdefault(name, []).append(number)
        for name in unit.facts.kills & flows:
            killed[name] = number
    end = len(analysis.statements)
    wanted: list[tuple[int, int, str]] = []
    for name, number in last.items():
        if killed.get(name, -1) >= number or name in given or not _telling(name, units[number]):
            continue
        if analysis.type_before(name, end).startswith(NOT_WANTED):
            continue
        later = len(reads.get(name, ())) - bisect_right(reads.get(name, ()), number)
        wanted.append((TELLING.get(units[number].role, 0) - min(later, 3), number, name))
    best = sorted(wanted, reverse=True)[:MOST]
    return [name for _, _, name in sorted(best, key=lambda item: item[1])]


def _telling(name: str, unit: Unit) -> bool:
    """Whether a statement binds a name for certain to a value that somebody may want."""
    plain = isinstance(unit.node, ast.Assign | ast.AugAssign | ast.AnnAssign)
    return plain and not name.startswith("_") and name in unit.facts.must and unit.role != "plot"
