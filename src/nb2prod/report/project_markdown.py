"""`REPORT.md`: the decision, the proof, what a person must still do, and what was made of the notebook."""

import re
from collections.abc import Iterable, Iterator

from nb2prod.model.notebook import Place
from nb2prod.model.plan import FileLine, HumanWork
from nb2prod.model.report import PhaseLeft, Report
from nb2prod.report import proof
from nb2prod.report._mermaid import mermaid
from nb2prod.report._text import clean

MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~&$])")
# What would make a line a list, a rule or a heading.
LISTS = re.compile(r"^(\d*)([-+=:.)])")
# What forges turn into links and mentions even where it is escaped: taken apart by a character without width.
LINKS = re.compile(r"(:(?=//)|@|\bwww(?=\.)|#(?=\d)|\bGH(?=-))", re.IGNORECASE)
MOST = 200


def render(report: Report) -> str:
    """The report as Markdown."""
    return "\n".join(lines(report, MOST)) + "\n"


def text(value: str) -> str:
    """Text that Markdown shows as it is, on one line: nothing in it is markup, a link, a mention or a formula."""
    said = " ".join(clean(value.replace("\n", " ")).split())
    marked = MARKS.sub(r"\\\1", LINKS.sub("\\1\u200b", said))
    return LISTS.sub(r"\1\\\2", marked)


def sentence(value: str) -> str:
    """Text that Markdown shows as it is, as a sentence."""
    said = text(value)
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?', '!')) else '.'}" if said else ""


def code(value: str) -> str:
    """A span of code that Markdown shows as it is."""
    plain = " ".join(clean(value.replace("\n", " ")).replace("`", "'").split())
    return f"`{plain or ' '}`".replace("|", "\\|")


def lines(report: Report, most: int) -> Iterator[str]:
    """The whole report, line by line, with so many lines of each list."""
    yield from head(report)
    yield from section("Decision", _decision(report), most)
    if report.evidence:
        said = [*proof.as_text(report.evidence).splitlines(), *proof.surroundings(report.evidence)]
        yield from section("Proof", [f"- {text(line)}" for line in said], most)
    yield from section("What a person must still do", [task(work) for work in report.work], most)
    yield from section("Readiness", _readiness(report), most)
    yield from section("What is left of the timeline", _timeline(report), most)
    yield from section("Mistakes that this project is about to make", _mistakes(report), most)
    yield from section("Pipeline", list(mermaid(report)), len(report.stages) + len(report.edges) + 3)
    yield from section("Stages", _stages(report), most)
    yield from section(
        "Settings", [f"- {code(s.name)}: {text(s.description)} (cell {s.cell})" for s in report.settings], most
    )
    kept = [f"- {text(f.reason)}{at(f.place)}" for f in report.fallbacks]
    yield from section("Kept together or shared, and why", kept, most)
    left = [f"- {code(d.what)}{at(d.place)}: {text(d.why)}" for d in report.dropped]
    yield from section("Left out, and why", left, most)
    found = [f"- {f.severity} **{text(f.rule)}**{at(f.place)}: {text(f.message)}" for f in report.findings]
    yield from section("Findings in the notebook", found, most)


def head(report: Report) -> Iterator[str]:
    """The title and the numbers that matter most."""
    cells = {cell for stage in report.stages for cell in stage.cells}
    yield f"# {text(report.title)}: report of the conversion"
    yield ""
    yield f"- **Decision**: {report.decision.verdict}"
    yield f"- **Proof**: {report.proof}"
    yield f"- **Human work**: {len(report.work)} open points, {len(report.blocking)} of them block production"
    yield f"- **Readiness**: {report.score} %, that of the weakest dimension"
    yield f"- **Time left**: {span(report.weeks.low, report.weeks.high)}, by the timeline below"
    yield f"- **Profile**: {report.profile.name}; {text(report.profile.why)}"
    yield f"- **Stages**: {len(report.stages)}, made of {len(cells)} cells of {code(report.notebook)}"


def section(title: str, rows: list[str], most: int) -> Iterator[str]:
    """A heading and its lines; nothing if there are none."""
    if not rows:
        return
    yield ""
    yield f"## {title}"
    yield ""
    yield from rows[:most]
    if len(rows) > most:
        yield "" if rows[0].startswith("|") else "- ..."
        yield f"{len(rows) - most} more: see nb2prod.json"


def task(work: HumanWork) -> str:
    """An open point as a line of a checklist."""
    where, what = at(work.place) + made(work.generated), text(work.what)
    blocks = "**Blocks production.** " if work.blocks else ""
    return f"- [ ] {blocks}{what[:1].upper()}{what[1:]}{where}. {sentence(work.why)} *{work.owner}, {work.effort}, {work.phase}*"


def at(place: Place | None) -> str:
    """Where in the notebook."""
    return f" (cell {place.cell}, line {place.line})" if place else ""


def made(line: FileLine | None) -> str:
    """Where in the project."""
    return f" in {code(f'{line.file}:{line.line}')}" if line else ""


def span(low: float, high: float) -> str:
    """A range of weeks."""
    if not high:
        return "nothing"
    return f"{low:g} weeks" if low == high else f"{low:g} to {high:g} weeks"


def _decision(report: Report) -> list[str]:
    reasons = report.decision.reasons
    rows = [f"| {text(r.question)} | {r.verdict} | {text(r.why)} | {r.owner} |" for r in reasons]
    return ["| criterion | says | why | owner |", "|---|---|---|---|", *rows]


def _readiness(report: Report) -> list[str]:
    rows = ["| dimension | score | state | what would raise it |", "|---|---|---|---|"]
    for dimension in report.readiness:
        todo = "; ".join(dict.fromkeys(point.todo for point in dimension.points if point.todo))
        rows.append(f"| {text(dimension.name)} | {dimension.score} % | {dimension.state} | {text(todo)} |")
    return rows


def _timeline(report: Report) -> list[str]:
    rows = [
        "| phase | who | takes by itself | left | because |",
        "|---|---|---|---|---|",
        *map(_phase, report.schedule),
    ]
    return [*rows, f"| **all** | | | {span(report.weeks.low, report.weeks.high)} | a heuristic, not a promise |"]


def _phase(phase: PhaseLeft) -> str:
    left, whole = span(phase.left.low, phase.left.high), span(phase.weeks.low, phase.weeks.high)
    return f"| {text(phase.title)} | {text(phase.roles)} | {whole} | {left} | {text('; '.join(phase.reasons))} |"


def _mistakes(report: Report) -> list[str]:
    likely = (mistake for mistake in report.mistakes if mistake.likely)
    return [f"- **{text(m.name)}**: {text(m.evidence)}. Instead: {text(m.remedy)}." for m in likely]


def _stages(report: Report) -> list[str]:
    rows = ["| stage | cells | takes | hands on |", "|---|---|---|---|"]
    for stage in report.stages:
        takes, hands = _names(v.name for v in stage.parameters), _names(v.name for v in stage.results)
        rows.append(f"| {code(stage.name)} | {', '.join(map(str, stage.cells))} | {takes} | {hands} |")
    return rows if report.stages else []


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(code, names))
