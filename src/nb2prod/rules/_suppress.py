"""What the author asked to be left alone: by line, by cell, by tag, by notebook."""

from collections.abc import Iterable, Iterator

from nb2prod.model import Cell, Finding, Notebook, Place
from nb2prod.model.frozen import dataclass, field
from nb2prod.rules._words import pattern

MARK = pattern(r"nb2prod:\s*ignore(?:\[([^\]\n]*)\])?")
TAG = pattern(r"nb2prod:ignore(?:\[([^\]\n]*)\])?")


@dataclass(slots=True)
class Suppression:
    """One request: the rules that it names (none: all), the cell, and the line (0: the whole cell)."""

    rules: frozenset[str]
    cell: int
    line: int
    place: Place
    used: set[str] = field(default_factory=set)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding was asked to be left alone here."""
        if finding.place.cell != self.cell or (self.rules and finding.rule not in self.rules):
            return False
        last = max(finding.place.end_line, finding.place.line)
        return self.line in (0, finding.place.line, last)

    @property
    def unused(self) -> list[str]:
        """The rules that it names for nothing; `[""]` for a request without names that silences nothing."""
        if not self.rules:
            return [] if self.used else [""]
        return sorted(self.rules - self.used)


def _names(text: str | None) -> frozenset[str]:
    return frozenset(name.strip() for name in (text or "").split(",") if name.strip())


def _in_cell(cell: Cell) -> Iterator[Suppression]:
    """The requests in one cell's tags and comments."""
    for tag in sorted(cell.tags):
        if match := TAG.fullmatch(tag):
            yield Suppression(_names(match.group(1)), cell.index, 0, Place(cell.index, 1, 1, 1, 1))
    if "nb2prod:" not in cell.source:
        return
    for number, line in enumerate(cell.source.split("\n"), 1):
        comment = line.find("<!--" if cell.kind == "markdown" else "#")
        match = MARK.search(line, comment) if comment >= 0 else None
        if not match:
            continue
        alone = number == 1 and not line[:comment].strip()
        place = Place(cell.index, number, match.start() + 1, number, match.end() + 1)
        yield Suppression(_names(match.group(1)), cell.index, 0 if alone else number, place)


def suppressions(notebook: Notebook) -> list[Suppression]:
    """Every request in the cells of a notebook."""
    return [request for cell in notebook.cells if cell.tags or "nb2prod:" in cell.source for request in _in_cell(cell)]


def silenced(findings: Iterable[Finding], requests: list[Suppression], notebook: Notebook) -> Iterator[Finding]:
    """The findings that nobody asked to leave alone; the requests learn what they silenced."""
    for finding in findings:
        if finding.rule in notebook.ignored_rules:
            continue
        covering = [request for request in requests if request.covers(finding)]
        for request in covering:
            request.used.add(finding.rule)
        if not covering:
            yield finding
