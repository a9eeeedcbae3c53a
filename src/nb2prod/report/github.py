"""Workflow commands that GitHub shows beside the lines: the worst first, since it shows ten of a step."""

from collections.abc import Iterable, Iterator

from nb2prod.model import Checked, Finding
from nb2prod.report._facts import where
from nb2prod.report._look import Look
from nb2prod.report._text import clean

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:  # noqa: ARG001  # all reporters take a look
    """One command a finding."""
    every = [(checked, finding) for checked in results for finding in checked.findings]
    for checked, finding in sorted(every, key=lambda pair: list(LEVELS).index(pair[1].severity)):
        yield _command(checked, finding)


def _command(checked: Checked, finding: Finding) -> str:
    place = finding.file
    properties = {
        "file": checked.uri,
        "line": str(place.line),
        "col": str(place.column),
        "endLine": str(place.end_line),
        "endColumn": str(place.end_column),
        "title": f"nb2prod {finding.rule}",
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{LEVELS[finding.severity]} {told}::{_data(where(finding) + finding.message)}\n"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
