"""What becomes a setting and what stays code, and that a setting changes what the project computes and nothing else does."""

import json
from pathlib import Path

import pytest
from generated import needs, python

from nb2prod.config import Config
from nb2prod.model.notebook import Place
from nb2prod.model.plan import Edit, Piece, Plan, Setting, Stage, Variable
from nb2prod.pipeline import Conversion, convert
from nb2prod.plan.handing import handed
from nb2prod.rules._examples import notebook_json
from nb2prod.write import write


def converted(example: str, folder: Path) -> Conversion:
    """The conversion of a notebook in percent notation."""
    path = folder / "example.ipynb"
    path.write_text(notebook_json(example), encoding="utf-8")
    return convert(str(path), Config())


def settings_of(example: str, folder: Path) -> dict[str, Setting]:
    return {setting.name: setting for setting in planned(example, folder).settings}


def planned(example: str, folder: Path) -> Plan:
    return converted(example, folder).plan


MODELS = """
# %%
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.datasets import make_classification
"""
LIFTED = {
    "seed-of-a-module": ("import random\nrandom.seed(3)\nx = random.random()", {"seed": 3}),
    "seed-in-capitals": ("RANDOM_SEED = 42\nx = [RANDOM_SEED]", {"random_seed": 42}),
    "one-seed-in-two-calls": (
        f"{MODELS}X, y = make_classification(random_state=1)\nm = LogisticRegression(random_state=1)",
        {"random_state": 1},
    ),
    "two-seeds": (
        f"{MODELS}X, y = make_classification(random_state=1)\nm = LogisticRegression(random_state=2)",
        {"make_classification_random_state": 1, "logistic_regression_random_state": 2},
    ),
    "split": (f"{MODELS}a, b = train_test_split(range(9), test_size=0.3)", {"test_size": 0.3}),
    "model": (f"{MODELS}m = RandomForestClassifier(n_estimators=9, max_depth=2)", {"n_estimators": 9, "max_depth": 2}),
    "fit": ("model.fit(x, epochs=3, batch_size=8)", {"epochs": 3, "batch_size": 8}),
    "toggle": ("DO_PLOT = False\nif DO_PLOT:\n    draw()", {"do_plot": False}),
    "toggle-in-small-letters": ("use_cache = True\nif not use_cache:\n    clear()", {"use_cache": True}),
    "edit-me": ('country = "FR"  # change this to your country\nprint(country)', {"country": "FR"}),
    "knob": ("threshold = 0.5\nprint(threshold)", {"threshold": 0.5}),
    "capitals": ('REGION = "EU"\nprint(REGION)', {"region": "EU"}),
    "read-by-a-function": ("EPOCHS = 3\ndef fit():\n    return EPOCHS\nx = fit()", {"epochs": 3}),
    "read-by-a-lambda": ("EPOCHS = 3\nfit = lambda: EPOCHS\nx = fit()", {"epochs": 3}),
    "host": ('client = connect(host="10.0.3.17")', {"host": "10.0.3.17"}),
    "form": ('level = "low" #@param ["low", "high"]\nprint(level)', {"level": "low"}),
    "url": ('url = "https://example.com/a.csv"\nprint(url)', {"url": "https://example.com/a.csv"}),
}
KEPT = {
    "bound-twice": "SEED = 1\nprint(SEED)\nSEED = 2\nprint(SEED)",
    "bound-in-a-loop": "for i in range(3):\n    SEED = 1\nprint(SEED)",
    "bound-under-a-condition": "if x:\n    SEED = 1\nprint(SEED)",
    "unbound-later": "SEED = 1\nprint(SEED)\ndel SEED",
    "augmented": "SEED = 1\nSEED += 1\nprint(SEED)",
    "rebound-by-a-function": "SEED = 1\ndef f():\n    global SEED\n    SEED = 2\nf()\nprint(SEED)",
    "read-before": "try:\n    print(SEED)\nexcept NameError:\n    pass\nSEED = 1\nprint(SEED)",
    "never-read": "SEED = 1",
    "looked-up": 'SEED = 1\nprint(globals()["SEED"])',
    "executed": 'SEED = 1\nexec("print(SEED)")',
    "a-default": "SEED = 1\ndef f(seed=SEED):\n    return seed\nx = f()",
    "in-a-class-body": "SEED = 1\nclass A:\n    SEED = SEED\nprint(A.SEED)",
    "captured-and-rebound": "SEED = 1\nf = lambda: SEED\nprint(f())\nSEED = 2\nprint(f())",
    "mutable": "SEED = [1]\nprint(SEED)",
    "computed": "SEED = 1 + 1\nprint(SEED)",
    "units": "KM_PER_MILE = 1.6\nprint(KM_PER_MILE)",
    "looks": 'COLOR = "red"\nFIGSIZE = 3\nprint(COLOR, FIGSIZE)',
    "one-letter": "N = 3\nprint(N)",
    "cosmetics": "import matplotlib.pyplot as plt\nplt.plot([1], alpha=0.5, linewidth=2)",
    "capitals-read-by-a-function": "LIMIT = 3\ndef f():\n    return LIMIT\nx = f()",
    "an-experiment": f"{MODELS}a = LogisticRegression(C=1.0)\nb = LogisticRegression(C=10.0)",
    "switches-of-a-model": f"{MODELS}a = LogisticRegression(fit_intercept=False, n_jobs=2, verbose=1)",
    "inside-a-function": f"{MODELS}def f():\n    return LogisticRegression(C=2.0)\nx = f()",
    "in-a-formatted-string": f'{MODELS}text = f"{{LogisticRegression(C=2.0)}}"\nprint(text)',
    "no-round-trip": "threshold = -0.0\nepochs = 99999999999999999999\nprint(threshold, epochs)",
    "shadows-a-builtin": "print(max([1]))\nmax = 3\nprint(max)",
}


