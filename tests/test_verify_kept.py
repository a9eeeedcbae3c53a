"""What a proof leaves in a project, and how long it is kept."""

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_verify import notebook
from typer.testing import CliRunner

from nb2prod.cli import app


@pytest.fixture(scope="module")
def once_proven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook and the project that was proven of it."""
    folder = tmp_path_factory.mktemp("proven")
    path = notebook(folder, "import json\nx = len(open('data.csv').read())", "print(x + 1)")
    done = CliRunner().invoke(app, ["convert", str(path), "-o", str(folder / "made"), "--verify", "--with-data"])
    assert done.exit_code == 0
    return folder


@pytest.fixture
def proven(once_proven: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(once_proven, tmp_path / "copy")


def converted_again(folder: Path, *options: str) -> str:
    """What is said when the notebook of a folder is converted once more."""
    words = ["convert", str(folder / "notebook.ipynb"), "-o", str(folder / "made"), *options]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    return done.stderr


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def proof_of(folder: Path) -> tuple[str, str]:
    report = json.loads((folder / "made/nb2prod.json").read_text())
    return report["proof"], report["evidence"]["why"]


def test_a_proof_is_kept_by_a_plain_conversion(proven: Path) -> None:
    before = files_in(proven)
    converted_again(proven)
    assert {f"made/tests/{name}" for name in ("test_golden.py", "data/golden.json", "data/data.csv")} <= before.keys()
    after = files_in(proven)
    assert sorted(name for name in before | after if before.get(name) != after.get(name)) == []


def test_the_proof_of_another_notebook_is_stale_and_its_tests_go(proven: Path) -> None:
    notebook(proven, "import json\nx = len(open('data.csv').read())", "print(x + 2)")
    said = converted_again(proven)
    assert (proof_of(proven)[0], "the notebook has changed" in proof_of(proven)[1]) == ("not proven", True)
    assert "the proof is stale" in said
    assert "the proof is stale" in (proven / "made/REPORT.md").read_text()
    assert not (proven / "made/tests/test_golden.py").exists()
    assert not (proven / "made/tests/data/golden.json").exists()


def test_the_proof_of_edited_code_is_stale_and_its_tests_stay(proven: Path) -> None:
    golden = (proven / "made/tests/data/golden.json").read_bytes()
    [stages] = (proven / "made/src").rglob("stages.py")
    stages.write_text(stages.read_text() + "\n# mine\n")
    converted_again(proven)
    assert (proof_of(proven)[0], "stages.py was edited" in proof_of(proven)[1]) == ("not proven", True)
    assert (proven / "made/tests/data/golden.json").read_bytes() == golden


def test_the_proof_of_other_code_is_stale(proven: Path) -> None:
    converted_again(proven, "--profile", "batch")
    assert (proof_of(proven)[0], "other code is generated now" in proof_of(proven)[1]) == ("not proven", True)


def test_golden_tests_hold_inputs_that_are_no_text_and_fail_on_wrong_code(tmp_path: Path) -> None:
    path = notebook(
        tmp_path, "import pickle\nrows = pickle.load(open('rows.pkl', 'rb'))", "total = sum(rows)\nprint(total)"
    )
    (tmp_path / "rows.pkl").write_bytes(pickle.dumps([1, 2, 3]))
    made = tmp_path / "made"
    assert CliRunner().invoke(app, ["convert", str(path), "-o", str(made), "--verify", "--with-data"]).exit_code == 0
    assert (made / "tests/data/rows.pkl").read_bytes() == (tmp_path / "rows.pkl").read_bytes()
    assert ran_golden_tests(made) == 0
    [stages] = (made / "src").rglob("stages.py")
    stages.write_text(stages.read_text().replace("sum(rows)", "max(rows)"))
    assert ran_golden_tests(made) == 1
    converted_again(tmp_path)
    assert (made / "tests/data/rows.pkl").is_file()


def ran_golden_tests(made: Path, which: str = "tests/test_golden.py") -> int:
    """The exit code of the golden tests of a project."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", which]
    return subprocess.run(words, cwd=made, capture_output=True, check=False).returncode


def test_the_tests_that_a_proof_leaves_pass_with_figures_and_shared_names(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("matplotlib")
    path = notebook(
        tmp_path,
        "import pandas as pd\nimport matplotlib.pyplot as plt\ncalls = 0\n"
        "def count(f):\n    global calls\n    calls += 1\n    return len(f)\nrows = pd.read_csv('data.csv')",
        "# Plot the rows\nn = count(rows)\nplt.plot(rows.a)\nplt.show()\nwide = rows.assign(b=rows.a * n)",
        "# Summarise\nprint(calls, wide.b.sum())\nwide.info()",
    )
    made = tmp_path / "made"
    assert CliRunner().invoke(app, ["convert", str(path), "-o", str(made), "--verify", "--with-data"]).exit_code == 0
    values = json.loads((made / "tests/data/golden.json").read_text())["values"]
    assert [name for name in values if name.startswith("figure")] == ["figure 1"]
    assert not any("memory usage" in str(value) for value in values.values())
    assert ran_golden_tests(made, "tests") == 0
