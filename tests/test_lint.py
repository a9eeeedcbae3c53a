"""`nb2prod lint` as it is run: exit codes, streams, and what it must not import."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from nb2prod.config import Config
from nb2prod.pipeline import lint
from nb2prod.rules._examples import notebook_json

CLEAN = "# %% [markdown]\n# Title\n# %%\nx = 1\nprint(x)"
DIRTY = '# %%\nopen("/Users/lea/a.csv")\n# %%\ntry:\n    x()\nexcept:\n    pass'
HEAVY = ("typer", "pydantic", "rich", "nbformat", "libcst", "black", "jinja2", "IPython", "pathspec", "tomllib")


def notebook(folder: Path, example: str, name: str = "a.ipynb") -> Path:
    """A notebook file."""
    path = folder / name
    path.write_text(notebook_json(example), encoding="utf-8")
    return path


def run(*arguments: object, text: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "nb2prod", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=text, cwd=folder, check=False)


def test_exit_codes(tmp_path: Path) -> None:
    """0 clean, 1 findings, 0 if asked, 2 what can't be read: one line on stderr."""
    clean, dirty = notebook(tmp_path, CLEAN, "clean.ipynb"), notebook(tmp_path, DIRTY, "dirty.ipynb")
    assert run("lint", clean).returncode == 0
    assert run("lint", dirty).returncode == 1
    assert run("lint", dirty, "--exit-zero").returncode == 0
    assert run("lint", dirty, "--fail-on", "never").returncode == 0
    missing = run("lint", tmp_path / "none.ipynb")
    assert missing.returncode == 2
    assert missing.stderr.startswith("error: ")
    assert missing.stderr.count("\n") == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    """The findings of the others are printed, the exit code is 2."""
    (tmp_path / "a.ipynb").write_text("no JSON", encoding="utf-8")
    notebook(tmp_path, DIRTY, "b.ipynb")
    done = run("lint", tmp_path)
    assert done.returncode == 2
    assert "b.ipynb:cell 1:1:6: error hardcoded-path" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        "lint --profil ci",
        "lint --profile loud",
        "lint --select nothing",
        "lint --output-format pdf",
        "lint - x.ipynb",
        "lint --output",
        "explain nothing",
        "explain",
    ],
)
def test_a_wrong_option_is_one_line(arguments: str) -> None:
    """What is wrong and what would be right, no traceback."""
    done = run(*arguments.split())
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


def test_standard_input_has_a_name(tmp_path: Path) -> None:
    """`-` reads one notebook."""
    done = run("lint", "-", "--stdin-filename", "work/model.ipynb", text=notebook_json(DIRTY), folder=tmp_path)
    assert done.stdout.startswith("work/model.ipynb:cell 1:1:6: error hardcoded-path")


def test_several_reports_of_one_run(tmp_path: Path) -> None:
    """Each `--output FORMAT=FILE` writes one, standard output has its own."""
    notebook(tmp_path, DIRTY)
    done = run("lint", ".", "--output", "sarif=a.sarif", "--output", "json=a.json", folder=tmp_path)
    assert "hardcoded-path" in done.stdout
    assert json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["schema"] == 1


def test_per_notebook_ignores(tmp_path: Path) -> None:
    """A glob in the settings."""
    (tmp_path / "nb2prod.toml").write_text('[per-notebook-ignores]\n"drafts/*" = ["paths"]\n', encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    notebook(tmp_path / "drafts", DIRTY)
    assert "hardcoded-path" not in run("lint", ".", folder=tmp_path).stdout


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    """A hook has to feel instant."""
    path = notebook(tmp_path, DIRTY)
    code = (
        "import sys; from nb2prod import fastcli; "
        f"fastcli.run(['lint', {str(path)!r}]); print(sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stderr.strip() == "[]"


def test_nothing_of_a_notebook_stays_when_it_is_checked(tmp_path: Path) -> None:
    """No garbage is collected in a lint: trees that point at each other would fill the memory."""
    path = str(notebook(tmp_path, DIRTY))
    list(lint([path], Config(profile="all")))  # what is made once
    gc.collect()
    gc.disable()
    try:
        list(lint([path] * 20, Config(profile="all")))
        assert gc.collect() < 100
    finally:
        gc.enable()


def test_the_code_of_a_notebook_is_never_run(tmp_path: Path) -> None:
    """No file appears, whatever the cells say."""
    cells = 'open("made.txt", "w").write("x")', "!touch made2.txt", '__import__("os").system("touch made3.txt")'
    notebook(tmp_path, "\n".join(f"# %%\n{cell}" for cell in cells))
    run("lint", ".", "--profile", "all", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]


def test_version_rules_and_explain() -> None:
    """The small commands."""
    assert run("--version").stdout.startswith("nb2prod ")
    assert "hardcoded-path" in run("rules").stdout
    assert run("explain", "hardcoded-path").stdout.startswith("# hardcoded-path\n")
    [rule] = json.loads(run("explain", "bare-except", "--output-format", "json").stdout)["rules"]
    assert rule["name"] == "bare-except"
    assert "Usage: nb2prod lint" in run("lint", "--help").stdout


def test_output_that_is_not_utf8(tmp_path: Path) -> None:
    """Text that the terminal can't show is escaped."""
    notebook(tmp_path, '# %%\nopen("/Users/\u5c71\u7530/\u30c7\u30fc\u30bf.csv")')
    command = [sys.executable, "-m", "nb2prod", "lint", ".", "--output-format", "full"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"}, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
