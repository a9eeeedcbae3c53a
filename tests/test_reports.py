"""Every format says the same, in the right place, and lets nothing of a notebook do harm."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb2prod.config import Config
from nb2prod.model import Checked, Finding, Place
from nb2prod.pipeline import lint_bytes
from nb2prod.report import FORMATS, Look, reporter
from nb2prod.rules import all_rules
from nb2prod.rules._examples import notebook_json

EXAMPLE = '# %% [markdown]\n# Load\n# %% [4]\nimport pandas as pd\ndf = pd.read_csv("/Users/lea/\u5c71.csv")\n'
EVERYTHING = Config(profile="all")
SECRET = "tr0ub4dor&3"
HOSTILE_EXAMPLE = "# %%\nx = = 1\n# %%\nopen('C:\\\\Users\\\\é a\\\\b#c.csv')\nexec(code)\n"
HOSTILE = "`::error::x` \x1b[31m \u202e <script>alert(1)</script> | [a](javascript:x) \ud800 %0A\n::error::y"


def checked(example: str = EXAMPLE) -> Checked:
    """What lint says of an example."""
    return lint_bytes(notebook_json(example).encode("utf-8", "surrogatepass"), "work/a.ipynb", Config())


def text(name: str, *results: Checked) -> str:
    """A report."""
    return "".join(reporter(name)(iter(results), Look(version="1.0")))


def test_concise_is_one_line() -> None:
    """Path, cell, line, column, severity, rule, message."""
    message = "error hardcoded-path `/Users/lea/\u5c71.csv` is read, a path of one machine"
    assert text("concise", checked()) == f"work/a.ipynb:cell 2:2:18: {message}\n"


def test_full_has_carets_under_wide_characters() -> None:
    """A frame, the heading above and the execution count."""
    report = text("full", checked())
    assert '--> work/a.ipynb:cell 2:2:18 (In [4], under "Load")' in report
    assert '\n2 | df = pd.read_csv("/Users/lea/\u5c71.csv")\n  |                  ^^^^^^^^^^^^^^^^^^^\n' in report


def test_json_has_the_place_in_the_file() -> None:
    """Line and column of the .ipynb point at the very text."""
    data = notebook_json(EXAMPLE)
    [finding] = json.loads(text("json", checked()))["findings"]
    assert finding["file"]["line"] == 1  # the example is written on one line
    assert data[finding["file"]["column"] - 1 :].startswith('\\"/Users/lea')
    assert finding["cell"] == {"index": 2, "ordinal": 1, "execution_count": 4, "id": ""}


def test_rdjson_counts_columns_in_bytes() -> None:
    """So says its schema: what stands between them in the file's bytes is the text in question."""
    source = "ö = '\u5c71'; df = open('/Users/lea/\u5c71.csv')  # \u5c71"
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": [source]}]
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    data = json.dumps(document, ensure_ascii=False, indent=1).encode()
    found = json.loads(text("rdjson", lint_bytes(data, "a.ipynb", Config(select=("hardcoded-path",)))))
    [span] = [diagnostic["location"]["range"] for diagnostic in found["diagnostics"]]
    line = data.split(b"\n")[span["start"]["line"] - 1]
    assert line[span["start"]["column"] - 1 : span["end"]["column"] - 1].decode() == "'/Users/lea/\u5c71.csv'"


