"""The report for a terminal: the decision, what blocks, readiness by dimension, and what to do next."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from nb2prod.model.report import Overview, Report
from nb2prod.report._facts import printable
from nb2prod.report._text import clean
from nb2prod.report.project_html import compared
from nb2prod.report.project_json import numbers
from nb2prod.report.project_markdown import span

COLOURS = {"go": "green", "proven": "green", "conditional": "yellow", "no-go": "red", "differs": "red"}
MOST = 12
BAR = 20


def show(report: Report, console: Console) -> None:
    """Print one report."""
    for line in _head(report):
        console.print(line)
    console.print(_criteria(report))
    console.print(_readiness(report))
    console.print(_work(report))
    if len(report.work) > MOST:
        console.print(_text(f"and {len(report.work) - MOST} more points: see REPORT.md", "dim"))
    console.print(_text(f"next: {report.command}" if report.proof == "not run" else "next: nb2prod gate", "bold"))


def show_overview(overview: Overview, console: Console) -> None:
    """Print a line a notebook; numbers that have changed since the earlier report with their difference."""
    table = _table("notebook", "decision", "proof", "ready", "blocking", "points", "findings")
    for report in overview.reports:
        now, then = numbers(report), overview.before.get(report.notebook)
        table.add_row(
            _text(report.notebook),
            _verdict(report.decision.verdict),
            _verdict(report.proof),
            _moved(now.score, then.score if then else now.score, " %"),
            _moved(now.blocking, then.blocking if then else now.blocking),
            _moved(now.work, then.work if then else now.work),
            _moved(now.findings, then.findings if then else now.findings),
        )
    console.print(table)
    for unread in overview.unread:
        console.print(_text(f"{unread.notebook} was not read: {unread.why}", "red"))


def _head(report: Report) -> Iterator[Text]:
    yield _text(report.title, "bold")
    yield Text.assemble("decision  ", _verdict(report.decision.verdict))
    equal = sum(found.get("equal", 0) for found in compared(report).values())
    yield Text.assemble("proof     ", _verdict(report.proof), f", {equal} comparisons are equal" if equal else "")
    yield _text(f"readiness {report.score} %, that of the weakest dimension")
    yield _text(f"left      {span(report.weeks.low, report.weeks.high)}, by the timeline; a heuristic")


def _criteria(report: Report) -> Table:
    table = _table("criterion", "says", "why")
    for reason in report.decision.reasons:
        table.add_row(_text(reason.criterion), _verdict(reason.verdict), _text(reason.why))
    return table


def _readiness(report: Report) -> Table:
    table = _table("dimension", "score", "", "state")
    for dimension in report.readiness:
        full = dimension.score * BAR // 100
        bar = Text("#" * full, "green") + Text("." * (BAR - full), "dim")
        table.add_row(_text(dimension.name), _text(f"{dimension.score} %"), bar, _text(dimension.state))
    return table


def _work(report: Report) -> Table:
    table = _table("", "left to a person", "where", "who")
    for work in report.work[:MOST]:
        where = (
            f"cell {work.place.cell}:{work.place.line}" if work.place else work.generated.file if work.generated else ""
        )
        table.add_row(_text("blocks", "red") if work.blocks else "", _text(work.what), _text(where), _text(work.owner))
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _verdict(said: str) -> Text:
    return Text(said, COLOURS.get(said, "magenta"))


def _moved(now: int, then: int, unit: str = "") -> Text:
    return Text(f"{now}{unit}" if now == then else f"{now}{unit} ({now - then:+})")


def _text(value: str, style: str = "") -> Text:
    """A text in which nothing is markup, and nothing moves the cursor."""
    return Text(printable(clean(value)), style)
