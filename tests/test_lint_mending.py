"""`--fix` changes what it mends and not one other byte; `--diff` changes nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb2prod.analysis import survey
from nb2prod.notebook import parse
from nb2prod.notebook.splice import mended
from nb2prod.rules import all_rules, check

CALL = "requests.get(url)"
Lines = list[str]


def findings(data: bytes) -> tuple[object, ...]:
    """What the rules that can mend something find."""
    rules = [rule for rule in all_rules().values() if rule.fixed]
    return check(survey(parse(data, "a.ipynb")), rules)


def as_json(lines: Lines, listed: bool) -> object:
    """A cell's source as one string or as a list of lines."""
    text = "\n".join(lines)
    return text.splitlines(keepends=True) if listed else text


comments = st.text("abc#'\"\\\té山😀 ", max_size=8).map(lambda text: "# " + text)
cells = st.lists(
    st.tuples(st.lists(comments, max_size=3), st.booleans(), st.lists(comments, max_size=3), st.booleans()), max_size=4
)


@settings(max_examples=80, deadline=None)
@given(cells, st.sampled_from([None, 0, 1, 3]), st.booleans(), st.booleans(), st.sampled_from(["", "\n", "\r\n"]))
def test_only_what_is_mended_changes(
    made: list[tuple[Lines, bool, Lines, bool]], indent: int | None, ascii_only: bool, mark: bool, end: str
) -> None:
    """The text of the file with each call replaced by hand is the text that the fixes make."""

    def text(call: str) -> bytes:
        sources = [
            as_json([*above, *([f"page = {call}"] if has else []), *below], listed)
            for above, has, below, listed in made
        ]
        output = {"output_type": "stream", "name": "stdout", "text": CALL}
        held = [
            {"source": source, "outputs": [output], "metadata": {"é": [1.50, CALL]}, "cell_type": "code"}
            for source in sources
        ]
        imports = {"cell_type": "code", "source": "import requests", "id": "\u00e9"}
        root = {"nbformat": 4, "cells": [imports, *held], "metadata": {"x": CALL}, "nbformat_minor": 2}
        return (b"\xef\xbb\xbf" if mark else b"") + (
            json.dumps(root, indent=indent, ensure_ascii=ascii_only) + end
        ).encode()

    before = text(CALL)
    result = mended(before, "a.ipynb", findings(before), unsafe=False)
    written = result.data if result else before
    expected = text("requests.get(url, timeout=30)")
    assert written == expected
    assert len(result.cells if result else ()) == sum(has for _, has, _, _ in made)


def test_unsafe_fixes_want_to_be_asked_for() -> None:
    """A bare except is mended with the flag only."""
    source = "try:\n    f()\nexcept:\n    pass"
    data = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]}).encode()
    assert mended(data, "a.ipynb", findings(data), unsafe=False) is None
    result = mended(data, "a.ipynb", findings(data), unsafe=True)
    assert result is not None
    assert result.cells[0].after == source.replace("except:", "except Exception:")


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`nb2prod lint` in a folder."""
    command = [sys.executable, "-m", "nb2prod", "lint", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a notebook to be mended."""
    source = "import requests\npage = requests.get(url)\npage.raise_for_status()"
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    root = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {},
        "cells": [{"cell_type": "markdown", "source": "# A"}, cell],
    }
    (tmp_path / "a.ipynb").write_text(json.dumps(root, indent=1), encoding="utf-8")
    return tmp_path


def test_a_diff_changes_nothing(folder: Path) -> None:
    """It shows the cell, and its exit code says that there is something to mend."""
    before = (folder / "a.ipynb").read_bytes()
    done = run(folder, "--diff", "--select", "request-without-timeout")
    assert (folder / "a.ipynb").read_bytes() == before
    assert done.returncode == 1
    assert "+page = requests.get(url, timeout=30)\n" in done.stdout
    assert done.stdout.startswith("--- ./a.ipynb:cell 2\n")


def test_what_is_mended_is_not_reported(folder: Path) -> None:
    """The file is looked at again, and a second time nothing is left to do."""
    done = run(folder, "--fix", "--select", "request-without-timeout")
    assert (done.returncode, done.stdout) == (0, "")
    assert "timeout=30" in (folder / "a.ipynb").read_text(encoding="utf-8")
    assert run(folder, "--diff", "--select", "request-without-timeout").returncode == 0


def test_a_baseline_knows_findings_by_their_content(folder: Path) -> None:
    """A finding that moved is old, one more of the same is new."""
    select = ("--select", "request-without-timeout")
    assert run(folder, *select, "--write-baseline", "known.json").returncode == 0
    assert run(folder, *select, "--baseline", "known.json").returncode == 0
    root = json.loads((folder / "a.ipynb").read_text(encoding="utf-8"))
    root["cells"].insert(0, {"cell_type": "code", "source": "x = 1"})
    (folder / "a.ipynb").write_text(json.dumps(root), encoding="utf-8")
    assert run(folder, *select, "--baseline", "known.json").returncode == 0
    root["cells"].append({"cell_type": "code", "source": "page = requests.get(url)"})
    (folder / "a.ipynb").write_text(json.dumps(root), encoding="utf-8")
    done = run(folder, *select, "--baseline", "known.json")
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)


def test_a_file_that_is_no_baseline_is_named(folder: Path) -> None:
    """And how to make one."""
    done = run(folder, "--baseline", "a.ipynb")
    assert done.returncode == 2
    assert "--baseline a.ipynb: not a baseline" in done.stderr
