"""Notebook, Finding*, Plan, Project, Evidence, Gate → Report: what is there, what is missing, and what it takes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nb2prod.assess.case import Case
from nb2prod.assess.dimensions import dimensions
from nb2prod.assess.lines import Lines, lines_of
from nb2prod.assess.metrics import metrics_of
from nb2prod.assess.mistakes import answered as still
from nb2prod.assess.mistakes import likely_first, mistakes
from nb2prod.assess.points import answered, dimension
from nb2prod.assess.schedule import TIMELINE, schedule
from nb2prod.assess.work import asked, in_order, work_of
from nb2prod.model.evidence import Evidence
from nb2prod.model.finding import Convert, Drop, Lift, Replace
from nb2prod.model.gate import Decision, Metric
from nb2prod.model.plan import Plan, Setting, Variable
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

__all__ = ["SCHEMA", "TIMELINE", "Case", "assess", "measured_by", "metrics_of", "shown_by", "with_decision"]

# Counts up when a key changes its meaning or goes.
SCHEMA = 2


def assess(case: Case, version: str) -> Report:
    """Bring together all that is known of a conversion."""
    lines = lines_of(case.analysis.notebook, case.plan, case.project)
    return _summed(_report(case, lines, version))


def _report(case: Case, lines: Lines, version: str) -> Report:
    plan = case.plan
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
        score=0,
        readiness=tuple(dimensions(case)),
        work=work_of(case, lines),
        weeks=Weeks(0, 0),
        schedule=(),
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


def with_decision(report: Report, decision: Decision) -> Report:
    """The report as the gate stands now: what a person answers there moves readiness, work, timeline and mistakes."""
    readiness = tuple(
        dimension(d.name, *(answered(point, decision) if point.criterion else point for point in d.points))
        for d in report.readiness
    )
    work = in_order([*(work for work in report.work if work.kind != "decision"), *asked(decision)])
    found = tuple(likely_first(still(mistake, decision) for mistake in report.mistakes))
    return _summed(replace(report, decision=decision, readiness=readiness, work=work, mistakes=found))


def _summed(report: Report) -> Report:
    """The report with what follows from its readiness and its work."""
    left = tuple(schedule(report.readiness, report.work))
    return replace(
        report,
        score=min((dimension.score for dimension in report.readiness if dimension.points), default=0),
        weeks=Weeks(sum(phase.left.low for phase in left), sum(phase.left.high for phase in left)),
        schedule=left,
    )


def measured_by(metrics: tuple[Metric, ...], evidence: Evidence | None) -> tuple[Metric, ...]:
    """The metrics with how long the whole run took, in milliseconds, if it was timed."""
    if evidence is None or not evidence.project_seconds:
        return metrics
    return (*metrics, Metric("run_ms", value=round(1000 * evidence.project_seconds, 1), seen="proof run"))


def shown_by(settings: Iterable[Setting]) -> dict[str, list[str]]:
    """What the notebook shows for criteria of the gate, a line each."""
    said = [(s.kind, f"{s.name} (cell {s.cell}): {s.description}") for s in settings]
    inputs = [line for kind, line in said if kind in {"path", "url"}]
    outside = [line for kind, line in said if kind in {"output", "secret"}]
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
