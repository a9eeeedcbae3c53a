"""What `run()` hands back: the values that the notebook ends up with."""

import ast
from collections.abc import Iterator, Sequence

from nb2prod.model.facts import Analysis
from nb2prod.model.nodes import root_name
from nb2prod.plan.units import Unit

MOST = 8
NOT_WANTED = ("matplotlib.", "plotly.", "seaborn.", "module", "io.", "logging.", "Callable", "type", "None")
DATA = ("pandas.", "numpy.")
DISPLAYED = 2
TELLING = {"train": 3, "evaluate": 3, "predict": 2, "export": 2, "transform": 1, "clean": 1, "load": 0, "": 0}


def results_of(units: Sequence[Unit], flows: frozenset[str], given: frozenset[str], analysis: Analysis) -> list[str]:
    """The names of the results, in the order in which they are bound for good.

    What something else is computed from is on its way to a result, not one; a fitted model is, whatever it predicts, and
    so is what the notebook displays last.
    """
    last: dict[str, int] = {}
    used: dict[str, int] = {}
    killed: dict[str, int] = {}
    for number, unit in enumerate(units):
        for name in unit.facts.touched & flows:
            last[name] = number
        changed = frozenset(_changed(unit.node)) & flows
        if changed or _binds(unit, flows):
            used |= dict.fromkeys(unit.facts.reads & flows - changed, number)
        for name in unit.facts.kills & flows:
            killed[name] = number
    end = len(analysis.statements)
    shown = _displayed(analysis)
    wanted: list[tuple[int, int, str]] = []
    for name, number in last.items():
        if killed.get(name, -1) >= number or name in given or not _telling(name, units[number]):
            continue
        kind = analysis.type_before(name, end)
        if kind.startswith(NOT_WANTED):
            continue
        displayed = shown.get(name, -1) > units[number].index
        model = units[number].role == "train" and not kind.startswith(DATA)
        if used.get(name, -1) > number and not displayed and not model:
            continue
        wanted.append((TELLING.get(units[number].role, 0) + displayed * DISPLAYED, number, name))
    best = sorted(wanted, reverse=True)[:MOST]
    return [name for _, _, name in sorted(best, key=lambda item: item[1])]


def _displayed(analysis: Analysis) -> dict[str, int]:
    """The last statement of its own that shows each name."""
    return {
        statement.node.value.id: statement.index
        for statement in analysis.statements
        if isinstance(statement.node, ast.Expr) and isinstance(statement.node.value, ast.Name)
    }


def _telling(name: str, unit: Unit) -> bool:
    """Whether a statement binds a name for certain to a value that somebody may want."""
    plain = isinstance(unit.node, ast.Assign | ast.AugAssign | ast.AnnAssign)
    return plain and not name.startswith("_") and name in unit.facts.must and unit.role != "plot"


def _binds(unit: Unit, flows: frozenset[str]) -> bool:
    """Whether a statement binds a value, other than the variables of a loop that shows something."""
    loop = unit.node.target if isinstance(unit.node, ast.For | ast.AsyncFor) else None
    own = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name)} if loop is not None else set()
    return unit.role != "plot" and bool(unit.facts.touched & flows - own)


def _changed(node: ast.stmt | None) -> Iterator[str]:
    """The names whose objects a statement changes by its form: `a[b] = c`, `a.b = c`, `a.fit(b)`."""
    for part in ast.walk(node) if node is not None else ():
        if isinstance(part, ast.Subscript | ast.Attribute) and not isinstance(part.ctx, ast.Load):
            yield root_name(part)
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            yield root_name(part.value.func) if isinstance(part.value.func, ast.Attribute) else ""
