"""What the analysis says of types agrees with the values that occur when the notebook's statements run."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from watched import contradictions

from nb2prod.analysis import analyze
from nb2prod.model.facts import Analysis
from nb2prod.notebook import read

TESTS = Path(__file__).parent
NOTEBOOKS = sorted([*TESTS.glob("golden/*/*.ipynb"), *TESTS.parent.glob("fixtures/notebooks/*/*.ipynb")])
# These ask the network, or run long.
NOT_RUN = frozenset({"colab-images", "weather-api", "credentials"})
PROGRAMS = {
    "containers": """
numbers = [1, 2]
grown = []
for number in numbers:
    grown.append(number / 2)
table = {"a": 1, "b": "x"}
first = table["a"]
table["c"] = 2.5
third = table["c"]
alias = numbers
alias.append("three")
pairs = [(name, value) for name, value in table.items()]
index = {name: len(name) for name in table}
names = sorted(table)
""",
    "paths": """
value = None
for step in range(3):
    if step == 1:
        value = "one"
        continue
    value = step
try:
    size = int("x")
except ValueError as error:
    size = str(error)
maybe = value if size else None
chosen = maybe or 2.5
while step:
    step = step / 2 if step > 1 else False
""",
    "early": """
from contextlib import contextmanager
@contextmanager
def guard():
    try:
        yield 1
    except ZeroDivisionError:
        pass
res = "none"
with guard() as label:
    res = "started"
    res = 1 / 0
hit = "none"
ok = label > 2 and (hit := 5)
""",
    "functions": """
def area(width, height=None):
    if height is None:
        height = width
    return width * height

def label(x):
    if x > 2:
        return None
    return f"{x}"

square = area(2)
rectangle = area(2, 1.5)
text = area("ab", 2)
label_of_one = label(1)
mapped = list(map(label, [1, 2]))
""",
    "classes": """
class Counter:
    start = 0
    def __init__(self, step):
        self.step = step
        self.values = []
    def tick(self, times):
        self.values.append(times * self.step)
        return self

counter = Counter(2)
again = counter.tick(3).tick(1.5)
values = counter.values
step = again.step
counter.step = "two"
""",
    "libraries": """
import math
from collections import Counter, defaultdict
from pathlib import Path
root = math.sqrt(16)
path = Path("a") / "b.csv"
stem = path.stem
counts = Counter("abca")
words = "a b c".split()
groups = defaultdict(list)
groups["a"].append(1)
""",
    "annotations": """
from typing import Dict, List, Optional, Tuple
import json
def parse(text: str) -> Dict[str, int]:
    return json.loads(text)
def ends(values: List[int]) -> Tuple[int, Optional[int]]:
    return json.loads(str(values))[0], None
parsed = parse('{"a": 1}')
first, last = ends([1, 2])
""",
    "files": """
import os
import tempfile
path = os.path.join(tempfile.mkdtemp(), "a.txt")
with open(path, "w") as written:
    written.write("one")
with open(path) as text:
    words = text.read()
with open(path, "rb") as raw:
    data = raw.read()
head, *rest = (1, 2, 3)[:2]
pairs = [("a", 1), ("b", 2)]
names, counts = zip(*pairs)
""",
    "pandas": """
import numpy as np
import pandas as pd
frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"]})
column = frame["a"]
rows = frame[frame["a"] > 1]
array = np.linspace(0, 1, 3)
draws = np.random.default_rng(0).normal(size=3)
draw = np.random.default_rng(0).normal()
product = array @ draws
means = frame.groupby("b")["a"].mean()
moving = frame["a"].rolling(2).mean()
summary = frame.groupby("b").agg({"a": ["min", "max"]})
total = frame["a"].sum()
kept = frame[(frame["a"] > 1) & (frame["b"] == "x")]
flat = frame.groupby("b", as_index=False)["a"].mean()
groups = {key: part for key, part in frame.groupby("b")}
day = pd.to_datetime("2020-01-01")
days = pd.to_datetime(frame["b"], errors="coerce")
later = day + pd.Timedelta(days=1)
span = later - day
matrix = np.arange(6).reshape(2, 3)
along = matrix.sum(axis=0)
rows = matrix.mean(axis=1)
largest = matrix.max()
root = np.sqrt(2)
roots = np.sqrt(frame["a"])
values, times = np.unique(matrix, return_counts=True)
best = frame.set_index("b")["a"].idxmax()
applied = frame["a"].apply(lambda one: one + 1)
stacked = frame.stack()
""",
}


def analysis_of(source: str, folder: Path) -> Analysis:
    path = folder / "notebook.ipynb"
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return analyze(read(str(path)))


@pytest.mark.parametrize("name", PROGRAMS)
def test_types_hold(name: str, tmp_path: Path) -> None:
    if name == "pandas":
        pytest.importorskip("pandas")
    namespace: dict[str, Any] = {}
    assert not [*filter(None, contradictions(analysis_of(PROGRAMS[name], tmp_path), namespace))]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_types_hold_in_a_notebook(path: Path, tmp_path: Path) -> None:
    """Every type that reading finds is that of the value when the notebook runs."""
    if path.parent.name in NOT_RUN:
        pytest.skip("needs the network")
    missing = [module.name for module in analyze(read(str(path))).modules if not find_spec(module.name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = shutil.copytree(path.parent, tmp_path / "notebook")
    done = subprocess.run(
        [sys.executable, str(TESTS / "watched.py"), path.name],
        cwd=folder, env={**os.environ, "MPLBACKEND": "Agg"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["checked"]
    assert seen["wrong"] == []


def test_types_are_found(tmp_path: Path) -> None:
    analysis = analysis_of(PROGRAMS["containers"], tmp_path)
    found = {name: events[-1][1] for name, events in analysis.types.items()}
    assert found["grown"] == "list[float]"
    assert found["first"] == "int"
    assert found["names"] == "list[str]"
    assert found["index"] == "dict[str, int]"


def test_parameters_take_all_that_they_are_given(tmp_path: Path) -> None:
    signature = analysis_of(PROGRAMS["functions"], tmp_path).signatures["area"]
    assert signature.params["width"] == "int | str"


def test_a_function_that_is_passed_on_may_be_given_anything(tmp_path: Path) -> None:
    assert analysis_of(PROGRAMS["functions"], tmp_path).signatures["label"].params == {"x": ""}


def shown(source: str, output: str, folder: Path) -> Analysis:
    """The analysis of a notebook whose last cell shows something."""
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": output}}
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [result], "execution_count": 1}
    path = folder / "notebook.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return analyze(read(str(path)))


def test_a_saved_output_tells_what_the_code_does_not(tmp_path: Path) -> None:
    analysis = shown("from lab import measure\nx = measure()\ny = x * 2\nx", "array([1, 2])", tmp_path)
    assert analysis.type_before("x", 4) == "numpy.ndarray"
    assert analysis.type_before("y", 4) == "numpy.ndarray"


def test_a_saved_output_decides_nothing(tmp_path: Path) -> None:
    """It may be older than its cell."""
    analysis = shown("from lab import measure\nx = measure()\nx", "array([1, 2])", tmp_path)
    assert [statement.kind for statement in analysis.statements] == ["", "", ""]


def test_the_code_is_believed_before_a_saved_output(tmp_path: Path) -> None:
    assert shown("x = [1]\nx", "array([1, 2])", tmp_path).type_before("x", 2) == "list[int]"
