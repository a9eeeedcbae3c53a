"""A job summary in Markdown: counts, then the findings of each notebook in a table, within GitHub's limit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from nb2prod.model import Checked, Finding
from nb2prod.report._facts import printable
from nb2prod.report._look import Look
from nb2prod.report._text import clean

# A job summary over 1 MiB is thrown away whole.
LIMIT = 900_000
SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\*_{}[]<>#|~!&@$"} | {"`": "'"})


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:  # noqa: ARG001  # all reporters take a look
    """The summary."""
    kept = list(results)
    counts = Counter(finding.severity for checked in kept for finding in checked.findings)
    yield "# nb2prod lint\n\n"
    yield f"{len(kept)} notebooks: {counts['error']} errors, {counts['warning']} warnings, {counts['info']} info.\n"
    written = 0
    for checked in kept:
        section = "".join(_section(checked))
        written += len(section.encode("utf-8", "replace"))
        if written > LIMIT:
            yield "\nMore was found; this summary is full.\n"
            return
        yield section


def _section(checked: Checked) -> Iterator[str]:
    if not checked.findings and not checked.refused:
        return
    yield f"\n<details><summary>{_summary(checked.uri)}: {len(checked.findings)}</summary>\n\n"
    if checked.refused:
        yield f"{_plain(checked.refused)}\n"
    if checked.findings:
        yield "| Cell | Line | Severity | Rule | Message |\n| ---: | ---: | --- | --- | --- |\n"
        yield from (_row(finding) for finding in checked.findings)
    yield "\n</details>\n"


def _row(finding: Finding) -> str:
    place, message = finding.place, _plain(finding.message)
    return f"| {place.cell} | {place.line} | {finding.severity} | {finding.rule} | {message} |\n"


def _summary(text: str) -> str:
    """Text inside an HTML element, where Markdown may or may not be looked for."""
    return escape(printable(clean(text))).replace("[", "&#91;").replace("`", "&#96;")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: nothing in it is markup, a link or a mention."""
    return printable(clean(text)).replace("&", "&amp;").replace("<", "&lt;").translate(SPECIAL).replace("\\&", "&")