@pytest.mark.parametrize("name", LIFTED)
def test_lifted(name: str, tmp_path: Path) -> None:
    source, expected = LIFTED[name]
    found = {key: setting.default for key, setting in settings_of(f"# %%\n{source}", tmp_path).items()}
    assert found == expected
    assert {key: type(value) for key, value in found.items()} == {k: type(v) for k, v in expected.items()}


@pytest.mark.parametrize("name", KEPT)
def test_stays_code(name: str, tmp_path: Path) -> None:
    assert settings_of(f"# %%\n{KEPT[name]}", tmp_path) == {}


def test_bounds_are_those_that_the_notebook_shows(tmp_path: Path) -> None:
    found = settings_of(
        '# %%\nlevel = 3 #@param {type:"slider", min:0, max:10, step:1}\nkind = "b" #@param ["a", "b"]\n'
        'other = "c" #@param ["c", "d"] {allow-input: true}\ntest_size = 0.2\nprint(level, kind, other, test_size)',
        tmp_path,
    )
    assert (found["level"].minimum, found["level"].maximum) == (0, 10)
    assert (found["kind"].choices, found["other"].choices) == (("a", "b"), ())
    assert (found["test_size"].minimum, found["test_size"].maximum, found["test_size"].exclusive) == (0, 1, True)


def test_a_setting_is_described_by_the_comment_beside_it(tmp_path: Path) -> None:
    found = settings_of(
        "# %%\n# rows at a time\nBATCH_SIZE = 8\nEPOCHS = 2  # passes\nprint(BATCH_SIZE, EPOCHS)", tmp_path
    )
    assert [setting.description for setting in found.values()] == ["rows at a time", "passes"]


def test_a_setting_takes_no_name_that_means_something_else(tmp_path: Path) -> None:
    found = settings_of(
        '# %%\nENV = "eu"\nFIGURES_DIR = "a/b"\nCONFIG_DIR = "c/d"\nprint(ENV, FIGURES_DIR, CONFIG_DIR)', tmp_path
    )
    assert {name: setting.kind for name, setting in found.items()} == {
        "env_setting": "constant", "figures_dir_path": "path", "config_dir_path": "path",
    }  # fmt: skip


def test_one_seed_names_every_cell(tmp_path: Path) -> None:
    source = f"{MODELS}# %%\na = make_classification(random_state=1)\n# %%\nm = LogisticRegression(random_state=1)"
    assert settings_of(source, tmp_path)["random_state"].description.endswith("; the same in cell 3")


def test_a_stage_with_many_settings_gets_them_in_one_object(tmp_path: Path) -> None:
    plan = planned(
        f"{MODELS}m = RandomForestClassifier(n_estimators=9, max_depth=2, random_state=1).fit([[1]], [1])", tmp_path
    )
    assert [(v.name, v.setting) for stage in plan.stages for v in stage.params] == [("settings", "*")]


def test_a_setting_keeps_off_keywords_and_texts_that_look_like_it() -> None:
    edit = Edit(Place(1, 1), "fetch(url, 'a url b', keep=url, url=x.url)", "fetch", ("url",))
    params = tuple(Variable(name, "str", name) for name in ("url", "b", "c"))
    stage = handed(Stage("load", "load", "", (1,), (Piece(None, (edit,)),), params), "settings")
    assert [e.text for p in stage.pieces for e in p.edits] == [
        "fetch(settings.url, 'a url b', keep=settings.url, url=x.url)"
    ]


WIDGETS = """
# %%
import ipywidgets as widgets
from IPython.display import display
# %%
k = widgets.IntSlider(value=3, min=1, max=10, description="Clusters:")
kind = widgets.Dropdown(options=["a", "b"], value="b")
display(k)
# %%
k
# %%
total = k.value * 2
label = kind.value + str(k.value)
print(total, label)
"""


