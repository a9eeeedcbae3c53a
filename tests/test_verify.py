"""Whole runs: a notebook and a project written by hand, run and compared; identical code is proven, wrong code is seen."""

import importlib.metadata
import importlib.util
import json
import platform
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner
from wrong_pipelines import EQUAL, FILES, WRONG

from nb2prod.cli import app
from nb2prod.errors import Nb2prodError
from nb2prod.model.evidence import Evidence, Side, Step, Trace
from nb2prod.pipeline import verify
from nb2prod.trace import Options
from nb2prod.verify.printed import compare_printed

pytest.importorskip("IPython")


def project(folder: Path, code: str) -> Path:
    """A project whose only stage is some code, with classes at module level."""
    made = folder / "project"
    package = made / "src" / "hand_made"
    package.mkdir(parents=True)
    lines = code.split("\n")
    end = next((n for n, line in enumerate(lines) if n and line[:1] != " "), 0) if code.startswith("class") else 0
    stage = "\n".join(f"    {line}" for line in lines[end:])
    package.joinpath("__init__.py").touch()
    package.joinpath("stages.py").write_text("\n".join(lines[:end]) + f"\n\ndef compute():\n{stage}\n")
    package.joinpath("pipeline.py").write_text(
        "from hand_made import stages\n\n\ndef run(settings=None):\n    stages.compute()\n"
    )
    facts = {"package": "hand_made", "stages": [{"name": "compute", "cells": [1]}]}
    made.joinpath("nb2prod.json").write_text(json.dumps(facts))
    return made


def notebook(folder: Path, *cells: str) -> Path:
    """A notebook in a folder with a file of data."""
    path = folder / "notebook.ipynb"
    made = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None} for cell in cells
    ]
    path.write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    folder.joinpath("data.csv").write_text("a\n1\n")
    return path


def compared(folder: Path, cell: str, code: str) -> Evidence:
    """The evidence of a notebook with one cell and a project with one stage."""
    return verify(
        str(notebook(folder, cell)), str(project(folder, code)), Options(sys.executable, 60), lambda side, step: None
    )


def require(name: str) -> None:
    """Skip if a library is not installed."""
    if name and not importlib.util.find_spec(name):
        pytest.skip(f"{name} is not installed")


@pytest.mark.parametrize(("name", "needs", "cell", "code"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_project_is_seen(name: str, needs: str, cell: str, code: str, tmp_path: Path) -> None:
    require(needs)
    assert compared(tmp_path, cell, code).verdict == "differs"


@pytest.mark.parametrize(("name", "needs", "cell"), EQUAL, ids=[case[0] for case in EQUAL])
def test_identical_code_is_proven(name: str, needs: str, cell: str, tmp_path: Path) -> None:
    require(needs)
    found = compared(tmp_path, cell, cell)
    assert (found.verdict, found.of("differs", "missing", "unstable")) == ("proven", ())


def test_a_value_that_is_only_displayed_may_be_left_out(tmp_path: Path) -> None:
    assert compared(tmp_path, "x = [1, 2]\nlen(x)", "x = [1, 2]").verdict == "proven"


def test_what_differs_by_itself_is_unstable_and_not_proven(tmp_path: Path) -> None:
    code = "import uuid\nu = str(uuid.uuid4())\nprint(u)"
    found = compared(tmp_path, code, code)
    assert found.verdict == "not proven"
    assert {each.outcome for each in found.comparisons if each.channel != "printed"} == {"unstable"}


def test_a_stable_part_of_an_unstable_value_counts(tmp_path: Path) -> None:
    code = "import uuid\nx = 1\nu = {'id': str(uuid.uuid4()), 'n': 1}"
    assert compared(tmp_path, code, code.replace("'n': 1", "'n': 2")).verdict == "differs"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1 / 0", "fails at cell 1"),
        ("open('none.csv')", "needs a file that is not there at cell 1"),
        ("import no_such_module_here", "needs a package that is not installed at cell 1"),
        ("import socket; socket.create_connection(('192.0.2.1', 80))", "needs the network at cell 1"),
        ("import os; os.abort()", "crashes at cell 1"),
    ],
)
def test_a_notebook_that_fails_proves_nothing(cell: str, said: str, tmp_path: Path) -> None:
    found = compared(tmp_path, cell, "x = 1")
    assert found.verdict == "not proven"
    assert said in found.why


def test_time_and_memory_are_limited(tmp_path: Path) -> None:
    path, made = notebook(tmp_path, "import time; time.sleep(60)"), project(tmp_path, "x = 1")
    late = verify(str(path), str(made), Options(sys.executable, timeout=3), lambda side, step: None)
    assert "runs out of time" in late.why
    path = notebook(tmp_path, "x = bytearray(3_000_000_000)")
    large = verify(str(path), str(made), Options(sys.executable, memory=2000), lambda side, step: None)
    assert "runs out of memory" in large.why


def test_a_repr_of_the_notebook_is_not_called(tmp_path: Path) -> None:
    """Looking at values must not change them."""
    code = "class P:\n    n = 0\n    def __repr__(self): P.n += 1; return 'p'\np = [P()]\nx = p[0].n"
    assert compared(tmp_path, code, code).verdict == "proven"


