"""The values at the end of each stage against those at the end of its last cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from nb2prod.model.evidence import Border, Comparison, Step, Trace, Value
from nb2prod.verify.values import match


def borders(stages: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[Border, ...]:
    """The stages with their cells; a border is aligned if all cells of later stages come after it.

    That of a function which is called several times is not: its steps can't be told apart by their name.
    """
    made = []
    calls = Counter(name for name, _ in stages)
    for number, (name, cells) in enumerate(stages):
        later = [cell for _, others in stages[number + 1 :] for cell in others]
        made.append(Border(name, cells, calls[name] == 1 and bool(cells) and all(cell > max(cells) for cell in later)))
    return tuple(made)


def compare_stages(first: Trace, second: Trace, project: Trace, marks: Sequence[Border]) -> Iterator[Comparison]:
    """One comparison a stage and variable that both sides know there."""
    one, other = _states(first), _states(second)
    for mark in marks:
        step, held = _at_stage(project, mark.stage)
        cell = max(mark.cells, default=0)
        if not mark.aligned or step is None or cell not in one:
            continue
        for name in sorted(held.keys() & one[cell].keys()):
            value, here = one[cell][name], held[name]
            again = other.get(cell, {}).get(name)
            if again is None or again.exact != value.exact or value.kind == "unknown":
                continue
            found = match(value, here)
            if found.outcome != "equal" or name in step.changed:
                shown = (found.notebook, found.project) if found.outcome != "equal" else ("", "")
                yield Comparison("stage", name + found.path, found.outcome, cell, mark.stage, *shown, found.cause)


def _states(trace: Trace) -> dict[int, dict[str, Value]]:
    """The known variables after each cell."""
    made, now = {}, dict[str, Value]()
    for step in trace.steps:
        now = _after(now, step.changed)
        made[step.cell] = now
    return made


def _at_stage(trace: Trace, stage: str) -> tuple[Step | None, dict[str, Value]]:
    now = dict[str, Value]()
    for step in trace.steps:
        now = _after(now, step.changed)
        if step.stage == stage:
            return step, now
    return None, now


def _after(before: Mapping[str, Value], changed: Mapping[str, Value | None]) -> dict[str, Value]:
    now = {name: value for name, value in before.items() if name not in changed}
    return now | {name: value for name, value in changed.items() if value is not None and value.kind != "gone"}
