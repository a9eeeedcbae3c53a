"""A frame for each finding: its place, the lines that it is about, and carets under them."""

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from nb2prod.model import Checked, Finding
from nb2prod.report._look import Look
from nb2prod.report._text import clean, described, place_of, quoted

WIDTH = 160


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The frames, then how many there were and what to type next."""
    counts = {"error": 0, "warning": 0, "info": 0}
    rule = ""
    for checked in results:
        for finding in checked.findings:
            counts[finding.severity] += 1
            rule = rule or finding.rule
            yield _frame(checked, finding, look)
    if not rule:
        yield "No findings.\n"
        return
    words = ", ".join(
        f"{count} {name}{'s' if count > 1 and name != 'info' else ''}" for name, count in counts.items() if count
    )
    yield f"{words}. Why, and what to do: nb2prod explain {rule}\n"


def _frame(checked: Checked, finding: Finding, look: Look) -> str:
    severity = look.paint(finding.severity, "bold", finding.severity)
    head = f"{severity} {look.paint(finding.rule, 'bold')}: {clean(finding.message)}"
    lines = [
        head,
        f"  {look.paint('-->', 'blue')} {clean(checked.path)}:{place_of(finding)}{_context(checked, finding)}",
    ]
    source = quoted(checked, finding.place)
    gutter = max((len(str(number)) for number, _ in source), default=1)
    bar = look.paint("|", "blue")
    for number, text in source:
        shown, carets = _shown(text, number, finding)
        lines.append(f"{look.paint(str(number).rjust(gutter), 'blue')} {bar} {shown}")
        if carets:
            lines.append(f"{' ' * gutter} {bar} {look.paint(carets, finding.severity)}")
    remedies = [finding.help, described(finding.fix) if look.fixes else ""]
    lines += [f"{' ' * gutter} {look.paint('=', 'blue')} {clean(remedy)}" for remedy in remedies if remedy]
    return "\n".join(lines) + "\n\n"


def _context(checked: Checked, finding: Finding) -> str:
    """The execution count of the cell and the heading above it."""
    if checked.notebook is None:
        return ""
    cells = [cell for cell in checked.notebook.cells if cell.index <= finding.place.cell]
    count = cells[-1].execution_count if cells else None
    headings = [
        line for cell in cells if cell.kind == "markdown" for line in cell.source.split("\n") if line.startswith("#")
    ]
    heading = clean(headings[-1].lstrip("#").strip())[:60] if headings else ""
    parts = [f"In [{count}]" if count else "", f'under "{heading}"' if heading else ""]
    told = ", ".join(part for part in parts if part)
    return f" ({told})" if told else ""


def _shown(text: str, number: int, finding: Finding) -> tuple[str, str]:
    """The line as it is printed, and the carets under the part that the finding is about."""
    place = finding.place
    if not place.line <= number <= max(place.end_line, place.line):
        return clean(text[:WIDTH]), ""
    start = place.column - 1 if number == place.line else len(text) - len(text.lstrip())
    end = place.end_column - 1 if number == place.end_line and place.end_column else len(text)
    # A long line is shown from a little before the finding.
    first = max(0, start - WIDTH // 2) if len(text) > WIDTH else 0
    before, marked = clean(text[first:start]), clean(text[start : max(end, start + 1)])
    rest = clean(text[max(end, start + 1) : first + WIDTH])
    room = max(WIDTH - len(before), 1)
    carets = " " * _wide(before) + "^" * max(1, _wide(marked[:room]))
    return before + marked[:room] + rest[: max(0, room - len(marked))], carets


def _wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
