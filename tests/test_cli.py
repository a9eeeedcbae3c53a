"""`nb2prod convert` as it is run: exit codes, what is written, what never is, and that no cell is ever executed."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from generated import texts

from nb2prod.rules._examples import notebook_json

PLAIN = """
# %% [markdown]
# Prices
# %%
import csv
with open("prices.csv") as file:
    rows = list(csv.reader(file))
# %%
total = sum(float(row[1]) for row in rows)
print("total", total)
"""
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
REFUSED = {
    "history": ("# %%\nx = 1\n# %%\ny = Out[1]", "a.ipynb:cell 2:1"),
    "another notebook": ("# %%\n%run other.ipynb\nprint(y)", "a.ipynb:cell 1:1"),
    "a star of names": ("# %%\nx = 1\n# %%\n%pylab inline", "a.ipynb:cell 2:1"),
}
UNREADABLE = {
    "missing": None,
    "empty": "",
    "not JSON": "{",
    "not a notebook": '{"cells": 1}',
    "a list": "[]",
    "another language": notebook_json(
        "# %% [metadata]\n" + '{"kernelspec": {"name": "ir", "language": "R"}}\n# %%\nx <- 1'
    ),
}


def notebook(folder: Path, example: str, name: str = "a.ipynb") -> Path:
    """A notebook file."""
    path = folder / name
    path.write_text(notebook_json(example), encoding="utf-8")
    return path


def run(folder: Path, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    command = [sys.executable, "-m", "nb2prod", *map(str, arguments)]
    env = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=env, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# exit codes and streams


def test_a_converted_notebook_is_0(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert (done.returncode, done.stdout) == (0, "made\n"), done.stderr
    assert {"pyproject.toml", "README.md", "REPORT.md", "nb2prod.json"} <= {
        p.name for p in (tmp_path / "made").iterdir()
    }


def test_the_help_names_every_command() -> None:
    help_ = subprocess.run(
        [sys.executable, "-m", "nb2prod", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in ("convert", "verify", "lint", "report", "gate", "init", "rules", "explain"):
        assert re.search(rf"(?m)^\W+{command}\b", help_), command


def test_the_folder_is_named_after_the_notebook(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN, "Price list (final).ipynb")
    assert run(tmp_path, "convert", "Price list (final).ipynb").stdout == "price_list_final\n"
    assert (tmp_path / "price_list_final" / "src" / "price_list_final" / "stages.py").is_file()


def test_several_notebooks_have_a_project_each(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    notebook(tmp_path, PLAIN, "b.ipynb")
    assert run(tmp_path, "convert", "a.ipynb", "b.ipynb", "-o", "made").returncode == 0
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["a", "b"]


def test_the_package_can_be_named(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    run(tmp_path, "convert", "a.ipynb", "-o", "made", "--name", "Price Index")
    assert (tmp_path / "made" / "src" / "price_index").is_dir()


@pytest.mark.parametrize(("example", "place"), REFUSED.values(), ids=REFUSED)
def test_a_refused_notebook_is_1_and_nothing_is_written(tmp_path: Path, example: str, place: str) -> None:
    notebook(tmp_path, example)
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"(refused: {place}: .+\n)+", done.stderr), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]


def test_a_refused_notebook_does_not_stop_the_next(tmp_path: Path) -> None:
    notebook(tmp_path, REFUSED["history"][0])
    notebook(tmp_path, PLAIN, "b.ipynb")
    assert run(tmp_path, "convert", "a.ipynb", "b.ipynb").returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb", "b", "b.ipynb"]


def test_what_is_refused_can_be_converted_in_part(tmp_path: Path) -> None:
    notebook(tmp_path, REFUSED["another notebook"][0])
    assert run(tmp_path, "convert", "a.ipynb", "-o", "made", "--partial").returncode == 0
    assert (tmp_path / "made" / "REPORT.md").is_file()


@pytest.mark.parametrize("command", ["convert a.ipynb -o made", "lint a.ipynb"])
@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_notebook_is_one_line_and_2(tmp_path: Path, text: str | None, command: str) -> None:
    if text is not None:
        (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")
    done = run(tmp_path, *command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"error: a\.ipynb: .+\n", done.stderr), done.stderr
    assert not (tmp_path / "made").exists()


def test_a_notebook_without_code_is_2(tmp_path: Path) -> None:
    notebook(tmp_path, "# %% [markdown]\nhello")
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"error: a\.ipynb: .+\n", done.stderr), done.stderr


@pytest.mark.parametrize("arguments", ["convert", "convert a.ipynb --nonsense", "nonsense"])
def test_wrong_usage_is_2(tmp_path: Path, arguments: str) -> None:
    notebook(tmp_path, PLAIN)
    notebook(tmp_path, PLAIN, "b.ipynb")
    done = run(tmp_path, *arguments.split())
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb", "b.ipynb"]


# what is written


def test_a_dry_run_lists_the_files_and_writes_nothing(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made", "--dry-run")
    assert done.returncode == 0
    assert "made/src/a/stages.py" in done.stdout.splitlines()
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]


def test_a_diff_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made", "--diff")
    assert done.returncode == 0
    assert "--- /dev/null\n+++ made/src/a/stages.py\n" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert run(tmp_path, "convert", "a.ipynb", "-o", "made", "--diff").stdout == ""


def converted_again(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What is said when the notebook has become another one."""
    notebook(folder, code)
    return run(folder, "convert", "a.ipynb", "-o", "made")


