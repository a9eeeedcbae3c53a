"""JUnit XML: a suite for each notebook, a test case for each cell that has findings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from nb2prod.model import Checked, Finding
from nb2prod.report._facts import printable
from nb2prod.report._look import Look
from nb2prod.report._text import clean, place_of


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:  # noqa: ARG001  # all reporters take a look
    """The document, suite by suite."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="nb2prod">\n'
    for checked in results:
        yield from _suite(checked)
    yield "</testsuites>\n"


def _suite(checked: Checked) -> Iterator[str]:
    cells: dict[int, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        cells[finding.place.cell].append(finding)
    name = _attribute(checked.uri)
    errors = int(bool(checked.refused))
    yield f'  <testsuite name={name} tests="{max(len(cells) + errors, 1)}" failures="{len(cells)}" errors="{errors}">\n'
    if checked.refused:
        yield f'    <testcase name="read" classname={name}><error message={_attribute(checked.refused)}/></testcase>\n'
    elif not cells:
        yield f'    <testcase name="no findings" classname={name}/>\n'
    for number, findings in sorted(cells.items()):
        yield f'    <testcase name="cell {number}" classname={name}>\n'
        for finding in findings:
            text = f"{checked.path}:{place_of(finding)}: {finding.severity} {finding.rule} {finding.message}"
            message = _attribute(finding.message)
            yield f'      <failure type="{finding.rule}" message={message}>{_text(text)}</failure>\n'
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _text(text: str) -> str:
    return escape(printable(clean(text)))


def _attribute(text: str) -> str:
    return quoteattr(printable(clean(text)))