def test_nothing_is_left_and_nothing_is_changed(tmp_path: Path) -> None:
    compared(tmp_path, FILES, FILES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "notebook.ipynb", "project"]
    assert not list((tmp_path / "project").rglob("__pycache__"))


def test_exit_codes(tmp_path: Path) -> None:
    path, made = notebook(tmp_path, "x = 1\nprint(x)"), project(tmp_path, "x = 1\nprint(x)")
    proven = CliRunner().invoke(app, ["verify", str(path), str(made), "--output-format", "json"])
    assert proven.exit_code == 0
    assert json.loads(proven.stdout)["verdict"] == "proven"
    made.joinpath("src/hand_made/stages.py").write_text("def compute():\n    x = 2\n    print(x)\n")
    assert CliRunner().invoke(app, ["verify", str(path), str(made)]).exit_code == 1
    made.joinpath("nb2prod.json").unlink()
    missing = CliRunner().invoke(app, ["verify", str(path), str(made)])
    assert isinstance(missing.exception, Nb2prodError)


def test_saved_outputs_are_held_against_today(tmp_path: Path) -> None:
    path, made = notebook(tmp_path, "print('new')"), project(tmp_path, "print('new')")
    content = json.loads(path.read_text())
    content["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "old\n"}]
    path.write_text(json.dumps(content))
    found = verify(str(path), str(made), Options(sys.executable, 60), lambda side, step: None)
    assert [(each.outcome, each.cell) for each in found.saved] == [("differs", 1)]


def test_a_proof_leaves_golden_tests_types_tables_versions_and_durations(tmp_path: Path) -> None:
    require("pandas")
    path = notebook(tmp_path, "import pandas as pd\nf = pd.read_csv('data.csv')", "m = [f][0].a.mean()", "print(m)")
    done = CliRunner().invoke(app, ["convert", str(path), "-o", str(tmp_path / "made"), "--verify", "--with-data"])
    assert done.exit_code == 0
    report = json.loads((tmp_path / "made/nb2prod.json").read_text())
    evidence = report["evidence"]
    assert evidence["versions"]["pandas"] == importlib.metadata.version("pandas")
    assert list(evidence["stage_seconds"]) == [stage["name"] for stage in report["stages"]]
    assert {types["m"] for types in evidence["types"].values() if "m" in types} == {"float"}
    [read] = [table for table in evidence["schemas"] if table["source"]]
    assert (read["source"], read["name"], read["rows"]) == ("data.csv", "f", 1)
    assert [(column["name"], column["dtype"]) for column in read["columns"]] == [("a", "int64")]
    results = [result for stage in report["stages"] for result in stage["results"]]
    assert {result["type"] for result in results if result["name"] == "m"} <= {"float"}
    assert (tmp_path / "made/tests/data/golden.json").is_file()
    assert "Seconds by stage" in (tmp_path / "made/REPORT.md").read_text()


@pytest.mark.parametrize(
    "cells",
    [
        ("import os\nos.mkdir('sub')", "%cd -q sub\n%cd ..", "here = os.listdir()"),
        ("logging = True\nwords = ['a']", "print(logging, words)"),
        ("import logging\nlog = logging.getLogger(__name__)\nprint('one')", "log.info('unheard')\nlog.error('heard')"),
    ],
)
def test_what_a_notebook_becomes_is_proven(cells: tuple[str, ...], tmp_path: Path) -> None:
    made = tmp_path / "made"
    done = CliRunner().invoke(app, ["convert", str(notebook(tmp_path, *cells)), "-o", str(made), "--verify"])
    assert (done.exit_code, json.loads((made / "nb2prod.json").read_text())["proof"]) == (0, "proven")


def test_figures_that_are_made_while_they_are_shown_are_drawn(tmp_path: Path) -> None:
    require("matplotlib")
    require("pandas")
    draw = "import matplotlib.pyplot as plt\ndef draw(n):\n    f, a = plt.subplots()\n    a.plot([1, n])\n    return f"
    table = "import pandas as pd\ndef table():\n    return [pd.Series([1, 2])][0]"
    pies = ("table().plot.pie(title='one')", "table().plot.pie(title='two')")
    path = notebook(
        tmp_path, draw, table, *pies, "plt.show(draw(3))\nx = 1", "if x: plt.show(draw(7))\nplt.plot([3, 4])"
    )
    done = CliRunner().invoke(app, ["convert", str(path), "-o", str(tmp_path / "made"), "--verify"])
    assert done.exit_code == 0
    assert done.stderr.count("figure ") == 0


def test_what_two_runs_have_alike_by_chance_is_not_held_against_the_project(tmp_path: Path) -> None:
    """The hash of a text differs between runs; whether it is even agrees between some of them."""
    code = "x = hash('a')\ny = [hash(text) % 2 for text in ('a', 'b')]\nz = 1"
    found = compared(tmp_path, code, code.replace("hash(text) % 2", "(hash(text) + 1) % 2"))
    assert "y" not in {each.name for each in found.of("differs", "equal")}
    assert found.verdict == "proven"


def test_what_most_elements_draw_by_chance_the_others_do_too(tmp_path: Path) -> None:
    code = "import os\nx = [(each, each % 2) for each in os.urandom(40)]\ny = 1"
    found = compared(tmp_path, code, code)
    assert {each.outcome for each in found.comparisons if each.name.startswith("x")} == {"unstable"}
    assert found.verdict == "proven"


@pytest.mark.parametrize("kind", ["venv", "uv"])
def test_a_fresh_environment_with_the_projects_dependencies_runs_both_sides(kind: str, tmp_path: Path) -> None:
    if kind == "uv" and not shutil.which("uv"):
        pytest.skip("uv is not on the path")
    code = "import sys, packaging\nx = sys.prefix == sys.base_prefix"
    path, made = notebook(tmp_path, code), project(tmp_path, code)
    made.joinpath("pyproject.toml").write_text("[project]\ndependencies = ['packaging']\n")
    done = CliRunner().invoke(app, ["verify", str(path), str(made), "--env", kind, "--output-format", "json"])
    if isinstance(done.exception, Nb2prodError) and "can't install" in str(done.exception):
        pytest.skip(f"no package can be installed here: {done.exception}")
    found = json.loads(done.stdout)
    assert found["verdict"] == "proven"
    assert "packaging" in found["versions"]


def test_an_environment_without_a_list_of_dependencies_is_a_wrong_call(tmp_path: Path) -> None:
    path, made = notebook(tmp_path, "x = 1"), project(tmp_path, "x = 1")
    done = CliRunner().invoke(app, ["verify", str(path), str(made), "--env", "venv"])
    assert isinstance(done.exception, Nb2prodError)
    assert "has no list of dependencies" in str(done.exception)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.abort()", "crashes"),
        ("import time; time.sleep(60)", "runs out of time"),
        ("x = bytearray(3_000_000_000)", "runs out of memory"),
        ("x = [1][3]", "fails at pipeline (IndexError: list index out of range)"),
    ],
)
def test_a_project_that_ends_badly_differs(code: str, said: str, tmp_path: Path) -> None:
    path, made = notebook(tmp_path, "x = 1"), project(tmp_path, code)
    found = verify(str(path), str(made), Options(sys.executable, 6, memory=2000), lambda side, step: None)
    assert found.verdict == "differs"
    assert said in found.why
    assert [(each.channel, each.outcome) for each in found.comparisons] == [("run", "differs")]


