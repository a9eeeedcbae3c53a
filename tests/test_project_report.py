"""The report of a conversion: what it holds, and that it says the same in every face and lets nothing do harm."""

import csv
import io
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reports import MODEL, converted, notebook, with_texts
from rich.console import Console
from typer.testing import CliRunner

from nb2prod.assess import TIMELINE, with_decision
from nb2prod.cli import app
from nb2prod.config import Config
from nb2prod.errors import ConfigError
from nb2prod.gate import CRITERIA
from nb2prod.model.evidence import Comparison, Evidence
from nb2prod.model.gate import Decision, Reason
from nb2prod.model.report import Overview, Report, Tool, Unread
from nb2prod.pipeline import Proof, convert
from nb2prod.report import FACES, checklist, comment, project_html, project_json, project_markdown, terminal
from nb2prod.report.faces import MANY, ONE

ROOT = Path(__file__).resolve().parents[1]
DIMENSIONS = 12
MESS = """
# CHANGE THIS to your own folder
path = "/home/mara/data.csv"
---
import pandas as pd
password = "tr0ub4dor&3-horse"
df = pd.read_csv(path)
df.head()
---
# run this cell again for the next set
df = df.dropna()
print(df.shape)
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on a notebook with a model."""
    return converted(MODEL, tmp_path_factory.mktemp("model"), {2: "AUC: 0.713\n"}).report


