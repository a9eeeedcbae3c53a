"""SARIF 2.1.0, as code scanning reads it: places in the .ipynb file, the cell as logical location."""

from collections.abc import Iterable, Iterator
from json import dumps
from urllib.parse import quote

from nb2prod.model import Checked, Finding
from nb2prod.report._facts import LEVELS, Value, fingerprints, printable, where
from nb2prod.report._look import Look
from nb2prod.report._place import cell_of
from nb2prod.report._text import clean

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/nb2prod/nb2prod"


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One run with every finding as a result."""
    found: list[Value] = []
    problems: list[Value] = []
    names: dict[str, Value] = {}
    for checked in results:
        for finding, fingerprint in fingerprints(checked):
            names.setdefault(
                finding.rule, {"id": finding.rule, "helpUri": f"{HOME}/blob/main/docs/rules/{finding.rule}.md"}
            )
            found.append(_result(checked, finding, fingerprint))
        if checked.refused:
            problems.append(
                {"level": "error", "message": {"text": clean(checked.refused)}, "locations": [_file(checked)]}
            )
    driver: Value = {"name": "nb2prod", "version": look.version, "informationUri": HOME, "rules": list(names.values())}
    invocation: Value = {"executionSuccessful": not problems, "toolExecutionNotifications": problems}
    run: Value = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "results": found,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "the root of the repository"}}},
    }
    yield dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _file(checked: Checked) -> Value:
    return {"physicalLocation": {"artifactLocation": _artifact(checked)}}


def _artifact(checked: Checked) -> Value:
    uri = quote(checked.uri, errors="surrogatepass")
    return {"uri": uri} if uri.startswith("/") else {"uri": uri, "uriBaseId": "SRCROOT"}


def _result(checked: Checked, finding: Finding, fingerprint: str) -> Value:
    cell, place = cell_of(checked, finding), finding.file
    region: Value = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    identity = f"cell[{finding.place.cell}]" + (f" ({clean(cell.cell_id)})" if cell and cell.cell_id else "")
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": where(finding) + printable(clean(finding.message))},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": _artifact(checked), "region": region},
                "logicalLocations": [
                    {"name": f"cell {finding.place.cell}", "fullyQualifiedName": identity, "kind": "module"}
                ],
            }
        ],
        "partialFingerprints": {"nb2prod/v1": fingerprint},
    }
