"""The generated projects stand up to real tools, and compute what their notebooks computed.

Tools and libraries that are not installed are skipped; `pip install -e ".[dev,fixtures]"` brings all of them.
"""

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from generated import FIXTURES, needs, python

from nb2prod.config import Config
from nb2prod.pipeline import convert
from nb2prod.rules._examples import notebook_json
from nb2prod.write import write

# Small, fast, and different: a model with plots, parameters, plain loops over files, functions that read globals.
CHECKED = ("churn-model-relative", "monthly-report", "sensor-cleaning", "pricing-helpers")
ALL = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
NEEDED = ("pandas", "numpy", "sklearn", "matplotlib", "seaborn", "pydantic_settings", "pandera")
with_libraries = needs(*NEEDED)


@dataclass(frozen=True)
class Made:
    """A generated project and the folder of its notebook."""

    folder: Path
    package: str
    source: Path

    def run(self, *command: object, folder: Path | None = None) -> None:
        """Run a Python module in the project; what it says is the message if it fails."""
        python(self.folder, *command, folder=folder)


def project_of(name: str, folder: Path) -> Made:
    """Convert a fixture; its data goes to the project's tests."""
    source = FIXTURES / name
    project = convert(str(source / f"{name}.ipynb"), Config()).project
    write(project, folder)
    shutil.copytree(source, folder / "tests" / "data", ignore=shutil.ignore_patterns("*.ipynb"))
    return Made(folder, project.package, source)


def grouped(names: Iterable[str], kind: str) -> list[object]:
    """One worker has all the tests of one project."""
    return [pytest.param(name, id=name, marks=pytest.mark.xdist_group(f"{kind} {name}")) for name in names]


@pytest.fixture(scope="module", params=grouped(CHECKED, "checked"))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The project of a fixture."""
    return project_of(request.param, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module", params=grouped(ALL, "any"))
def any_made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The project of every fixture: what its notebook imports need not be installed."""
    return project_of(request.param, tmp_path_factory.mktemp("any"))


def test_ruff_finds_nothing(any_made: Made) -> None:
    any_made.run("-m", "ruff", "check", "--no-cache", ".")


def test_black_changes_nothing(any_made: Made) -> None:
    any_made.run("-m", "black", "--check", "--quiet", ".")


@with_libraries
def test_mypy_finds_nothing(made: Made, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.getbasetemp() / "mypy-cache"
    made.run("-m", "mypy", "--cache-dir", cache)


@with_libraries
def test_its_own_tests_pass(made: Made) -> None:
    made.run("-m", "pytest", "-q", "-p", "no:cacheprovider")


@with_libraries
def test_it_runs_where_its_data_is(made: Made, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(made.source, work)
    made.run("-m", made.package, folder=work)


@with_libraries
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "stage load_sales_2023: .*sales_2023.csv"),
        (b"", "stage load_sales_2023: No columns to parse from file"),
        (b'\x00\xff"\n' * 20, "stage load_sales_2023: "),
    ],
)
def test_an_input_that_is_not_as_it_was_is_one_line_with_its_setting(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    made = project_of("sales-exploration", tmp_path / "made")
    work = tmp_path / "work"
    shutil.copytree(made.source, work)
    (work / "sales_2023.csv").unlink()
    if content is not None:
        (work / "sales_2023.csv").write_bytes(content)
    text = python(made.folder, "-m", made.package, folder=work, fails=True)
    hint = "set SALES_EXPLORATION_SALES_2023_PATH or sales_2023_path in config/base.toml"
    assert re.fullmatch(rf"error: {said}.*: {hint}\n", text), text


# Both runs happen in fresh interpreters and in folders of their own; the fields of the result are what is compared.
COMPARE = """
import contextlib, io, json, os, sys
import numpy as np
import pandas as pd

notebook, package, own, theirs = sys.argv[1:]
cells = [cell["source"] for cell in json.load(open(notebook))["cells"] if cell["cell_type"] == "code"]
names = {"__name__": "__main__"}
with contextlib.redirect_stdout(io.StringIO()):
    os.chdir(own)
    for source in cells:
        exec(compile("".join(source), "cell", "exec"), names)
    os.chdir(theirs)
    result = __import__(f"{package}.pipeline", fromlist=["run"]).run()


def same(one, two):
    match one:
        case pd.DataFrame() | pd.Series() | pd.Index():
            return type(one) is type(two) and one.equals(two)
        case np.ndarray():
            return np.array_equal(one, two, equal_nan=one.dtype.kind == "f")
        case dict():
            return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
        case list() | tuple():
            return len(one) == len(two) and all(same(*pair) for pair in zip(one, two))
    return bool(one == two)


fields = [name for name in result.__slots__ if not callable(getattr(result, name))]
print(json.dumps({name: same(names[name], getattr(result, name)) for name in fields}))
"""
PLAIN = """
# %%
import pandas as pd
prices = pd.DataFrame({"kind": list("abcab"), "price": [1.5, 2.0, 4.0, 0.5, 3.0]})
# %%
limit = 0.7
prices = prices[prices["price"] > limit]
# %%
def with_tax(frame):
    return frame.assign(gross=frame["price"] * rate)
# %%
rate = 1.2
taxed = with_tax(prices)
# %%
rate = 1.1
lower = with_tax(prices)
prices.sort_values("price", inplace=True)
# %%
totals = taxed.groupby("kind")["gross"].sum()
best = totals.idxmax()
# %%
for kind in totals.index:
    count = int((prices["kind"] == kind).sum())
print(best, count)
# %%
taxed
# %%
totals
"""


def compared(made: Made, notebook: Path, tmp_path: Path) -> dict[str, bool]:
    """For each field of the pipeline's result whether the notebook's variable of that name has the same value."""
    folders = tmp_path / "notebook", tmp_path / "project"
    for folder in folders:
        shutil.copytree(notebook.parent, folder)
    return dict(json.loads(python(made.folder, "-c", COMPARE, notebook, made.package, *folders)))


@with_libraries
@pytest.mark.parametrize("name", ["monthly-report", "sensor-cleaning"])
def test_a_fixture_computes_the_notebooks_values(name: str, tmp_path: Path) -> None:
    made = project_of(name, tmp_path / "made")
    fields = compared(made, FIXTURES / name / f"{name}.ipynb", tmp_path)
    assert fields
    assert [field for field, equal in fields.items() if not equal] == []


@with_libraries
def test_a_plain_notebook_computes_its_values(tmp_path: Path) -> None:
    """Names bound again, changed in place, read by a function, left over by a loop."""
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "plain.ipynb").write_text(notebook_json(PLAIN), encoding="utf-8")
    project = convert(str(folder / "plain.ipynb"), Config()).project
    write(project, tmp_path / "made")
    fields = compared(Made(tmp_path / "made", project.package, folder), folder / "plain.ipynb", tmp_path)
    assert {"taxed", "lower", "totals", "best"} <= fields.keys()
    assert [field for field, equal in fields.items() if not equal] == []
