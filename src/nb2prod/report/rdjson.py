"""The diagnostic format of reviewdog; its schema counts columns in bytes of UTF-8."""

from collections.abc import Iterable, Iterator
from json import dumps

from nb2prod.model import Checked, Finding
from nb2prod.report._facts import Value, printable, where
from nb2prod.report._look import Look
from nb2prod.report._text import clean

LEVELS = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:  # noqa: ARG001  # all reporters take a look
    """One object with every finding."""
    found = [_diagnostic(checked, finding) for checked in results for finding in checked.findings]
    yield dumps({"source": {"name": "nb2prod"}, "severity": "WARNING", "diagnostics": found}, indent=2) + "\n"


def _diagnostic(checked: Checked, finding: Finding) -> Value:
    place = finding.file
    start, end = place.in_bytes
    span: Value = {
        "start": {"line": place.line, "column": start},
        "end": {"line": place.end_line, "column": end},
    }
    return {
        "message": printable(where(finding) + clean(finding.message)),
        "location": {"path": printable(checked.uri), "range": span},
        "severity": LEVELS[finding.severity],
        "code": {"value": finding.rule},
    }
