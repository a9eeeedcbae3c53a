"""What the last run said is said again as long as it is true, and not a moment longer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SLEEPY = "import requests\npage = requests.get('https://example.org/a.csv')"
SECRET = "tr0ub4dor&3"


def write(folder: Path, name: str, source: str) -> Path:
    """A notebook with one code cell."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]}), encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two notebooks."""
    (tmp_path / "nb2prod.toml").write_text("", encoding="utf-8")
    write(tmp_path, "a.ipynb", SLEEPY)
    write(tmp_path, "sub/b.ipynb", f'password = "{SECRET}"')
    return tmp_path


def run(folder: Path, *options: str) -> tuple[int, str, bool]:
    """The exit code, what is printed, and whether the rules were loaded for it."""
    code = (
        "import sys; from nb2prod.__main__ import main\n"
        f"sys.argv = ['nb2prod', 'lint', *{options!r}]\n"
        "try: main()\n"
        "finally: print('nb2prod.rules' in sys.modules, file=sys.stderr)"
    )
    environment = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "PRE_COMMIT")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    return done.returncode, done.stdout, done.stderr.strip() == "True"


@pytest.mark.parametrize("options", [(), ("a.ipynb", "sub"), ("--profile", "all", "-q"), ("--exit-zero", "a.ipynb")])
def test_an_unchanged_run_is_remembered(project: Path, options: tuple[str, ...]) -> None:
    """With its findings and its exit code, without loading a rule."""
    code, text, loaded = run(project, *options)
    assert loaded
    assert run(project, *options) == (code, text, False)


def changed(folder: Path) -> None:
    write(folder, "a.ipynb", "x = 1")


def added(folder: Path) -> None:
    write(folder, "sub/c.ipynb", SLEEPY)


def removed(folder: Path) -> None:
    (folder / "a.ipynb").unlink()


def configured(folder: Path) -> None:
    (folder / "nb2prod.toml").write_text('ignore = ["secrets"]\n', encoding="utf-8")


def ignored(folder: Path) -> None:
    (folder / "sub" / ".gitignore").write_text("b.ipynb\n", encoding="utf-8")


@pytest.mark.parametrize("change", [changed, added, removed, configured, ignored])
def test_a_change_is_seen(project: Path, change: object) -> None:
    """The answer is that of a run without memory."""
    before = run(project)[1]
    assert callable(change)
    change(project)
    fresh = run(project, "--no-cache")
    assert fresh[1] != before
    assert run(project)[:2] == fresh[:2]
    assert run(project)[:2] == fresh[:2]


def test_the_same_content_at_another_time_is_known(project: Path) -> None:
    """As after a checkout."""
    before = run(project)
    os.utime(project / "a.ipynb", ns=(1, 1))
    assert run(project) == before
    assert run(project)[2] is False


def test_no_secret_is_kept(project: Path) -> None:
    """Not in the memory, and the memory keeps itself out of the repository."""
    run(project, "--profile", "all")
    files = [path for path in (project / ".nb2prod-cache").rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"lint.json", ".gitignore"}
    assert all(SECRET not in path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 3}', "null"])
def test_a_spoilt_memory_does_no_harm(project: Path, text: str) -> None:
    """It is made anew."""
    expected = run(project)[:2]
    (project / ".nb2prod-cache" / "lint.json").write_text(text, encoding="utf-8")
    assert run(project)[:2] == expected
    assert run(project)[2] is False


def test_nothing_is_kept_outside_of_a_project(tmp_path: Path) -> None:
    """There would be no place for it."""
    write(tmp_path, "a.ipynb", SLEEPY)
    run(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"]


def test_several_processes_say_what_one_says(tmp_path: Path) -> None:
    """In the same order."""
    for number in range(40):
        write(tmp_path, f"{number:02}.ipynb", SLEEPY if number % 3 else "x = = 1")
    one = run(tmp_path, "--jobs", "1")
    assert run(tmp_path, "--jobs", "2")[:2] == one[:2]
    assert one[1].count("\n") >= 40
    full = ("--output-format", "full")
    assert run(tmp_path, *full, "--jobs", "2")[1] == run(tmp_path, *full, "--jobs", "1")[1]