def edit(path: Path, old: str, new: str) -> None:
    """Change a text in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@needs_git
@pytest.mark.parametrize("file", ["src/a/stages.py", "config/base.toml"])
def test_an_edit_and_news_elsewhere_are_merged(tmp_path: Path, file: str) -> None:
    converted_again(tmp_path, PLAIN)
    edited = tmp_path / "made" / file
    edited.write_text("# mine\n" + edited.read_text(encoding="utf-8"), encoding="utf-8")
    done = converted_again(tmp_path, PLAIN.replace("prices.csv", "costs.csv").replace("Prices", "Costs"))
    assert done.returncode == 0
    assert f"{Path('made') / file} was edited by you: the news were merged in" in done.stderr
    text = edited.read_text(encoding="utf-8")
    assert text.startswith("# mine\n")
    assert "ost" in text
    assert "rices.csv" not in text
    again = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert f"{Path('made') / file} was edited by you, and has nothing new" in again.stderr
    assert edited.read_text(encoding="utf-8") == text


@needs_git
def test_an_edit_of_what_is_new_is_marked_as_a_conflict(tmp_path: Path) -> None:
    converted_again(tmp_path, PLAIN)
    edited = tmp_path / "made" / "config" / "base.toml"
    edit(edited, "prices.csv", "mine.csv")
    done = converted_again(tmp_path, PLAIN.replace("prices.csv", "costs.csv"))
    assert done.returncode == 1
    assert "both versions stand between marks" in done.stderr
    text = edited.read_text(encoding="utf-8")
    assert ("mine.csv" in text, "costs.csv" in text, "<<<<<<< yours" in text) == (True, True, True)
    assert run(tmp_path, "convert", "a.ipynb", "-o", "made", "--check").returncode == 1
    edited.write_text("prices_path = 'mine.csv'\n", encoding="utf-8")
    assert run(tmp_path, "convert", "a.ipynb", "-o", "made", "--check").returncode == 0


def test_without_git_the_new_version_lies_beside(tmp_path: Path) -> None:
    converted_again(tmp_path, PLAIN)
    edited = tmp_path / "made" / "README.md"
    edited.write_text("mine\n", encoding="utf-8")
    notebook(tmp_path, PLAIN.replace("Prices", "Costs"))
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made", PATH=str(tmp_path))
    assert done.returncode == 0
    assert edited.read_text(encoding="utf-8") == "mine\n"
    assert "Costs" in edited.with_name("README.md.new").read_text(encoding="utf-8")


def test_an_edited_file_that_is_no_longer_generated_stays(tmp_path: Path) -> None:
    converted_again(tmp_path, PLAIN)
    edited = tmp_path / "made" / "config" / "base.toml"
    edited.write_text("mine\n", encoding="utf-8")
    done = converted_again(tmp_path, "# %%\nprint(1)\n")
    assert "base.toml was edited by you, and is no longer generated" in done.stderr
    assert edited.read_text(encoding="utf-8") == "mine\n"


def test_check_is_1_when_notebook_and_project_drift_apart(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    check = ("convert", "a.ipynb", "-o", "made", "--check")
    assert run(tmp_path, *check).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert run(tmp_path, *check).returncode == 0
    (tmp_path / "made" / "README.md").unlink()
    assert "README.md: is missing" in run(tmp_path, *check).stderr
    assert "README.md was deleted by you" in run(tmp_path, "convert", "a.ipynb", "-o", "made").stderr
    assert not (tmp_path / "made" / "README.md").exists()
    assert run(tmp_path, *check).returncode == 0
    notebook(tmp_path, PLAIN.replace("prices.csv", "costs.csv"))
    done = run(tmp_path, *check)
    assert done.returncode == 1
    assert "the notebook has changed since" in done.stderr


def test_a_file_that_nobody_edited_is_renewed(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    notebook(tmp_path, PLAIN.replace("prices.csv", "costs.csv"))
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert "costs.csv" in (tmp_path / "made" / "config" / "base.toml").read_text(encoding="utf-8")
    assert list(tmp_path.rglob("*.new")) == []


def test_files_of_the_user_beside_ours_stay(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    (tmp_path / "made" / "src" / "a" / "mine.py").write_text("x = 1\n", encoding="utf-8")
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert (tmp_path / "made" / "src" / "a" / "mine.py").read_text(encoding="utf-8") == "x = 1\n"


@pytest.mark.parametrize("file", ["README.md", "pyproject.toml", "src/a/stages.py"])
def test_a_foreign_file_in_the_way_is_2(tmp_path: Path, file: str) -> None:
    notebook(tmp_path, PLAIN)
    foreign = tmp_path / "made" / file
    foreign.parent.mkdir(parents=True)
    foreign.write_text("not ours\n", encoding="utf-8")
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert done.returncode == 2
    assert re.fullmatch(r"error: .+\n", done.stderr), done.stderr
    assert tree(tmp_path / "made") == {file: b"not ours\n"}


def test_a_link_that_leads_out_is_2(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    (tmp_path / "outside").mkdir()
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "src").symlink_to(tmp_path / "outside", target_is_directory=True)
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert done.returncode == 2
    assert list((tmp_path / "outside").iterdir()) == []


def test_the_same_notebook_gives_the_same_bytes(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    for seed in "1", "2":
        run(tmp_path, "convert", "a.ipynb", "-o", f"made{seed}", PYTHONHASHSEED=seed)
    assert tree(tmp_path / "made1") == tree(tmp_path / "made2") != {}


def test_a_second_convert_changes_nothing(tmp_path: Path) -> None:
    notebook(tmp_path, PLAIN)
    run(tmp_path, "convert", "a.ipynb", "-o", "made")
    before = tree(tmp_path / "made")
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made")
    assert " 0 files written" in done.stderr
    assert tree(tmp_path / "made") == before


# the notebook's code is never run

# Every way to run code or to reach the world says so to an audit hook; `canary` marks what comes from the notebook.
WATCH = """
import sys