def test_the_verdict_names_the_first_stage_and_cell_both_values_and_a_cause(tmp_path: Path) -> None:
    path, made = notebook(tmp_path, "x = 0.0\ny = [1, 2]"), project(tmp_path, "x = -0.0\ny = [1, 3]")
    found = verify(str(path), str(made), Options(sys.executable, 60), lambda side, step: None)
    assert found.why.startswith(
        "stage x in stage compute, cell 1: 0.0 in the notebook, -0.0 in the project (the sign of zero)"
    )


def test_a_running_generator_is_not_compared_and_said_so(tmp_path: Path) -> None:
    code = "x = 1\ng = (n for n in range(3))"
    found = compared(tmp_path, code, code)
    assert found.verdict == "proven"
    assert [each.name for each in found.of("not compared")] == ["g"]
    assert "g" in found.why


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="memory is filled by glibc")
def test_memory_that_nobody_has_written_is_unstable(tmp_path: Path) -> None:
    code = "import ctypes\nc = ctypes.CDLL(None)\nc.malloc.restype = ctypes.c_void_p\ny = 1\n"
    found = compared(tmp_path, code + "x = ctypes.string_at(c.malloc(5000), 8)", code + "x = b'12345678'")
    outcomes = {each.name: each.outcome for each in found.comparisons}
    assert (outcomes["x"], outcomes["y"], found.verdict) == ("unstable", "equal", "proven")


def printing(side: Side, text: str) -> Trace:
    """A run that prints a text in its only cell."""
    return Trace(side, "well", (Step(1, "compute", {}, text),))


def test_the_layout_of_a_table_of_unstable_numbers_is_unstable() -> None:
    first = printing("notebook", "done\n====\n Name    x\n a   1.5")
    second = printing("notebook", "done\n====\n Name    x\n a   1.7")
    wider = printing("project", "done\n=====\n Name     x\n a   -1.5")
    found = list(compare_printed(first, second, wider, 1e-9))
    assert [each.outcome for each in found] == ["equal", "unstable", "unstable", "unstable"]
    again = [each.outcome for each in compare_printed(first, first, wider, 1e-9)]
    assert again == ["equal", "missing", "missing", "missing", "differs", "differs", "differs"]


def test_what_pip_warns_of_is_not_printed_by_the_notebook() -> None:
    told = printing("notebook", "WARNING: Running pip as the 'root' user can result in broken permissions\nx")
    assert [each.name for each in compare_printed(told, told, printing("project", "x"), 0)] == ["x"]
