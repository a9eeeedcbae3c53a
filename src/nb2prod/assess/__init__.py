"""Notebook, Finding*, Plan, Project, Evidence, Gate → Report: what is there, what is missing, and what it takes."""

from collections.abc import Iterator
from dataclasses import replace

from nb2prod.assess.case import Case
from nb2prod.assess.dimensions import dimensions
from nb2prod.assess.lines import Lines, lines_of
from nb2prod.assess.metrics import metrics_of
from nb2prod.assess.mistakes import mistakes
from nb2prod.assess.schedule import HOURS, TIMELINE, TOTAL, schedule
from nb2prod.assess.work import work_of
from nb2prod.model.evidence import Evidence
from nb2prod.model.finding import Convert, Drop, Lift, Replace
from nb2prod.model.gate import Metric
from nb2prod.model.plan import Plan, Variable
from nb2prod.model.report import (
    CellText,
    Edge,
    Notice,
    ProfileChoice,
    Report,
    StageText,
    Tool,
    Weeks,
    WrittenFile,
)

__all__ = ["HOURS", "SCHEMA", "TIMELINE", "TOTAL", "Case", "assess", "measured_by", "metrics_of", "shown_by"]

# Counts up when a key changes its meaning or goes.
SCHEMA = 2


def assess(case: Case, version: str) -> Report:
    """Bring together all that is known of a conversion."""
    plan = case.plan
    lines = lines_of(case.analysis.notebook, plan, case.project)
    work = work_of(case, lines)
    readiness = tuple(dimensions(case))
    left = tuple(schedule(readiness, work))
    return Report(
        schema_version=SCHEMA,
        tool=Tool("nb2prod", version),
        notebook=case.label,
        title=plan.title,
        package=plan.package,
        profile=ProfileChoice(plan.profile, plan.profile_why),
        command=case.command,
        decision=case.decision,
        proof=case.evidence.verdict if case.evidence else "not run",
        evidence=case.evidence,
        score=min((dimension.score for dimension in readiness if dimension.points), default=0),
        readiness=readiness,
        work=work,
        weeks=Weeks(sum(phase.left.low for phase in left), sum(phase.left.high for phase in left)),
        schedule=left,
        mistakes=tuple(mistakes(case)),
        metrics=case.metrics,
        stages=tuple(_stages(plan, lines)),
        edges=tuple(_edges(plan)),
        cells=tuple(_cells(case, lines)),
        settings=tuple(replace(s, default=None) if s.kind == "secret" else s for s in plan.settings),
        dropped=plan.dropped,
        fallbacks=plan.fallbacks,
        findings=tuple(_notices(case, lines)),
        files=tuple(WrittenFile(file.path, len(file.text.splitlines())) for file in case.project.files),
    )


def measured_by(metrics: tuple[Metric, ...], evidence: Evidence | None) -> tuple[Metric, ...]:
    """The metrics with how long the whole run took, in milliseconds, if it was timed."""
    if evidence is None or not evidence.project_seconds:
        return metrics
    return (*metrics, Metric("run_ms", value=round(1000 * evidence.project_seconds, 1), seen="proof run"))


def shown_by(plan: Plan) -> dict[str, list[str]]:
    """What the notebook shows for criteria of the gate, a line each."""
    inputs = [f"{s.name} (cell {s.cell}): {s.description}" for s in plan.settings if s.kind in {"path", "url"}]
    outside = [f"{s.name} (cell {s.cell}): {s.description}" for s in plan.settings if s.kind in {"output", "secret"}]
    return {"data": inputs, "integration": [*inputs, *outside]}


def _stages(plan: Plan, lines: Lines) -> Iterator[StageText]:
    for stage in plan.stages:
        made = lines.functions.get(stage.name)
        code = "\n".join(made.lines) if made else ""
        at = made.at if made else None
        yield StageText(
            stage.name, stage.role, stage.doc, stage.cells, stage.params, stage.returns, stage.shared, code, at
        )


def _edges(plan: Plan) -> Iterator[Edge]:
    """The values that each stage takes, from the stage that handed them on last."""
    source: dict[str, str] = {}
    kinds: dict[str, Variable] = {}
    for stage in plan.stages:
        given: dict[str, list[Variable]] = {}
        for variable in stage.params:
            if variable.name in source:
                known = replace(variable, type=variable.type or kinds[variable.name].type)
                given.setdefault(source[variable.name], []).append(known)
        yield from (Edge(start, stage.name, tuple(values)) for start, values in given.items())
        for variable in stage.returns:
            source[variable.name], kinds[variable.name] = stage.name, variable


def _cells(case: Case, lines: Lines) -> Iterator[CellText]:
    for cell in case.analysis.notebook.code:
        if cell.source.strip():
            yield CellText(cell.index, cell.source, lines.stages.get(cell.index, ()))


def _notices(case: Case, lines: Lines) -> Iterator[Notice]:
    for finding in case.findings:
        match finding.fix:
            case Lift(name):
                remedy = f"it is the setting {name} now"
            case Drop(reason):
                remedy = f"it is left out: {reason}"
            case Convert(how):
                remedy = how
            case Replace(text):
                remedy = f"`nb2prod lint --fix` writes {' '.join(text.split())}"
            case _:
                remedy = finding.help
        yield Notice(finding.rule, finding.severity, finding.message, finding.place, remedy, lines.of(finding.place))
