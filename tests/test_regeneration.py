"""A project that was edited in every kind of file is converted again when its notebook has changed: nothing is lost."""

import shutil
from pathlib import Path

import pytest
from generated import FIXTURES

from nb2prod.config import Config
from nb2prod.pipeline import convert
from nb2prod.write import Written, drift, write

NAME = "churn-model-relative"
CODE = "src/churn_model_relative"
# What somebody edits: the file, what stands there, what it becomes.
EDITS = (
    (f"{CODE}/stages.py", "import pandas as pd\n", "import pandas as pd\n\n# ours: stages\n"),
    (f"{CODE}/settings.py", "Field(default=42", "Field(default=43"),
    ("pyproject.toml", 'version = "0.1.0"', 'version = "0.2.0"'),
    ("README.md", "## The pipeline", "Ask Ana.\n\n## The pipeline"),
    ("config/prod.toml", "# For production", "# ours: for production"),
    ("docs/RUNBOOK.md", "| watches the runs | **?** |", "| watches the runs | Ana |"),
    ("gate.toml", 'answer = "?"', 'answer = "yes"'),
    ("tests/test_job.py", "def test_a_run_is", "def test_ours() -> None:\n    pass\n\n\ndef test_a_run_is"),
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git merges")


def converted(folder: Path, change: tuple[str, str] = ("", "")) -> Written:
    """Convert the fixture with a change in its text into a folder."""
    text = (FIXTURES / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    shutil.copytree(FIXTURES / NAME, folder / "notebook", dirs_exist_ok=True)
    notebook = folder / "notebook" / f"{NAME}.ipynb"
    assert change[0] in text
    notebook.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
    project = convert(str(notebook), Config(project_profile="batch")).project
    done = write(project, folder / "project")
    assert drift(project, folder / "project") == [] or done.conflicts
    return done


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The folder of a project with all the edits, one file removed and one added."""
    converted(tmp_path)
    project = tmp_path / "project"
    for name, old, new in EDITS:
        text = (project / name).read_text(encoding="utf-8")
        assert old in text, name
        (project / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    (project / ".vscode" / "tasks.json").unlink()
    (project / "NOTES.md").write_text("ours\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (("", ""), ""),
        (("n_estimators=150", "n_estimators=200, min_samples_leaf=3"), "min_samples_leaf: int"),
        (("top20.csv", "best.csv"), "best_path"),
    ],
)
def test_edits_outlive_a_change_of_the_notebook(change: tuple[str, str], made: str, edited: Path) -> None:
    done = converted(edited, change)
    project = edited / "project"
    assert done.conflicts == done.aside == ()
    assert [new for name, _, new in EDITS if new not in (project / name).read_text(encoding="utf-8")] == []
    assert made in (project / CODE / "settings.py").read_text(encoding="utf-8")
    assert (project / "NOTES.md").read_text(encoding="utf-8") == "ours\n"
    assert done.deleted == (".vscode/tasks.json",)
    assert not (project / ".vscode" / "tasks.json").exists()


def test_an_edit_and_news_at_one_place_are_marked(edited: Path) -> None:
    settings = edited / "project" / CODE / "settings.py"
    settings.write_text(settings.read_text(encoding="utf-8").replace("ge=0)", "ge=7)"), encoding="utf-8")
    done = converted(edited, ("random_state=42", "random_state=44"))
    assert done.conflicts == (f"{CODE}/settings.py",)
    text = settings.read_text(encoding="utf-8")
    assert "default=43, ge=7" in text
    assert "default=44, ge=0" in text