REACHES = "subprocess.", "socket.", "pty.", "os.system", "os.exec", "os.fork", "os.spawn", "os.posix_spawn"
found = []
writes = []


def names(code):
    yield from (*code.co_names, *code.co_varnames, code.co_name)
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from names(constant)


def watch(event, arguments):
    if event == "exec" and any("canary" in name for name in names(arguments[0])):
        found.append("exec")
    if event == "import" and "canary" in str(arguments[0]):
        found.append("import")
    if event.startswith(REACHES):
        found.append(event)
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & 3:
        writes.append(arguments[0])


sys.addaudithook(watch)
sys.argv[0] = "nb2prod"
from nb2prod.__main__ import main

try:
    main()
except SystemExit as leaving:
    code = leaving.code
else:
    code = 0
print(found, [path for path in writes if "made" not in path], code, file=sys.stderr)
"""
DANGEROUS = """
# %%
import canary
canary_value = canary.touch()
# %%
def canary_function():
    return 1
canary_result = canary_function()
# %%
!touch canary.txt
%%bash
touch canary.txt
# %%
%run canary.py
# %%
import subprocess, socket
subprocess.run(["touch", "canary.txt"])
socket.create_connection(("localhost", 1))
# %%
get_ipython().system("touch canary.txt")
canary_evaluated = eval("canary.touch()")
# %%
%pip install canary
# %%
open("canary.txt", "w").write("x")
"""
COMMANDS = [
    "convert a.ipynb -o made --partial",
    "convert a.ipynb --dry-run",
    "convert a.ipynb --diff",
    "lint a.ipynb --profile all",
]


def watched(folder: Path, command: str) -> str:
    """What the hook saw, from the last line on standard error."""
    arguments = [sys.executable, "-B", "-c", WATCH, *command.split()]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=folder, env=env, check=True)
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_cell_is_executed_and_nothing_is_reached(tmp_path: Path, command: str) -> None:
    notebook(tmp_path, DANGEROUS)
    (tmp_path / "canary.py").write_text("open('canary.txt', 'w').close()\ndef touch(): pass\n", encoding="utf-8")
    assert watched(tmp_path, command)[:-2] == "[] []"
    assert not (tmp_path / "canary.txt").exists()


def test_the_watch_sees_what_it_is_for(tmp_path: Path) -> None:
    cells = 'exec("canary = 1")', 'subprocess.run(["true"])', 'socket.gethostbyname("localhost")'
    code = WATCH.replace("    main()\n", f"    import socket, subprocess; {'; '.join(cells)}\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    seen = done.stderr.splitlines()[-1]
    assert all(event in seen for event in ("'exec'", "'subprocess.Popen'", "'socket.gethostbyname'"))


# text of the notebook is text in every generated file

HOSTILE = {
    "jinja": "{{ 1234 * 5678 }} {% for x in y %} {# comment",
    "docstring": '""" + __import__("os").system("touch canary") + """',
    "backslash": "ends in a backslash \\",
    "quotes": "\"'`\"\"\"'''",
    "toml": '"]\n[tool.evil]\nx = "1',
    "path": "../../../../etc/passwd",
    "absolute path": "/etc/cron.d/evil",
    "windows path": "C:\\Users\\evil\\..\\con",
    "markup": "<script>alert(1)</script> [x](javascript:alert(1)) ![](http://tracker.example/x.png)",
    "control characters": "a\x00b\x07c\x1b[31md\x7fe",
    "bidirectional": "a\u202eb\u2066c",
    "line separators": "a\u2028b\u2029c\x0bd\x0ce\x85f",
    "lone surrogate": "a\ud800b",
    "keyword": "class def import None",
    "builtin": "print",
    "digits": "1234",
    "dunder": "__init__ __main__",
    "emoji": "\U0001f680 \u5c71\u7530 \u0410\u0411",
    "long": "word " * 500,
    "percent": "%s %(x)s {0} $HOME ${HOME} `id` $(id)",
}
BODY = """
# %%
import csv
rows = list(csv.reader(open("rows.csv")))
# %% [markdown]
## HEADING

