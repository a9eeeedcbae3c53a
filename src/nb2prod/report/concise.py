"""One line a finding: `analysis.ipynb:cell 6:2:8: warning hardcoded-path message`."""

from collections.abc import Iterable, Iterator

from nb2prod.model import Checked
from nb2prod.report._look import Look
from nb2prod.report._text import clean, place_of


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The lines, notebook by notebook."""
    for checked in results:
        path = look.paint(clean(checked.path), "bold")
        for finding in checked.findings:
            severity = look.paint(finding.severity, finding.severity)
            yield f"{path}:{place_of(finding)}: {severity} {finding.rule} {clean(finding.message)}\n"
