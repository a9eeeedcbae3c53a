"""The test of the decision gate measures a number that a run has once, or there is none and the report says so."""

from pathlib import Path

import pytest
from generated import needs, python

from nb2prod.analysis import analyze
from nb2prod.config import Config
from nb2prod.model.plan import Measured, Plan
from nb2prod.notebook import read
from nb2prod.pipeline import convert
from nb2prod.plan import make_plan
from nb2prod.rules._examples import notebook_json
from nb2prod.write import write

HEAD = """
# %%
import pandas as pd
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
df = pd.read_csv("rows.csv")
model = LogisticRegression().fit(df[["a"]], df["b"])
pred = model.predict(df[["a"]])
"""
MEASURED = {
    "a result": ("acc = round(accuracy_score(df.b, pred), 3)\nprint(acc)\n", (Measured("acc"),)),
    "a result by a module": ("acc = metrics.accuracy_score(df.b, pred)\n", (Measured("acc"),)),
    "what is printed": ("print(f1_score(df.b, pred))\n", (Measured("f1_score", "f1_score"),)),
    "two metrics": (
        "acc = accuracy_score(df.b, pred)\nprint(f1_score(df.b, pred))\n",
        (Measured("acc"), Measured("f1_score", "f1_score")),
    ),
}
UNCLEAR = {
    "twice": "print(f1_score(df.b, pred))\nprint(f1_score(df.b, 1 - pred))\n",
    "in a loop": "for part in [0, 1]:\n    print(part, f1_score(df.b, pred))\n",
    "in a comprehension": "print([f1_score(df.b, pred) for part in [0, 1]])\n",
    "in a function": "def score(p):\n    return f1_score(df.b, p)\nprint(score(pred), score(1 - pred))\n",
}


def planned(code: str, folder: Path) -> Plan:
    """The plan of a batch job that trains a model."""
    path = folder / "rows.ipynb"
    path.write_text(notebook_json(HEAD + code), encoding="utf-8")
    return make_plan(analyze(read(str(path))), profile="batch")


@pytest.mark.parametrize("name", MEASURED)
def test_a_number_that_stands_alone_is_measured(name: str, tmp_path: Path) -> None:
    code, wanted = MEASURED[name]
    plan = planned(code, tmp_path)
    assert plan.measured == wanted
    assert not any("number that decides" in work.what for work in plan.work)


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_number_of_several_is_work_for_a_person(name: str, tmp_path: Path) -> None:
    plan = planned(UNCLEAR[name], tmp_path)
    assert plan.measured == ()
    assert any("number that decides" in work.what for work in plan.work)


@needs("pandas", "sklearn", "pydantic_settings")
@pytest.mark.parametrize("name", MEASURED)
def test_the_gate_fails_below_its_threshold(name: str, tmp_path: Path) -> None:
    planned(MEASURED[name][0], tmp_path)
    made = convert(str(tmp_path / "rows.ipynb"), Config(project_profile="batch"))
    write(made.project, tmp_path / "made")
    data = tmp_path / "made" / "tests" / "data"
    data.mkdir()
    (data / "rows.csv").write_text("a,b\n" + "".join(f"{n},{int(n > 9 or n == 2)}\n" for n in range(20)))
    gate = tmp_path / "made" / "gate.toml"
    text = gate.read_text()
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_quality.py")
    for limit, fails in ((0.5, False), (0.999, True)):
        gate.write_text(text.replace('go = "?"', f"go = {limit}", 1))
        python(tmp_path / "made", *command, fails=fails)
