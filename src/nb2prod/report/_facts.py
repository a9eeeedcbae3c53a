"""A finding as the plain values that the machine-readable formats are made of."""

import hashlib
from collections.abc import Iterator

from nb2prod.model import Checked, Finding
from nb2prod.report._place import cell_of
from nb2prod.report._text import described

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def fingerprints(checked: Checked) -> Iterator[tuple[Finding, str]]:
    """The findings with their fingerprints: rule, statement and ordinal among equals, never an index."""
    seen: dict[tuple[str, str], int] = {}
    for finding in checked.findings:
        key = (finding.rule, finding.code)
        seen[key] = ordinal = seen.get(key, 0) + 1
        text = f"{finding.rule}\0{finding.code}\0{ordinal}".encode("utf-8", "backslashreplace")
        yield finding, hashlib.sha256(text).hexdigest()[:32]


def facts(checked: Checked, finding: Finding, fingerprint: str) -> dict[str, Value]:
    """Everything that is known of a finding and its place."""
    cell, place, file = cell_of(checked, finding), finding.place, finding.file
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": printable(finding.message),
        "path": checked.path,
        "uri": checked.uri,
        "cell": {
            "index": place.cell,
            "ordinal": cell.ordinal if cell else 0,
            "execution_count": cell.execution_count if cell else None,
            "id": printable(cell.cell_id) if cell else "",
        },
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line or place.line, "column": place.end_column or place.column + 1},
        "file": {"line": file.line, "column": file.column, "end_line": file.end_line, "end_column": file.end_column},
        "fix": described(finding.fix),
        "fixable": finding.fixable,
        "help": printable(finding.help),
        "fingerprint": fingerprint,
    }


def printable(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 file can hold."""
    return text.encode("utf-8", "backslashreplace").decode()


def where(finding: Finding) -> str:
    """`Cell 6, line 2: `, for formats that show only the line in the file."""
    return f"Cell {finding.place.cell}, line {finding.place.line}: "
