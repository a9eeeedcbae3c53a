"""From a conversion to its report: measure, decide, assess, and write it down in the files that go into the project."""

from collections.abc import Sequence
from dataclasses import replace

from nb2prod import __version__
from nb2prod.assess import Case, assess, measured_by, metrics_of, shown_by
from nb2prod.gate import decide, draft, gate_of
from nb2prod.model.finding import redacted
from nb2prod.model.gate import Decision, GateFile, Metric
from nb2prod.model.project import File
from nb2prod.model.report import Report
from nb2prod.report import project_json, project_markdown
from nb2prod.report._plain import texts_changed


def reported(case: Case, gate: GateFile, secrets: frozenset[str]) -> tuple[Report, tuple[File, ...]]:
    """The report, without secrets, and the files of the project that come from it.

    A project that is more than a library has a draft of `gate.toml`: what was edited there since is kept by writing.
    """
    drafted = gate_draft(case)
    metrics = metrics_of(case.analysis, case.evidence)
    known = measured_by(metrics, case.evidence)
    decision = decided(gate, drafted, known)
    files = [File("gate.toml", drafted)] if case.plan.profile != "library" else []
    project = replace(case.project, files=(*case.project.files, *files))
    report = assess(replace(case, project=project, metrics=metrics, decision=decision), __version__)
    if secrets:
        report = texts_changed(report, lambda text: redacted(text, secrets))
    files += [File("REPORT.md", project_markdown.render(report)), File("nb2prod.json", project_json.render(report))]
    return report, tuple(files)


def gate_draft(case: Case) -> str:
    """`gate.toml` as the notebook speaks for itself: its own metrics, with the values that were saved with it."""
    return draft(metrics_of(case.analysis, None), shown_by(case.plan))


def decided(gate: GateFile, drafted: str, metrics: Sequence[Metric]) -> Decision:
    """What the gate decides; without a `gate.toml`, what its draft leaves open."""
    return decide(gate_of(gate.text or drafted, gate.name), metrics, gate.today, written=bool(gate.text))