@pytest.fixture(scope="module")
def mess(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on a notebook with much to do."""
    return converted(MESS, tmp_path_factory.mktemp("mess")).report


def overview(*reports: Report) -> Overview:
    """An overview of reports and of a notebook that could not be read."""
    before = {report.notebook: replace(project_json.numbers(report), findings=0) for report in reports}
    return Overview(1, Tool("nb2prod", "1.0"), reports, (Unread("b.ipynb", "no JSON"),), before)


# What it holds


def test_twelve_dimensions_and_the_weakest_counts(report: Report) -> None:
    assert len(report.readiness) == DIMENSIONS
    assert report.score == min(dimension.score for dimension in report.readiness if dimension.points)


def test_every_point_that_is_not_there_says_what_would_raise_it(report: Report, mess: Report) -> None:
    points = [point for each in (report, mess) for dimension in each.readiness for point in dimension.points]
    assert [point.claim for point in points if (point.earned < 1) is not bool(point.todo)] == []
    assert all(point.why for point in points)


def test_the_timeline_is_the_guides(report: Report) -> None:
    assert (sum(row.weeks.low for row in TIMELINE), sum(row.weeks.high for row in TIMELINE)) == (11, 21)
    assert [phase.title for phase in report.schedule] == [row.title for row in TIMELINE]
    assert all(phase.left.low <= phase.left.high for phase in report.schedule)
    assert all(phase.reasons for phase in report.schedule if phase.left.high)


def test_the_metric_has_the_value_of_the_saved_output(report: Report) -> None:
    [metric] = report.metrics
    assert (metric.name, metric.variable, metric.cell, metric.value) == ("roc_auc_score", "auc", 3, 0.713)
    assert metric.seen == "saved output"


@pytest.mark.parametrize(
    ("shown", "printed", "value"),
    [
        ('print("AUC", auc)', "AUC 0.5", 0.5),
        ('print("AUC:", round(auc, 2), "n =", len(y))', "AUC: 0.51 n = 3", 0.51),
        ('print(f"{len(y)} rows, {auc:.1%}")', "3 rows, 71.2%", 0.712),
        ('print("AUC = %.3f" % auc)', "AUC = 0.625", 0.625),
        ('print("AUC = {:.3f} of {}".format(auc, 1))', "AUC = 0.625 of 1", 0.625),
        ('print("again", roc_auc_score(y, y))', "again np.float64(1.0)", None),
        ('print("times", auc * 100)', "times 71", None),
        ('print("AUC", auc)', "something else", None),
    ],
)
def test_values_are_read_from_what_was_printed(shown: str, printed: str, value: float | None, tmp_path: Path) -> None:
    code = MODEL.replace('print(f"AUC: {auc:.3f}")', shown)
    found = [metric for metric in converted(code, tmp_path, {2: printed}).report.metrics if metric.variable == "auc"]
    assert [metric.value for metric in found] == [value]


def test_every_kind_of_open_point_is_told(mess: Report, report: Report) -> None:
    kinds = {work.kind for each in (mess, report) for work in each.work}
    assert kinds >= {"decision", "secret", "data", "proof", "manual step", "finding", "blank", "test"}
    assert [work for work in mess.work if work.blocks] == list(mess.work[: len(mess.blocking)])


def test_open_points_know_their_line_in_the_project(report: Report, tmp_path: Path) -> None:
    project = converted(MODEL, tmp_path).project
    [work] = [work for work in report.work if work.kind == "data"]
    assert work.generated is not None
    line = project[work.generated.file].split("\n")[work.generated.line - 1]
    assert line.strip().startswith(f"{work.setting}:")


def test_a_secret_is_in_no_face(mess: Report) -> None:
    assert any(setting.kind == "secret" for setting in mess.settings)
    assert [name for name, render in ONE.items() if "tr0ub4dor" in render(mess)] == []


def test_the_proof_moves_readiness(tmp_path: Path) -> None:
    """What was proven is measured; what was not is an open point."""
    path = str(notebook(MODEL, tmp_path))
    comparisons = (
        Comparison("value", "auc", "equal"),
        Comparison("value", "X", "unstable", note="differs between two runs"),
        Comparison("value", "model", "not compared"),
    )
    evidence = Evidence("proven", "1 final value is equal", comparisons, project_seconds=0.25)
    proven = convert(path, Config(), proof=Proof(evidence)).report
    unproven = convert(path, Config()).report
    code = [next(d.score for d in each.readiness if d.name == "Code quality") for each in (unproven, proven)]
    assert code[0] < code[1]
    assert [work.what for work in proven.work if work.kind == "proof"] == [
        "make X repeatable",
        "compare model by hand, or leave them out of the project",
    ]
    assert [work.blocks for work in unproven.work if work.kind == "proof"] == [True]


def test_answers_move_readiness_timeline_and_mistakes(report: Report) -> None:
    reasons = tuple(Reason(c.name, c.question, "go", "answered yes", c.owner) for c in CRITERIA)
    answered = with_decision(report, Decision("go", reasons, written=True))
    assert [work for work in answered.work if work.kind == "decision"] == []
    assert answered.weeks.high < report.weeks.high
    assert answered.score > report.score
    likely = {mistake.name for mistake in answered.mistakes if mistake.likely}
    assert likely == {"Not designed for production"}
    back = with_decision(answered, report.decision)
    assert replace(back, mistakes=()) == replace(report, mistakes=())
    assert set(back.mistakes) == set(report.mistakes)


# Every face


def test_every_face_has_a_format() -> None:
    assert tuple(ONE) == FACES == tuple(sorted(MANY, key=FACES.index))


def test_json_is_of_the_schema(report: Report, mess: Report) -> None:
    """The schema is generated; the file of the documentation is that schema."""
    committed = (ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8")
    assert committed == project_json.json_schema(), "run: python tests/test_project_report.py"
    jsonschema = pytest.importorskip("jsonschema")
    for each in (report, mess):
        jsonschema.Draft202012Validator(json.loads(committed)).validate(json.loads(project_json.render(each)))


def test_json_holds_all(report: Report, mess: Report) -> None:
    for each in (report, mess):
        assert project_json.load(project_json.render(each), "nb2prod.json") == each


def test_a_comment_fits_any_forge(mess: Report) -> None:
    many = replace(mess, work=tuple(replace(mess.work[0], what=f"{number} " + "é" * 300) for number in range(2000)))
    assert len(comment.render(many).encode()) < 65_536
    assert len(comment.render_overview(overview(*[mess] * 2000)).encode()) < 65_536


def test_the_checklist_has_a_row_a_point(mess: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(checklist.render(mess))))
    assert len(rows) == len(mess.work)
    assert rows[0]["blocks"] == "blocks production"


def test_issues_are_one_a_phase(mess: Report) -> None:
    phases = {work.phase for work in mess.work}
    for forge in ("github-issues", "gitlab-issues"):
        text = ONE[forge](mess)
        assert len(re.findall(r"^# ", text, re.MULTILINE)) == len(phases)
        assert text.count("- [ ]") == len(mess.work)


# Pages


class Page(HTMLParser):
    """What a page is made of: its elements, its ids, its links, what it asks for, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.asked: list[str] = []
        self.elements: list[str] = []
        self.headings: list[int] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        self.elements.append(tag)
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        for name, value in attrs:
            self.ids += [value or ""] if name == "id" else []
            self.links += [value or ""] if name == "href" else []
            self.asked += (
                [value or ""] if name in {"src", "srcset", "action", "data", "style"} or name[:2] == "on" else []
            )

    def handle_data(self, data: str) -> None:
        """Some text."""
        self.text += data


def pages(report: Report) -> Iterator[Page]:
    """Both pages."""
    yield Page(project_html.render(report))
    yield Page(MANY["html"](overview(report)))


def test_pages_ask_for_nothing(report: Report, mess: Report) -> None:
    for page in (page for each in (report, mess) for page in pages(each)):
        assert page.asked == []
        assert {link for link in page.links if not link.startswith("#")} == set()
        assert {"img", "link", "iframe", "object", "form", "embed"} & set(page.elements) == set()


def test_pages_are_in_order(report: Report, mess: Report) -> None:
    """One title, no level skipped, ids that are unique, links that lead somewhere."""
    for page in (page for each in (report, mess) for page in pages(each)):
        assert page.headings.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
        assert len(page.ids) == len(set(page.ids))
        assert {link[1:] for link in page.links} <= {*page.ids, ""}


def test_a_long_notebook_is_a_small_page(tmp_path: Path) -> None:
    cells = [
        f"table_{n} = pd.read_csv('/home/mara/{n}.csv')\ntable_{n}['total'] = table_{n}['a'] * {n} + len(str({n}))\n"
        f"for row in table_{n}.itertuples():\n    print(row)"
        for n in range(100)
    ]
    report = converted("\n---\n".join(["import pandas as pd", *cells]), tmp_path).report
    assert len(project_html.render(report).encode()) < 1_000_000


@pytest.mark.skipif(not (shutil.which("chromium") or shutil.which("google-chrome")), reason="no Chromium here")
def test_a_browser_runs_our_script_and_no_other(mess: Report, tmp_path: Path) -> None:
    """The policy lets the headings of the table become buttons, and stops a script of the notebook's even unescaped."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or ""
    html = project_html.render(mess).replace("</main>", "<script>document.title = 'harm'</script></main>")
    (tmp_path / "report.html").write_text(html, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    command = [
        browser,
        *flags,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        f"file://{tmp_path}/report.html",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        pytest.skip(f"Chromium does not start here: {done.stderr[-200:]}")
    assert "<button" in done.stdout
    assert "<title>harm</title>" not in done.stdout


# Nothing of a notebook does harm

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</script><img src=x onerror=alert(1)>",
            "</pre></td><style>*{}</style>",
            "[x](javascript:alert(1))",
            "![x](http://example.org/x.png)",
            "<!-- -->\n\n# heading\n\n| a |",
            "```\n~~~",
            "`a` <b>",
            "=HYPERLINK(1)",
            "\t=1+1",
            "@someone #1 GH-1 https://example.org www.example.org",
            '"];\n  evil --> here',
            "\x1b]0;owned\x07\x1b[2J",
            "\u202e\u2066abc\ud800",
            "- [x] done\n1. one\n+ two\n\\",
            "&lt;b&gt; &amp;",
            "/close\n/label ~x",
            "{{ 7 * 7 }}{% x %}",
        ]
    ),
)
FEW = settings(max_examples=40, deadline=None, derandomize=True)


@FEW
@given(text=HOSTILE)
def test_hostile_text_stays_text_in_html(report: Report, text: str) -> None:
    """The elements of the page are those that harmless text makes."""
    harmless, hostile = ([*pages(with_texts(report, each))] for each in ("plain", text or "plain"))
    for good, bad in zip(harmless, hostile, strict=True):
        counted = [element for element in bad.elements if element not in {"code", "i", "span", "b", "small"}]
        assert counted == [element for element in good.elements if element not in {"code", "i", "span", "b", "small"}]
        assert bad.asked == []
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", bad.text)


@FEW
@given(text=HOSTILE)
def test_hostile_text_stays_text_in_markdown(report: Report, text: str) -> None:
    """No link, picture, element, mention or heading comes from a text, and the tables keep their rows."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for render in (project_markdown.render, ONE["github-issues"], ONE["gitlab-issues"]):
        hostile, harmless = (render(with_texts(report, each)) for each in (text, "plain"))
        tokens = [
            [t.type for t in markdown.parse(each) if not t.type.startswith("inline")] for each in (hostile, harmless)
        ]
        assert tokens[0] == tokens[1]
        inner = {t.type for token in markdown.parse(hostile) for t in token.children or ()}
        assert inner <= {"text", "code_inline", "strong_open", "strong_close", "em_open", "em_close", "softbreak"}
        linked = re.sub("`[^`]*`", "", hostile)
        assert not re.search(r"(?<!\w)@\w|https?://|\bwww\.|(?<![\w&])#\d", linked)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", hostile)
        assert not re.search(r"^/(?!label ~\"production readiness\"$)", hostile, re.MULTILINE)


@FEW
@given(text=HOSTILE)
def test_hostile_text_stays_text_in_mermaid(report: Report, text: str) -> None:
    """Nodes and edges are those of the pipeline, whatever they are called."""
    block = project_markdown.render(with_texts(report, text)).partition("```mermaid\n")[2].partition("\n```")[0]
    label = r'"[\w .,:()-]+"'
    shape = rf"flowchart TD|    s\d+\[{label}\]|    s\d+ -->\|{label}\| s\d+"
    lines = block.split("\n")
    assert [line for line in lines if not re.fullmatch(shape, line) or "--" in line.replace("-->", "")] == []
    assert len(lines) == 1 + len(report.stages) + len(report.edges)


@FEW
@given(text=HOSTILE)
def test_hostile_text_stays_text_in_csv(report: Report, text: str) -> None:
    """As many rows as points, and no cell that a spreadsheet would calculate."""
    rows = list(csv.reader(io.StringIO(checklist.render(with_texts(report, text)))))
    assert len(rows) == len(report.work) + 1
    assert [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))] == []


