"""What the markdown above a cell says: the heading that names a stage, the text that describes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nb2prod.model.naming import words
from nb2prod.model.notebook import Notebook

HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
BOLD = re.compile(r"^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
# Headings of what ends at module level: they say nothing of the code that follows.
ABOVE = re.compile(
    r"\b(imports?|librar(y|ies)|packages?|modules?|dependenc(y|ies)|requirements|functions?|helpers?|util(s|ity|ities)?|"
    r"definitions?|classes|set-?up|configuration|config|constants?|parameters?|settings?|preliminar(y|ies)|boilerplate)\b",
    re.IGNORECASE,
)
FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
# A line that begins a list, a table, a quote, code or a picture, or that names somebody.
NO_PROSE = re.compile(
    r" {4}|\t|\s*(?:[-*+|>]|\d+[.)]|!\[|<)\s?|\s*[*_]*(?:authors?|by|date|last change|version|contact)\b.*:", re.I
)
NOISE = re.compile(r"<[^>]{0,200}>|!?\[([^\]]{0,200})\]\([^)]{0,500}\)|[`*_~$\\]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """The markdown before a code cell: the level (1 to 6, 7 for plain text) and words of its title."""

    level: int
    title: str
    text: str = ""

    @property
    def lasts(self) -> bool:
        """Whether it speaks of the code that follows too when its own code moves to module level."""
        return bool(self.title) and ABOVE.search(self.title) is None


def plain(text: str) -> str:
    """Markdown without its marks, on one line."""
    cleaned = NOISE.sub(lambda match: match.group(1) or " ", text)
    return " ".join("".join(c for c in cleaned if c.isprintable()).split())


def headings(notebook: Notebook) -> dict[int, Heading]:
    """The heading that belongs to each code cell that comes right after markdown."""
    found: dict[int, Heading] = {}
    pending: Heading | None = None
    for cell in notebook.cells:
        if cell.kind == "markdown":
            pending = _merge(pending, _heading(cell.source))
        elif cell.kind == "code" and cell.source.strip():
            if pending is not None:
                found[cell.index] = pending
            pending = None
    return _without_title(found, title_of(notebook))


def _without_title(found: dict[int, Heading], title: Heading | None) -> dict[int, Heading]:
    """The headings without the notebook's own title, which is that of no stage."""
    first = next(iter(found), None)
    if first is None or title is None or title.level > 1 or found[first].title != title.title:
        return found
    if any(heading.title and heading.level <= title.level for index, heading in found.items() if index != first):
        return found
    return {index: heading for index, heading in found.items() if index != first}


def title_of(notebook: Notebook) -> Heading | None:
    """The first heading of the notebook, if it stands before any code."""
    for cell in notebook.cells:
        if cell.kind == "code" and cell.source.strip():
            return None
        if cell.kind == "markdown" and (found := _heading(cell.source)) is not None and found.level < 7:
            return found
    return None


def _merge(one: Heading | None, two: Heading | None) -> Heading | None:
    if one is None or two is None:
        return two or one
    # A deeper heading below names the stage; plain text only describes it.
    if two.level == 7:
        return Heading(one.level, one.title, f"{one.text} {two.text}".strip())
    return Heading(min(one.level, two.level), two.title, two.text)


def _heading(source: str) -> Heading | None:
    best: Heading | None = None
    text: list[str] = []
    fenced = False
    for line in source.split("\n")[:200]:
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if fenced or len(line) > 2000:
            continue
        match = HEADING.match(line) or BOLD.match(line)
        if match is None:
            text.append(line)
            continue
        level = len(match.group(1)) if line.lstrip().startswith("#") else 6
        title = plain(match.group(match.lastindex or 1))
        if title:
            best, text = Heading(level if best is None else min(level, best.level), title), []
    body = plain(" ".join(text))
    if best is not None:
        return Heading(best.level, best.title, body)
    return Heading(7, "", body) if body else None


def title_and_text(notebook: Notebook) -> tuple[str, str]:
    """The notebook's title, made of its name if it has none, and what it says of itself."""
    heading = title_of(notebook)
    if heading is None:
        return " ".join(words(notebook.name)).capitalize(), ""
    source = next(
        cell.source for cell in notebook.cells if cell.kind == "markdown" and _heading(cell.source) == heading
    )
    return heading.title, next(_paragraphs(source), "")


def _paragraphs(source: str) -> Iterator[str]:
    """The paragraphs of prose: no headings, lists, tables, quotes, code, or lines of names and dates."""
    for block in re.split(r"\n\s*\n|^ {0,3}#.*$", FENCED.sub("\n\n", source), flags=re.MULTILINE):
        text = plain(block)
        if text and not any(NO_PROSE.match(line) for line in block.split("\n")) and len(text.split()) > 2:
            yield text
