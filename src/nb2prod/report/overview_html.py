"""The reports of a repository as one page: a table of notebooks, with links to their own pages where there are some."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median_low
from types import SimpleNamespace

from nb2prod.model.report import Before, Overview, Report
from nb2prod.report._facts import printable
from nb2prod.report._page import environment
from nb2prod.report.project_json import numbers

NOTHING = SimpleNamespace(verdict=None, proof=None, score=None, work=None, blocking=None, findings=None)
MOST_RULES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A notebook, its numbers now and then, and its page ("" if it has none)."""

    report: Report
    now: Before
    then: Before | SimpleNamespace
    page: str


def render(overview: Overview, pages: Mapping[str, str] | None = None) -> str:
    """The page; `pages` are the notebooks' own by notebook."""
    rows = [
        Row(r, numbers(r), overview.before.get(r.notebook, NOTHING), (pages or {}).get(r.notebook, ""))
        for r in overview.reports
    ]
    template = environment().get_template("overview.html.j2")
    return printable(
        template.render(
            overview=overview,
            rows=rows,
            facts=list(_facts(overview)),
            dimensions=list(weakest(overview)),
            rules=list(commonest(overview)),
        )
    )


def _facts(overview: Overview) -> Iterator[tuple[str, str, str]]:
    """The numbers at the top, and what they were in the earlier report."""
    reports, before = overview.reports, [
        overview.before[r.notebook] for r in overview.reports if r.notebook in overview.before
    ]
    yield "Go or conditional", str(
        sum(r.decision.verdict in {"go", "conditional"} for r in reports)
    ), f"of {len(reports)}"
    yield "Proven", str(sum(r.proof == "proven" for r in reports)), f"of {len(reports)}"
    pairs = (("Blocking points", "blocking"), ("Open points", "work"), ("Findings", "findings"))
    for title, name in pairs:
        now, then = sum(getattr(numbers(r), name) for r in reports), sum(getattr(b, name) for b in before)
        yield title, str(now), f"{then} before" if before else ""


def weakest(overview: Overview) -> Iterator[tuple[str, int, int, int, str]]:
    """Each dimension: its lowest, middle and highest score, and the notebook where it is lowest."""
    names = dict.fromkeys(d.name for r in overview.reports for d in r.readiness)
    for name in names:
        scores = [(d.score, r.notebook) for r in overview.reports for d in r.readiness if d.name == name and d.points]
        if scores:
            plain = [score for score, _ in scores]
            yield name, min(plain), median_low(plain), max(plain), min(scores)[1]


def commonest(overview: Overview) -> Iterator[tuple[str, int, int]]:
    """The rules that found most: how many findings, in how many notebooks."""
    counts = Counter(notice.rule for report in overview.reports for notice in report.findings)
    for rule, count in counts.most_common(MOST_RULES):
        yield rule, count, sum(any(n.rule == rule for n in report.findings) for report in overview.reports)
