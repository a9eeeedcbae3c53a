"""Two traces of the notebook and one of the project → Evidence. Pure: everything it needs is in the traces."""

from collections.abc import Sequence
from dataclasses import replace

from nb2prod.model.evidence import Border, Comparison, Evidence, Failure, Trace
from nb2prod.model.notebook import Notebook
from nb2prod.verify.printed import compare_printed, compare_said
from nb2prod.verify.saved import compare_saved
from nb2prod.verify.shown import compare_shown
from nb2prod.verify.stages import borders, compare_stages
from nb2prod.verify.things import (
    compare_figures,
    compare_files,
    compare_sharing,
    compare_values,
    compare_warnings,
)
from nb2prod.verify.unstable import merged
from nb2prod.verify.why import reason, unfinished

__all__ = ["borders", "compare", "judge"]


def judge(
    notebook: Notebook,
    first: Trace,
    others: Sequence[Trace],
    project: Trace | None,
    marks: Sequence[Border],
    tolerance: float,
) -> Evidence:
    """Hold the project's run against the notebook's first run and some others of it.

    What differs between these is unstable: listed, and never counted as proven. If a run did not end well, the
    others may be missing, and the evidence says why.
    """
    again = merged(first, others) if others else None
    facts = Evidence(
        "not proven",
        unfinished(first if again is None or not first.ended_well else again),
        saved=tuple(compare_saved(notebook, first, tolerance)),
        tolerance=tolerance,
        isolation=first.isolation,
        python=first.python,
        versions={**(project.versions if project else {}), **first.versions},
        notebook_seconds=first.seconds,
        project_seconds=project.seconds if project else 0.0,
        looking_seconds=first.looking,
        cell_seconds={step.cell: step.seconds for step in first.steps},
        stage_seconds={step.stage: step.seconds for step in project.steps if step.stage} if project else {},
        schemas=project.tables if project else (),
        types={step.stage: step.types for step in project.steps if step.stage} if project else {},
    )
    if not first.ended_well or project is None:
        return facts
    if not project.ended_well:
        failure = project.failure or Failure("Error", "it did not end")
        verdict, why = reason(project, failure)
        return replace(facts, verdict=verdict, why=why, comparisons=(_ended(failure),))
    if again is None or not again.ended_well:
        return facts
    return _weighed(facts, compare(first, again, project, marks, tolerance), marks)


def _weighed(facts: Evidence, comparisons: tuple[Comparison, ...], marks: Sequence[Border]) -> Evidence:
    facts = replace(facts, comparisons=comparisons)
    bad = facts.of("differs", "missing")
    if bad:
        return replace(facts, verdict="differs", why=_first(bad, marks))
    if not facts.of("equal", "close"):
        return replace(facts, why="nothing of the notebook can be compared: nothing in it is the same in two runs")
    return replace(facts, verdict="proven", why=_proven(comparisons))


def compare(
    first: Trace, second: Trace, project: Trace, marks: Sequence[Border], tolerance: float
) -> tuple[Comparison, ...]:
    """Everything that both sides left, one comparison a thing."""
    return (
        *compare_stages(first, second, project, marks),
        *compare_values(first, second, project),
        *compare_sharing(first, second, project),
        *compare_printed(first, second, project, tolerance),
        *compare_shown(first, second, project),
        *compare_said(first, second, project, tolerance),
        *compare_files(first, second, project),
        *compare_figures(first, second, project),
        *compare_warnings(first, second, project),
    )


def _ended(failure: Failure) -> Comparison:
    return Comparison(
        "run", "the project's run", "differs", 0, failure.stage, "ends well", f"{failure.type}: {failure.message}"
    )


def _first(bad: Sequence[Comparison], marks: Sequence[Border]) -> str:
    """The first difference: that of the earliest stage, else the first in the order of the channels."""
    first = next((each for each in bad if each.channel == "stage"), bad[0])
    stage = first.stage or next((mark.stage for mark in marks if first.cell in mark.cells), "")
    place = "".join([f" in stage {stage}" if stage else "", f", cell {first.cell}" if first.cell else ""])
    values = f": {first.notebook or 'nothing'} in the notebook, {first.project or 'nothing'} in the project"
    more = f"; {len(bad) - 1} more differences" if len(bad) > 1 else ""
    return f"{first.channel} {first.name}{place}{values}{f' ({first.note})' if first.note else ''}{more}"


def _proven(comparisons: Sequence[Comparison]) -> str:
    counts: dict[str, int] = {}
    for each in comparisons:
        if each.outcome in {"equal", "close"}:
            counts[each.channel] = counts.get(each.channel, 0) + 1
    close = sum(each.outcome == "close" for each in comparisons)
    left = sorted({each.name for each in comparisons if each.outcome in {"unstable", "not compared"}})
    said = ", ".join(f"{number} {_plural(channel, number)}" for channel, number in counts.items())
    return (
        f"{said} are equal"
        + (f", {close} of them within the tolerance" if close else "")
        + (f"; not counted, since unstable or not comparable: {', '.join(left)[:200]}" if left else "")
    )


def _plural(channel: str, number: int) -> str:
    names = {
        "stage": "values at stage borders",
        "value": "final values",
        "result": "results",
        "printed": "printed lines",
        "display": "displayed values",
        "log": "log records",
        "standard error": "lines on standard error",
    }
    names |= {"file": "files", "figure": "figures", "warning": "warnings", "sharing": "shared objects"}
    return names.get(channel, channel) if number != 1 else names.get(channel, channel).removesuffix("s")
