"""From a conversion to its report: measure, decide, assess, and write it down in the files that go into the project."""

from collections.abc import Sequence
from dataclasses import replace

from nb2prod import __version__
from nb2prod.assess import Case, assess, measured_by, metrics_of, shown_by, with_decision
from nb2prod.gate import decide, draft, gate_of
from nb2prod.model.finding import redacted
from nb2prod.model.gate import Decision, GateFile, Metric
from nb2prod.model.project import File, Project
from nb2prod.model.report import Report
from nb2prod.report import project_json, project_markdown
from nb2prod.report._plain import texts_changed


def reported(case: Case, secrets: frozenset[str]) -> tuple[Report, tuple[File, ...]]:
    """The report, without secrets, and the files of the project that come from it.

    A project that is more than a library has a draft of `gate.toml`; nothing in that is answered yet.
    """
    roles = {stage.role for stage in case.plan.stages}
    metrics, shown = metrics_of(case.analysis, None), shown_by(case.plan.settings)
    drafted = draft(metrics, shown, model="train" in roles, service=case.plan.profile == "service")
    files = [File("gate.toml", drafted)] if case.plan.profile != "library" else []
    metrics = metrics_of(case.analysis, case.evidence)
    decision = decide(gate_of(drafted, "gate.toml"), measured_by(metrics, case.evidence), "", written=False)
    project = replace(case.project, files=(*case.project.files, *files))
    report = assess(replace(case, project=project, metrics=metrics, decision=decision), __version__)
    if secrets:
        report = texts_changed(report, lambda text: redacted(text, secrets))
    return report, (*files, *_told(report))


def regated(report: Report, gate: GateFile, more: Sequence[Metric] = ()) -> Report:
    """The report as a `gate.toml` decides it today, with the metrics of a file beside those of the report."""
    return with_decision(report, decided(report, gate, more))


def decided(report: Report | None, gate: GateFile, more: Sequence[Metric] = ()) -> Decision:
    """What a `gate.toml` decides today about a report."""
    known = measured_by(report.metrics, report.evidence) if report else ()
    return decide(gate_of(gate.text, gate.name), (*known, *more), gate.today)


def gate_draft(report: Report) -> str:
    """`gate.toml` with what the notebook shows filled in."""
    roles, shown = {stage.role for stage in report.stages}, shown_by(report.settings)
    return draft(report.metrics, shown, model="train" in roles, service=report.profile.name == "service")


def with_report(project: Project, report: Report) -> Project:
    """The project with another report."""
    told = {file.path: file for file in _told(report)}
    return replace(project, files=tuple(told.get(file.path, file) for file in project.files))


def _told(report: Report) -> tuple[File, ...]:
    return File("REPORT.md", project_markdown.render(report)), File("nb2prod.json", project_json.render(report))
