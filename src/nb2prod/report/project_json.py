"""`nb2prod.json`: the report as JSON, as it stands; and the report that such a file holds."""

import json

from nb2prod.errors import ConfigError
from nb2prod.model.gate import Decision
from nb2prod.model.report import Before, Overview, Report
from nb2prod.report._plain import noun, plain, schema


def render(report: Report | Overview | Decision) -> str:
    """The report as JSON: ASCII only, so that no character can be lost or do harm on the way."""
    return json.dumps(plain(report), indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def load(text: str, where: str) -> Report:
    """The report of a `nb2prod.json`; raises ConfigError if the file holds none that this version can read."""
    try:
        return noun(Report, json.loads(text))
    except ValueError as error:
        raise ConfigError(f"{where}: is no report of this version ({error}); convert the notebook again") from error


def earlier(text: str, where: str) -> dict[str, Before]:
    """The numbers of an earlier report or overview by notebook; raises ConfigError if the file is neither."""
    try:
        content = json.loads(text)
        reports = content.get("reports", [content]) if isinstance(content, dict) else []
        found = [noun(Report, report) for report in reports]
    except ValueError as error:
        raise ConfigError(f"{where}: is no report of this version ({error})") from error
    return {report.notebook: numbers(report) for report in found}


def numbers(report: Report) -> Before:
    """What is compared between two reports of the same notebook."""
    work, blocking, findings = len(report.work), len(report.blocking), len(report.findings)
    return Before(report.decision.verdict, report.proof, report.score, work, blocking, findings)


def json_schema() -> str:
    """The JSON schema of `nb2prod.json`."""
    return json.dumps(schema(Report, "The report of nb2prod on one notebook"), indent=2) + "\n"