def test_sarif_has_what_code_scanning_reads() -> None:
    """A path below the repository's root, and a fingerprint."""
    document = json.loads(text("sarif", checked()))
    [run] = document["runs"]
    [result] = run["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "work/a.ipynb", "uriBaseId": "SRCROOT"}
    assert set(result["partialFingerprints"]) == {"nb2prod/v1"}


def test_sarif_is_of_the_official_schema() -> None:
    """What is found, what can't be read, whatever the notebooks hold; every rule's own example."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
    refused = Checked("b.ipynb", "b.ipynb", refused="b.ipynb: not JSON; mend it")
    examples = [lint_bytes(notebook_json(r.bad).encode(), f"{r.name}.ipynb", EVERYTHING) for r in all_rules().values()]
    for results in ([checked(), checked(HOSTILE_EXAMPLE), refused], examples, []):
        document = json.loads(text("sarif", *results))
        jsonschema.validate(document, json.loads(schema.read_text(encoding="utf-8")))


# The objects that we write, and the keys that the schema of SARIF 2.1.0 allows and requires of them (it allows no others).
SARIF = {
    "document": ({"$schema", "version", "runs"}, {"version", "runs"}),
    "run": ({"tool", "invocations", "results", "columnKind", "originalUriBaseIds"}, {"tool"}),
    "driver": ({"name", "version", "informationUri", "rules"}, {"name"}),
    "rule": ({"id", "helpUri"}, {"id"}),
    "invocation": ({"executionSuccessful", "toolExecutionNotifications"}, {"executionSuccessful"}),
    "notification": ({"level", "message", "locations"}, {"message"}),
    "result": ({"ruleId", "level", "message", "locations", "partialFingerprints"}, {"message"}),
    "location": ({"physicalLocation", "logicalLocations"}, set()),
    "physical": ({"artifactLocation", "region"}, {"artifactLocation"}),
    "artifact": ({"uri", "uriBaseId"}, {"uri"}),
    "region": ({"startLine", "startColumn", "endLine", "endColumn"}, {"startLine"}),
    "logical": ({"name", "fullyQualifiedName", "kind"}, set()),
}


def shaped(kind: str, found: dict[str, object]) -> None:
    """An object has the keys that it must have and none that it must not."""
    allowed, required = SARIF[kind]
    assert required <= set(found) <= allowed, kind


def test_sarif_has_the_shape_of_the_standard() -> None:
    """Every object, and what their values may be."""
    refused = Checked("b.ipynb", "b.ipynb", refused="b.ipynb: not JSON; mend it")
    document = json.loads(text("sarif", checked(), checked(HOSTILE_EXAMPLE), refused))
    shaped("document", document)
    assert document["version"] == "2.1.0"
    [run] = document["runs"]
    shaped("run", run)
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    driver = run["tool"]["driver"]
    shaped("driver", driver)
    for rule in driver["rules"]:
        shaped("rule", rule)
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for invocation in run["invocations"]:
        shaped("invocation", invocation)
        assert invocation["executionSuccessful"] is False
        for notification in invocation["toolExecutionNotifications"]:
            shaped("notification", notification)
    assert run["results"]
    for result in run["results"]:
        shaped("result", result)
        assert result["ruleId"] in {rule["id"] for rule in driver["rules"]}
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        for location in result["locations"]:
            shaped("location", location)
            shaped("physical", location["physicalLocation"])
            artifact, region = (location["physicalLocation"][key] for key in ("artifactLocation", "region"))
            shaped("artifact", artifact)
            shaped("region", region)
            assert not urlsplit(artifact["uri"]).scheme
            assert all(isinstance(number, int) and number >= 1 for number in region.values())
            assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])
            for logical in location["logicalLocations"]:
                shaped("logical", logical)


def prints(example: str) -> list[str]:
    """The fingerprints of an example."""
    return [finding["fingerprint"] for finding in json.loads(text("json", checked(example)))["findings"]]


def test_fingerprints_stay_when_cells_move() -> None:
    """Also when the notebook is run again or other cells change."""
    moved = "# %% [9]\ny = 1\n" + EXAMPLE.replace("[4]", "[12]") + "# %% [output]\nhello\n"
    assert prints(moved) == prints(EXAMPLE)


def test_fingerprints_of_equal_statements_differ() -> None:
    """By their ordinal."""
    twice = "# %%\ntry:\n    x()\nexcept:\n    raise_it()\n# %%\ntry:\n    x()\nexcept:\n    raise_it()\n"
    assert len(set(prints(twice))) == len(prints(twice))


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_shows_a_secret(name: str) -> None:
    """Neither in a message nor in a quoted line."""
    code = f'password = "{SECRET}"; path = "/Users/lea/{SECRET}.csv"'
    example = f"# %%\n{code}\n# %%\nprint(1)\n# %% [output]\n{SECRET}\n"
    result = checked(example)
    assert len(result.findings) > 1
    assert SECRET not in text(name, result)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_does_no_harm(name: str) -> None:
    """No control characters, no line of the notebook's own, nothing that breaks the format."""
    finding = Finding("bare-except", HOSTILE, Place(1, 1, 1, 1, 5), "error", help=HOSTILE, code=HOSTILE)
    result = checked(f"# %%\nx = 1  # {HOSTILE.partition(chr(10))[0]}")
    result = replace(result, path=HOSTILE, uri=HOSTILE, findings=(finding,), refused=HOSTILE)
    report = text(name, result)
    report.encode("utf-8", "strict" if name not in {"concise", "full"} else "backslashreplace")
    assert not set(report) & set("\x1b\u202e\x00")
    lines = [line for line in report.splitlines() if line.startswith("::")]
    assert len(lines) == (1 if name == "github" else 0)
    match name:
        case "json" | "sarif" | "gitlab" | "rdjson":
            json.loads(report)
        case "junit":
            ET.fromstring(report)
        case "html":
            assert "<script" not in report
        case "markdown":
            assert "<script" not in report
            assert "[a](javascript" not in report


class Page(HTMLParser):
    """Collects what a page would fetch."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note sources and links."""
        self.fetched += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href"}]


def test_html_needs_nothing_else() -> None:
    """No request is made when the page is opened."""
    page = Page()
    page.feed(text("html", checked()))
    assert page.fetched == []


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_safe_in_every_format(message: str) -> None:
    """Whatever a cell holds."""
    finding = Finding("bare-except", message, Place(1, 1, 1, 1, 2), "warning")
    result = Checked("a.ipynb", "a.ipynb", findings=(finding,))
    for name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(text(name, result))
    ET.fromstring(text("junit", result))
    assert text("github", result).count("\n") == 1
    assert text("concise", result).count("\n") == 1
