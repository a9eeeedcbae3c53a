"""Large files: read without their outputs, and otherwise like any other."""

import json
import tracemalloc
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from nb2prod.notebook import contents, read
from nb2prod.notebook.file import LARGE
from nb2prod.notebook.positions import locate, place_in_file
from nb2prod.notebook.skim import without_outputs

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('"\\{}[],:ab\n\xe9 ', max_size=8),
    lambda values: st.lists(values, max_size=3)
    | st.dictionaries(st.sampled_from(["outputs", "a"]), values, max_size=2),
    max_leaves=8,
)
CELLS = st.fixed_dictionaries(
    {
        "cell_type": st.just("code"),
        "source": st.text(),
        "outputs": st.lists(VALUES) | st.dictionaries(st.text(), VALUES),
    }
)


@settings(deadline=None)
@given(st.lists(CELLS), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 99))
def test_nothing_but_outputs_is_left_out(
    cells: list[dict[str, object]], indent: int | None, plain: bool, size: int
) -> None:
    root = {"metadata": {"outputs": ["kept"], "widgets": {"state": [1]}}, "cells": cells}
    data = json.dumps(root, indent=indent, ensure_ascii=plain).encode()
    skimmed = without_outputs(data[at : at + size] for at in range(0, len(data), size))
    emptied = [cell | {"outputs": [] if isinstance(cell["outputs"], list) else {}} for cell in cells]
    assert json.loads(skimmed) == {"metadata": {"outputs": ["kept"], "widgets": {}}, "cells": emptied}
    assert skimmed.count(b"\n") == data.count(b"\n")


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text('"\\{}[],:outps ').map(str.encode), st.integers(1, 9))
def test_any_bytes_pass_through(data: bytes, size: int) -> None:
    assert without_outputs([data[at : at + size] for at in range(0, len(data), size)]) == without_outputs([data])


def large_notebook(folder: Path) -> Path:
    """A notebook with one picture that alone makes it large, and code below the picture."""
    picture = {"output_type": "display_data", "data": {"image/png": "iVBORw0K" * (LARGE // 8)}}
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [picture], "source": ["a = 1"]},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["b = 2\n", "c"]},
    ]
    path = folder / "large.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1))
    return path


def test_a_large_notebook_says_that_its_outputs_are_missing(tmp_path: Path) -> None:
    found = read(str(large_notebook(tmp_path)))
    assert [(cell.source, cell.outputs) for cell in found.cells] == [("a = 1", ()), ("b = 2\nc", ())]
    assert found.metadata == {"outputs-skipped"}


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = large_notebook(tmp_path)
    lines = path.read_text().split("\n")
    second = locate(read(str(path)), contents(str(path))).cells[1]
    line, column = place_in_file(second, 2, 1) or (0, 0)
    assert lines[line - 1][column - 1 :] == 'c"'


def test_a_large_notebook_takes_little_memory(tmp_path: Path) -> None:
    path = str(large_notebook(tmp_path))
    tracemalloc.start()
    read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < LARGE
