"""`REPORT.md`: what was converted, what was left out, and what a person must still do."""

import re
from collections.abc import Iterable, Iterator

from nb2prod.model.notebook import Place
from nb2prod.model.report import Report
from nb2prod.report import proof

MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~])")
MOST = 200


def render(report: Report) -> str:
    """The report as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def text(value: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return MARKS.sub(r"\\\1", " ".join("".join(c if c.isprintable() else " " for c in value).split()))


def code(value: str) -> str:
    """A span of code that Markdown shows as it is."""
    return (
        "`"
        + " ".join("".join(c if c.isprintable() and c != "`" else " " for c in value).split()).replace("|", "\\|")
        + "`"
    )


def _lines(report: Report) -> Iterator[str]:
    plan = report.plan
    blocking = sum(work.blocks for work in plan.work)
    yield f"# {text(plan.title)}: report of the conversion"
    yield ""
    yield f"- **Stages**: {len(plan.stages)}, made of {len({cell for stage in plan.stages for cell in stage.cells})} cells"
    yield f"- **Profile**: {plan.profile}; {text(plan.profile_why)}"
    yield f"- **Proof**: {report.proof}"
    yield f"- **Human work**: {len(plan.work)} open points, {blocking} of them block production"
    if report.evidence:
        lines = [*proof.as_text(report.evidence).splitlines(), *proof.surroundings(report.evidence)]
        yield from _section("Proof", [f"- {text(line)}" for line in lines])
    yield from _section(
        "What a person must still do",
        [f"- [ ] {text(w.what)}{_at(w.place)}. {text(w.why)} *{w.owner}, {w.effort}*" for w in plan.work],
    )
    rows = [
        f"| `{s.name}` | {', '.join(map(str, s.cells))} | {_names(v.name for v in s.params)} | {_names(v.name for v in s.returns)} |"
        for s in plan.stages
    ]
    yield from _section("Stages", ["| stage | cells | takes | hands on |", "|---|---|---|---|", *rows])
    yield from _section("Settings", [f"- `{s.name}`: {text(s.description)} (cell {s.cell})" for s in plan.settings])
    yield from _section(
        "Kept together or shared, and why", [f"- {text(f.reason)}{_at(f.place)}" for f in plan.fallbacks]
    )
    yield from _section("Left out, and why", [f"- {code(d.what)}{_at(d.place)}: {text(d.why)}" for d in plan.dropped])
    yield from _section(
        "Findings in the notebook",
        [f"- {f.severity} **{f.rule}**{_at(f.place)}: {text(f.message)}" for f in report.findings],
    )


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"## {title}"
    yield ""
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield f"- ... and {len(lines) - MOST} more, see nb2prod.json"


def _at(place: Place | None) -> str:
    return f" (cell {place.cell}, line {place.line})" if place else ""


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
