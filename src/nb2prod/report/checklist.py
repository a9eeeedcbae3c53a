"""The open points as CSV, one a line, for a spreadsheet or a tracker: nothing in it is a formula."""

import csv
import io

from nb2prod.model.plan import HumanWork
from nb2prod.model.report import Report
from nb2prod.report._facts import printable
from nb2prod.report._text import clean

COLUMNS = ("notebook", "blocks", "what", "why", "cell", "line", "file", "file line", "owner", "effort", "phase", "kind")
# A cell that begins with one of these is calculated by spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(*reports: Report) -> str:
    """The table, with a head."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for report in reports:
        table.writerows([safe(value) for value in _row(report, work)] for work in report.work)
    return text.getvalue()


def safe(value: str) -> str:
    """The text as a spreadsheet shows it: on one line, and never calculated."""
    said = printable(clean(" ".join(value.split("\n"))))
    return f"'{said}" if said.lstrip().startswith(FORMULA) or value.startswith(FORMULA) else said


def _row(report: Report, work: HumanWork) -> list[str]:
    cell, line = (str(work.place.cell), str(work.place.line)) if work.place else ("", "")
    file, at = (work.generated.file, str(work.generated.line)) if work.generated else ("", "")
    blocks = "blocks production" if work.blocks else ""
    return [
        report.notebook,
        blocks,
        work.what,
        work.why,
        cell,
        line,
        file,
        at,
        work.owner,
        work.effort,
        work.phase,
        work.kind,
    ]