@FEW
@given(text=HOSTILE)
def test_hostile_text_stays_text_on_a_terminal(report: Report, text: str) -> None:
    """Nothing but line ends and printable characters; what looks like markup is shown."""
    console = Console(file=io.StringIO(), force_terminal=False, width=100)
    terminal.show(with_texts(report, text), console)
    terminal.show_overview(overview(with_texts(report, text)), console)
    assert isinstance(console.file, io.StringIO)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", console.file.getvalue())


@FEW
@given(text=HOSTILE)
def test_hostile_text_stays_text_in_json(report: Report, text: str) -> None:
    """It can be read again, and is ASCII."""
    hostile = with_texts(report, text)
    assert project_json.render(hostile).isascii()
    assert project_json.load(project_json.render(hostile), "x") == hostile


# The command


def test_a_repository_has_an_overview_and_trends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Projects and notebooks below a folder, each once; a broken one is told; numbers against an earlier run."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    path = notebook(MODEL, tmp_path / "a")
    notebook("x = 1", tmp_path / "b", name="other")
    (tmp_path / "b" / "broken.ipynb").write_text("no", encoding="utf-8")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "nb2prod.json").write_text('{"schema_version": 1}', encoding="utf-8")
    assert run(app, ["convert", str(path), "-o", "made"]).exit_code == 0
    assert run(app, ["report", ".", "-o", "before.json"]).exit_code == 0
    before = json.loads(Path("before.json").read_text(encoding="utf-8"))
    assert [report["notebook"] for report in before["reports"]] == ["members.ipynb", "b/other.ipynb"]
    assert [unread["notebook"] for unread in before["unread"]] == ["old", "b/broken.ipynb"]
    assert isinstance(run(app, ["report", "old"]).exception, ConfigError)
    notebook("import os\nos.chdir('/home/mara')\nx = 1", tmp_path / "b", name="other")
    moved = run(app, ["report", ".", "--against", "before.json"])
    assert (moved.exit_code, "(+" in moved.stdout) == (0, True)
    assert run(app, ["report", ".", "-o", "site", "--against", "before.json"]).exit_code == 0
    assert len(list(Path("site").glob("*.html"))) == 3


