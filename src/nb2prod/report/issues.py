"""The open points as issues, one a phase: title, labels and a checklist, as GitHub or GitLab want them."""

from collections.abc import Iterator

from nb2prod.model.plan import HumanWork
from nb2prod.model.report import PhaseLeft, Report
from nb2prod.report.project_markdown import span, task, text

LIMIT = 60_000
GITHUB, GITLAB = "github", "gitlab"


def render(report: Report, forge: str) -> str:
    """The issues one after the other, each begun by a line with its title."""
    found = [_issue(report, phase, forge) for phase in report.schedule if _work(report, phase)]
    return "\n".join(found)


def _work(report: Report, phase: PhaseLeft) -> list[HumanWork]:
    return [work for work in report.work if work.phase == phase.name]


def _issue(report: Report, phase: PhaseLeft, forge: str) -> str:
    rows = [f"# {text(report.title)}: {text(phase.title)}", "", *_body(report, phase, forge), ""]
    return "\n".join(rows)


def _body(report: Report, phase: PhaseLeft, forge: str) -> Iterator[str]:
    work = _work(report, phase)
    label = "production readiness"
    owners = ", ".join(sorted({each.owner for each in work}))
    if forge == GITHUB:
        yield f"Labels: {label}"
        yield ""
    yield f"For {owners}. Left of this phase: {span(phase.left.low, phase.left.high)} (a heuristic)."
    yield ""
    size = 0
    for number, each in enumerate(work):
        row = task(each)
        size += len(row.encode()) + 1
        if size > LIMIT:
            yield f"- [ ] {len(work) - number} more: see REPORT.md of the project"
            break
        yield row
    if forge == GITLAB:
        yield ""
        yield f'/label ~"{label}"'
