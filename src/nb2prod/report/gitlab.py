"""The code quality report of GitLab."""

from collections.abc import Iterable, Iterator
from json import dumps

from nb2prod.model import Checked
from nb2prod.report._facts import fingerprints, printable, where
from nb2prod.report._look import Look
from nb2prod.report._text import clean

LEVELS = {"error": "critical", "warning": "minor", "info": "info"}


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:  # noqa: ARG001  # all reporters take a look
    """One list with every finding; a fingerprint is of the file and the statement, not of the line."""
    found = [
        {
            "description": printable(where(finding) + clean(finding.message)),
            "check_name": finding.rule,
            "fingerprint": _with_file(checked.uri, fingerprint),
            "severity": LEVELS[finding.severity],
            "location": {"path": printable(checked.uri), "lines": {"begin": finding.file.line}},
        }
        for checked in results
        for finding, fingerprint in fingerprints(checked)
    ]
    yield dumps(found, indent=2) + "\n"


def _with_file(uri: str, fingerprint: str) -> str:
    from hashlib import sha256

    return sha256(f"{uri}\0{fingerprint}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