def test_a_control_is_a_bounded_setting(tmp_path: Path) -> None:
    conversion = converted(WIDGETS, tmp_path)
    k, kind = conversion.plan.settings
    assert (k.name, k.type, k.default, k.minimum, k.maximum) == ("k", "int", 3, 1, 10)
    assert (kind.default, kind.choices) == ("b", ("a", "b"))
    assert "ipywidgets" not in conversion.project["src/example/stages.py"]


@pytest.mark.parametrize("use", ["k.observe(print)", "k.value = 5", "j = k", "print(f'{k.value}')"])
def test_a_control_that_is_used_in_another_way_stays(use: str, tmp_path: Path) -> None:
    source = f"# %%\nimport ipywidgets as widgets\nk = widgets.IntSlider(value=3)\nx = k.value\n{use}"
    assert settings_of(source, tmp_path) == {}


# what the project computes

PROGRAM = """
# %% tags=parameters
year = 2020
# %%
import random
random.seed(5)
RUNS = 3
SCALE_STEPS = 2
EPOCHS = 2
use_bonus = False
def passes(value):
    return value * EPOCHS
# %%
draws = [random.randrange(100) for _ in range(RUNS)]
total = passes(sum(draws)) * SCALE_STEPS + year
if use_bonus:
    total += 1
rest = {"draws": draws, "total": total}
"""
SHOW = """
import json
from example.pipeline import run
result = run()
print(json.dumps([result.rest["draws"], result.rest["total"]]))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of a small program."""
    pytest.importorskip("pydantic_settings")
    folder = tmp_path_factory.mktemp("project")
    write(converted(PROGRAM, folder).project, folder / "made")
    return folder / "made"


def computed(project: Path, folder: Path, **variables: str) -> tuple[list[int], int]:
    """What the project computes in a folder, with environment variables."""
    draws, total = json.loads(python(project, "-c", SHOW, folder=folder, **variables))
    return draws, total


def expected(**values: object) -> tuple[list[int], int]:
    """What the notebook computes, with other values in its text."""
    names: dict[str, object] = {}
    source = PROGRAM
    for name, value in values.items():
        source = source.replace(f"{name} = ", f"{name} = {value!r} or ") if name != "seed" else source
    exec(source.replace("seed(5)", f"seed({values.get('seed', 5)})"), names)
    draws, total = names["draws"], names["total"]
    assert isinstance(draws, list)
    assert isinstance(total, int)
    return draws, total


def test_the_defaults_compute_what_the_notebook_computes(project: Path, tmp_path: Path) -> None:
    assert computed(project, tmp_path) == expected()


@pytest.mark.parametrize(
    ("name", "value"),
    [("year", 1999), ("seed", 6), ("RUNS", 4), ("SCALE_STEPS", 7), ("EPOCHS", 9), ("use_bonus", True)],
)
def test_every_setting_works_from_a_variable_and_from_a_file(
    name: str, value: int, project: Path, tmp_path: Path
) -> None:
    wanted = expected(**{name: value})
    assert wanted != expected()
    assert computed(project, tmp_path, **{f"EXAMPLE_{name.upper()}": str(value)}) == wanted
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "base.toml").write_text(f"{name.lower()} = {str(value).lower()}\n")
    assert computed(project, tmp_path) == wanted


def test_the_generated_file_holds_every_setting(project: Path) -> None:
    text = (project / "config" / "base.toml").read_text(encoding="utf-8")
    assert [line.split(" ")[0] for line in text.splitlines() if line and not line.startswith("#")] == [
        "year",
        "seed",
        "runs",
        "scale_steps",
        "epochs",
        "use_bonus",
    ]


KEYED = """
# %%
import csv
API_KEY = "put-yours-here"  # your own key
# %%
with open("rows.csv") as file:
    rows = list(csv.reader(file))
with open("sums.csv", "w") as file:
    csv.writer(file).writerows(rows)
print(len(rows), len(API_KEY))
"""


@needs("pydantic_settings")
def test_the_record_of_a_run_keeps_no_key(tmp_path: Path) -> None:
    made = converted(KEYED, tmp_path)
    assert {setting.name: setting.kind for setting in made.plan.settings}["api_key"] == "constant"
    project = tmp_path / "project"
    write(made.project, project)
    (project / "rows.csv").write_text("1,2\n", encoding="utf-8")
    wanted = {"EXAMPLE_API_KEY": "tr0ub4dor&3", "EXAMPLE_MANIFEST_PATH": "run.json"}
    python(project, "-m", "example", **wanted)
    record = (project / "run.json").read_text(encoding="utf-8")
    assert json.loads(record)["settings"]["rows_path"] == "rows.csv"
    assert "tr0ub4dor" not in record
