"""The report as one page that needs nothing else: no request, no script to read it, every text escaped."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from nb2prod.model.evidence import Comparison, Outcome
from nb2prod.model.plan import Effort, Phase
from nb2prod.model.report import CellText, Notice, Report, StageText, Weeks
from nb2prod.report._facts import printable
from nb2prod.report._graph import BOX, drawing
from nb2prod.report._highlight import highlighted
from nb2prod.report._page import environment
from nb2prod.report._plain import plain

SECTIONS = (
    ("decision", "Decision"),
    ("proof", "Proof"),
    ("readiness", "Readiness"),
    ("work", "Human work"),
    ("timeline", "Timeline"),
    ("mistakes", "Mistakes"),
    ("pipeline", "Pipeline"),
    ("code", "Cells and functions"),
    ("settings", "Settings"),
    ("left", "Left out"),
    ("files", "Files"),
)
ORDER = {"error": 0, "warning": 1, "info": 2}
MOST = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """A cell as it is shown: its lines as HTML, and the findings under them by line."""

    index: int
    lines: tuple[Markup, ...]
    notes: Mapping[int, list[Notice]]


@dataclass(frozen=True, slots=True)
class Group:
    """A stage beside the cells that it was made of; cells of an earlier stage are only named."""

    stage: StageText
    cells: tuple[Listing, ...]
    elsewhere: tuple[int, ...]
    lines: tuple[Markup, ...]


def render(report: Report) -> str:
    """The page."""
    groups, rest = _groups(report)
    shown = {cell.index for cell in report.cells}
    likely = [mistake for mistake in report.mistakes if mistake.likely]
    html = (
        environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            sections=SECTIONS,
            counts=_counts(report),
            compared=sorted(compared(report).items()),
            outcomes=get_args(Outcome),
            unequal=_unequal(report),
            efforts={effort: number for number, effort in enumerate(get_args(Effort))},
            phases={phase: number for number, phase in enumerate(get_args(Phase))},
            whole=Weeks(sum(p.weeks.low for p in report.schedule), sum(p.weeks.high for p in report.schedule)),
            likely=likely,
            avoided=[mistake for mistake in report.mistakes if not mistake.likely],
            drawing=drawing(report),
            box=BOX,
            groups=groups,
            rest=[rest[: (len(rest) + 1) // 2], rest[(len(rest) + 1) // 2 :]] if rest else [],
            unplaced=[notice for notice in report.findings if notice.place.cell not in shown],
            data=_data(report),
        )
    )
    return printable(html)


def compared(report: Report) -> dict[str, dict[str, int]]:
    """How many comparisons there are by channel and outcome."""
    counts: dict[str, dict[str, int]] = {}
    for each in report.evidence.comparisons if report.evidence else ():
        channel = counts.setdefault(each.channel, {})
        channel[each.outcome] = channel.get(each.outcome, 0) + 1
    return counts


def _counts(report: Report) -> str:
    """How many criteria say what."""
    parts = [f"{len(found)} {verdict}" for verdict in ("go", "conditional", "no-go", "unanswered")
             if (found := report.decision.of(verdict))]  # fmt: skip
    return f"{', '.join(parts)} of {len(report.decision.reasons)} criteria."


def _unequal(report: Report) -> list[Comparison]:
    """What is not simply equal, the worst first; what was saved with the notebook and is not printed today."""
    if report.evidence is None:
        return []
    order = {outcome: number for number, outcome in enumerate(("differs", "missing", "close", "unstable"))}
    found = [each for each in report.evidence.comparisons if each.outcome != "equal"]
    stale = [each for each in report.evidence.saved if each.outcome == "differs"]
    return [*sorted(found, key=lambda each: order.get(each.outcome, len(order))), *stale][:MOST]


def _groups(report: Report) -> tuple[list[Group], list[Listing]]:
    """The stages with their cells, and the cells of no stage."""
    cells = {cell.index: cell for cell in report.cells}
    seen: set[int] = set()
    groups = []
    for stage in report.stages:
        own = [cells[index] for index in stage.cells if index in cells and index not in seen]
        elsewhere = tuple(index for index in stage.cells if index in seen)
        seen |= {cell.index for cell in own}
        listings = tuple(_listing(cell, report) for cell in own)
        groups.append(Group(stage, listings, elsewhere, _lines(stage.code)))
    return groups, [_listing(cell, report) for cell in report.cells if cell.index not in seen]


def _listing(cell: CellText, report: Report) -> Listing:
    lines = _lines(cell.source)
    notes: dict[int, list[Notice]] = {}
    for notice in sorted(_notices(cell, report), key=lambda notice: ORDER[notice.severity]):
        notes.setdefault(min(max(notice.place.line, 1), len(lines)), []).append(notice)
    return Listing(cell.index, lines, notes)


def _notices(cell: CellText, report: Report) -> Iterator[Notice]:
    return (notice for notice in report.findings if notice.place.cell == cell.index)


def _lines(code: str) -> tuple[Markup, ...]:
    return tuple(Markup(line) for line in highlighted(code))  # noqa: S704 - escaped token by token


def _data(report: Report) -> Markup:
    """The report as JSON for programs: nothing in it can end the element that holds it."""
    text = json.dumps(plain(report), separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - see above
