"""The report as a comment on a pull request: the decision, what blocks, what is new; never too long for a forge."""

from collections.abc import Iterator

from nb2prod.model.report import Overview, Report
from nb2prod.report.project_markdown import head, lines, task
from nb2prod.report.project_markdown import text as plain

# GitHub takes 65,536 characters, GitLab a million; bytes are never fewer than characters.
LIMIT = 60_000
FOLDED = 40
MARK = "<!-- nb2prod report -->"


def render(report: Report) -> str:
    """One comment; its first line is a mark by which a later run finds it again."""
    return bounded([MARK, *head(report), "", *_blocking(report), *_rest(report)])


def render_overview(overview: Overview) -> str:
    """One comment for several notebooks."""
    return bounded([MARK, *_table(overview)])


def bounded(rows: list[str]) -> str:
    """The lines as far as a forge takes them."""
    kept: list[str] = []
    size = 0
    for row in rows:
        size += len(row.encode()) + 1
        if size > LIMIT:
            closing = ["", "</details>"] if "<details>" in "\n".join(kept) else []
            return "\n".join([*kept, *closing, "", "There is more: see REPORT.md of the project."]) + "\n"
        kept.append(row)
    return "\n".join(kept) + "\n"


def _blocking(report: Report) -> Iterator[str]:
    if report.blocking:
        yield "### Blocks production"
        yield ""
        yield from (task(work) for work in report.blocking)
        yield ""


def _rest(report: Report) -> Iterator[str]:
    yield "<details><summary>The whole report</summary>"
    yield ""
    yield from list(lines(report, FOLDED))[len(list(head(report))) :]
    yield ""
    yield "</details>"


def _table(overview: Overview) -> Iterator[str]:
    yield f"# {len(overview.reports)} notebooks on the way to production"
    yield ""
    yield "| notebook | decision | proof | readiness | blocking | open points | findings |"
    yield "|---|---|---|---:|---:|---:|---:|"
    for report in overview.reports:
        then = overview.before.get(report.notebook)
        numbers = (report.score, len(report.blocking), len(report.work), len(report.findings))
        earlier = (then.score, then.blocking, then.work, then.findings) if then else numbers
        cells = [f"{now}{'' if now == was else f' ({now - was:+})'}" for now, was in zip(numbers, earlier, strict=True)]
        cells[0] = cells[0].replace(str(report.score), f"{report.score} %", 1)
        yield f"| {plain(report.notebook)} | {report.decision.verdict} | {report.proof} | {' | '.join(cells)} |"
    if overview.unread:
        yield ""
        yield from (f"- {plain(unread.notebook)} was not read: {plain(unread.why)}" for unread in overview.unread)