HEADING
# %%
number = len(rows)
print(number)
"""


@pytest.fixture(
    params=[pytest.param(text, id=name, marks=pytest.mark.xdist_group(name)) for name, text in HOSTILE.items()],
    scope="module",
)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A heading that wants to be more than text, and the project of its notebook."""
    folder = tmp_path_factory.mktemp("hostile")
    heading = request.param
    cells = json.loads(notebook_json(BODY))["cells"]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": f"# {heading}\n\n{heading}"}, *cells]
    for cell in cells:
        cell["source"] = cell["source"].replace("HEADING", heading)
    document = {"cells": cells, "metadata": {"title": heading}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "a.ipynb").write_text(json.dumps(document), encoding="utf-8")
    done = run(folder, "convert", "a.ipynb", "-o", "made")
    assert done.returncode == 0, done.stderr
    return heading, folder


def generated(folder: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    """The generated files with these suffixes: their paths and texts."""
    yield from (each for each in texts(folder / "made") if each[0].endswith(suffixes))


def test_a_hostile_heading_stays_inside_the_project(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    assert sorted(path.name for path in folder.iterdir()) == ["a.ipynb", "made"]
    names = {path.name for path in (folder / "made" / "src" / "a").iterdir()}
    assert {"__init__.py", "__main__.py", "pipeline.py", "settings.py", "stages.py", "py.typed"} == names


def test_a_hostile_heading_leaves_valid_files(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    for name, text in generated(folder, ".py"):
        ast.parse(text, name)
    for _, text in generated(folder, ".toml"):
        tomllib.loads(text)
    for _, text in generated(folder, ".json"):
        json.loads(text)


def test_a_hostile_heading_is_never_code(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    for name, text in generated(folder, ".py"):
        called = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        assert "__import__" not in called, name
    assert not any("7006652" in text for _, text in generated(folder, ""))


def test_a_hostile_heading_adds_no_table_to_the_configuration(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    configuration = tomllib.loads((folder / "made" / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(configuration) == {"build-system", "project", "tool"}
    assert set(configuration["tool"]) == {"hatch", "black", "mypy", "pytest", "ruff"}
    assert "\n" not in configuration["project"]["description"]


def test_a_hostile_heading_shows_no_control_character(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    for name, text in generated(folder, ".py", ".toml", ".md"):
        hidden = {character for character in text if not character.isprintable()} - {"\n"}
        assert hidden == set(), name


def test_a_hostile_heading_is_no_markup_in_markdown(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    for name, text in generated(folder, "README.md", "REPORT.md"):
        assert not re.search(r"(?<!\\)<script", text), name
        assert not re.search(r"(?<!\\)!\[\]\(http", text), name


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a b", "class", "os", "", "1", "-x", "\u5c71"])
def test_a_hostile_name_of_the_package_becomes_a_plain_one(tmp_path: Path, name: str) -> None:
    notebook(tmp_path, PLAIN)
    done = run(tmp_path, "convert", "a.ipynb", "-o", "made", f"--name={name}")
    assert done.returncode in {0, 2}, done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"a.ipynb", "made"}
    for path in (tmp_path / "made" / "src").glob("*"):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", path.name)
        assert path.name not in sys.stdlib_module_names