def test_a_gate_beside_the_project_is_asked_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    path = notebook(MODEL, tmp_path)
    assert run(app, ["convert", str(path), "-o", "made"]).exit_code == 0
    gate = Path("made/gate.toml")
    gate.write_text(gate.read_text(encoding="utf-8").replace('answer = "?"', 'answer = "no"', 1), encoding="utf-8")
    told = run(app, ["report", "made", "--output-format", "json"])
    assert json.loads(told.stdout)["decision"]["verdict"] == "no-go"
    assert run(app, ["convert", str(path), "-o", "made"]).exit_code == 0
    assert "**Decision**: no-go" in Path("made/REPORT.md").read_text(encoding="utf-8")
    assert 'answer = "no"' in gate.read_text(encoding="utf-8")


def test_jupyter_exports_the_page(tmp_path: Path) -> None:
    pytest.importorskip("nbconvert")
    from nb2prod.exporter import ReportExporter

    page, resources = ReportExporter().from_filename(str(notebook(MODEL, tmp_path)))
    assert resources["output_extension"] == ".html"
    assert "Members that leave" in page
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert declared["nbconvert.exporters"] == {"nb2prod": f"{ReportExporter.__module__}:{ReportExporter.__name__}"}


if __name__ == "__main__":
    (ROOT / "docs" / "report.schema.json").write_text(project_json.json_schema(), encoding="utf-8")
