"""The serving path: which notebooks can answer for one raw row, by which columns, and why others can't.

Where pandas and scikit-learn are installed, each path that is accepted is tried: training shows that raw rows become
the features that the model was fitted on, together and each alone, or fails.
"""

import csv
import random
from pathlib import Path

import pytest
from generated import needs, python

from nb2prod.analysis import analyze
from nb2prod.config import Config
from nb2prod.model.plan import Plan, Profile
from nb2prod.notebook import read
from nb2prod.notebook.beside import tables_beside
from nb2prod.pipeline import convert
from nb2prod.plan import make_plan, tables_read
from nb2prod.rules._examples import notebook_json
from nb2prod.write import write

with_libraries = needs("pandas", "sklearn", "pydantic_settings")
HEAD = """
# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.impute import SimpleImputer
from sklearn.compose import ColumnTransformer, make_column_transformer
from sklearn.pipeline import make_pipeline
df = pd.read_csv("trips.csv")
"""
FIT = """
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=1)
model = LogisticRegression(max_iter=500)
model.fit(X_train, y_train)
print(model.predict(X_test))
"""
LABEL = 'y = (df["late"] == "yes").astype(int)\n'
SERVED = {
    "some columns": ('X = df[["km", "stops"]]\n' + LABEL + FIT, "km stops"),
    "all but the label": (
        'df = df.drop(columns=["trip", "note", "day", "load"])\ndf = pd.get_dummies(df, columns=["kind"])\n'
        'df["late"] = df["late"].map({"yes": 1, "no": 0})\nX = df.drop("late", axis=1)\ny = df["late"]\n' + FIT,
        "kind km stops",
    ),
    "the label taken out": (
        'df = df[["km", "stops", "late"]]\ny = df.pop("late")\nX = df\n' + FIT.replace("X_train, y_train)", "X_train, y_train)"),
        "km stops",
    ),
    "columns by number": (
        'df = df[["km", "stops", "late"]]\nX = df.iloc[:, :-1]\ny = df.iloc[:, -1]\n' + FIT,
        "km stops",
    ),
    "row by row": (
        'df["far"] = np.where(df["km"] > 50, 1, 0)\ndf["rate"] = df["km"] / (df["stops"] + 1)\n'
        'df.loc[df["stops"] > 3, "rate"] = 0\ndf["words"] = df["note"].str.lower().str.len()\n'
        'df["load"] = df["load"].fillna(0).clip(0, 30)\nX = df[["far", "rate", "words", "load"]]\n' + LABEL + FIT,
        "km load note stops",
    ),
    "dates": (
        'df["day"] = pd.to_datetime(df["day"])\ndf["weekday"] = df.day.dt.dayofweek\ndf["month"] = df["day"].dt.month\n'
        'X = df[["weekday", "month", "km"]]\n' + LABEL + FIT,
        "day km",
    ),
    "rows left out": (
        'df = df.dropna(subset=["load"])\ndf = df[df["km"] > 5].drop_duplicates().reset_index(drop=True)\n'
        'df = df[df["late"].notna()].query("stops < 6")\nX = df[["load", "km"]]\n' + LABEL + FIT,
        "km load",
    ),
    "a scaler that is kept": (
        'X = df[["km", "stops"]]\n' + LABEL
        + FIT.replace("model =", "scaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\nX_test = scaler.transform(X_test)\nmodel ="),
        "km stops",
    ),
    "an imputer and its frame": (
        'imputer = SimpleImputer()\ncols = ["km", "load"]\nX = pd.DataFrame(imputer.fit_transform(df[cols]), columns=cols)\n' + LABEL + FIT,
        "km load",
    ),
    "an encoder's columns": (
        'enc = OneHotEncoder(sparse_output=False)\nkinds = pd.DataFrame(enc.fit_transform(df[["kind"]]), columns=enc.get_feature_names_out())\n'
        'X = pd.concat([df[["km"]], kinds], axis=1)\n' + LABEL + FIT,
        "kind km",
    ),
    "a pipeline of its own": (
        'X = df.drop(columns=["late", "trip", "note", "day"])\n' + LABEL
        + FIT.replace("LogisticRegression(max_iter=500)", """make_pipeline(
    make_column_transformer((StandardScaler(), ["km", "stops"]), (OneHotEncoder(), ["kind"]), (SimpleImputer(), ["load"])),
    LogisticRegression(max_iter=500))"""),
        "kind km load stops",
    ),
    "a function of the notebook": (
        'def rate(km, stops=2):\n    return km / stops\ndef prepare(t):\n    t = t.copy()\n    t["rate"] = t["km"].apply(rate)\n'
        '    return t[["rate", "stops"]]\nX = prepare(df)\n' + LABEL + FIT,
        "km stops",
    ),
    "a function of the row": (
        'def cost(row):\n    return row["km"] * 2 if row["kind"] == "boat" else row["km"]\n'
        'df["cost"] = df.apply(cost, axis=1)\ndf["sum"] = df.apply(lambda r: r["km"] + r["stops"], axis=1)\n'
        'X = df[["cost", "sum"]]\n' + LABEL + FIT,
        "kind km stops",
    ),
    "a loop over columns": (
        'for name in ["km", "stops"]:\n    df[name] = df[name] * 2\n    df[name + "_log"] = np.log1p(df[name])\n'.replace('name + "_log"', "name")
        + 'X = df[["km", "stops"]]\n' + LABEL + FIT,
        "km stops",
    ),
    "a value of the notebook": (
        'limit = 40\nlong = {"bus": 1, "tram": 2, "boat": 3}\ndf["far"] = (df["km"] > limit).astype(int)\n'
        'df["code"] = df["kind"].map(long)\nX = df[["far", "code"]]\n' + LABEL + FIT,
        "kind km",
    ),
    "columns by a rule": (
        'df = df.drop(["trip", "note", "day", "kind", "load"], axis=1)\nnames = [c for c in df.columns if c != "late"]\n'
        "X = df[names]\n" + LABEL + FIT,
        "km stops",
    ),
    "rows by an outlier rule": (
        'df = df[df["km"] < df["km"].quantile(0.95)]\nX = df[["km", "stops"]]\n' + LABEL + FIT, "km stops",
    ),
    "columns named by a list": (
        'df.columns = ["trip", "what", "far", "halts", "weight", "date", "word", "late"]\nX = df[["far", "halts"]]\n' + LABEL + FIT,
        "km stops",
    ),
    "columns named by a rule": (
        'df.columns = df.columns.str.upper().str.replace("KM", "FAR")\ndf.columns = [c.lower() for c in df.columns]\n'
        'X = df[["far", "stops"]]\n' + LABEL + FIT,
        "km stops",
    ),
    "columns by their type": (
        'df["load"] = df["load"].fillna(0)\nnumbers = df[["km", "stops", "kind", "late"]].select_dtypes(include="number")\nX = numbers\n'
        + LABEL + FIT, "km stops",
    ),
    "a split of expressions": (
        'X_train, X_test, y_train, y_test = train_test_split(\n    df.drop(["trip", "kind", "note", "day", "late", "load"], axis=1), '
        'df["late"], random_state=1)\nmodel = LogisticRegression(max_iter=500)\nmodel.fit(X_train, y_train)\nprint(model.predict(X_test))\n',
        "km stops",
    ),
    "features without a name": (LABEL + 'model = LogisticRegression().fit(df[["km", "stops"]], y)\nmodel.predict(df[["km", "stops"]])', "km stops"),
}  # fmt: skip
OTHER_ROWS = {
    "a mean": ('df["load"] = df["load"].fillna(df["load"].mean())\nX = df[["load", "km"]]\n', "mean"),
    "a group": ('df["km"] = df["km"] / df.groupby("kind")["km"].transform("max")\nX = df[["km", "stops"]]\n', "groupby"),
    "a neighbour": ('df["before"] = df["km"].shift(1).fillna(0)\nX = df[["before", "km"]]\n', "shift"),
    "a rank": ('df["place"] = df["km"].rank()\nX = df[["place"]]\n', "rank"),
    "a scaler by hand": ('df["km"] = (df["km"] - df["km"].min()) / 3\nX = df[["km"]]\n', "min"),
    "one encoder for many": (
        'le = LabelEncoder()\nfor c in ["kind", "note"]:\n    df[c] = le.fit_transform(df[c])\nX = df[["kind", "note"]]\n',
        "fitted more than once",
    ),
    "a scaler without a name": (
        'df[["km", "stops"]] = StandardScaler().fit_transform(df[["km", "stops"]])\nX = df[["km", "stops"]]\n', "not kept",
    ),
    "chance": ('df["noise"] = np.random.rand(len(df))\nX = df[["noise", "km"]]\n', "len"),
    "a function that counts": (
        'seen = []\ndef count(v):\n    seen.append(v)\n    return len(seen)\ndf["n"] = df["km"].apply(count)\nX = df[["n"]]\n', "",
    ),
    "the clock": (
        'import datetime\ndef age(v):\n    return datetime.datetime.now().year - v\ndf["n"] = df["stops"].apply(age)\nX = df[["n"]]\n', "clock",
    ),
    "the label": ('df["known"] = (df["late"] == "yes") * df["km"]\nX = df[["known", "stops"]]\n', "label"),
    "categories of all rows": ('df["code"] = df["kind"].astype("category").cat.codes\nX = df[["code"]]\n', "categor"),
    "two files": ('other = pd.read_csv("other.csv")\ndf = df.merge(other, on="kind")\nX = df[["km", "stops"]]\n', ""),
    "a column changed in place": ('load = df["load"]\nload.fillna(0, inplace=True)\nX = df[["load", "km"]]\n', "in place"),
    "columns of a table with two names": (
        'same = df\ndf.columns = ["trip", "what", "far", "halts", "weight", "date", "word", "late"]\nX = same[["far"]]\n',
        "another name",
    ),
    "columns named by what is not known": ('df.columns = open("names.txt").read().split()\nX = df[["km"]]\n', "not known"),
    "a container": ('parts = {"all": df}\nparts["all"]["km"] = 0\nX = df[["km", "stops"]]\n', "may be a part"),
    "a loop over tables": ('for t in [df]:\n    t["km"] = t["km"].cumsum()\nX = df[["km", "stops"]]\n', "for t in"),
    "a function that changes the table": ('def spoil():\n    df["km"] = 0\nspoil()\nX = df[["km"]]\n', "may change"),
    "a function with two ends": (
        'def prepare(t):\n    if len(t) > 10:\n        return t[["km"]]\n    return t[["stops"]]\nX = prepare(df)\n', "too involved",
    ),
    "a condition": ('if len(df) > 10:\n    df["km"] = df["km"] * 2\nX = df[["km"]]\n', "if len"),
}  # fmt: skip
LATER = {
    "fitted again in a loop": (FIT + "for m in [model]:\n    m.fit(X_test, y_test)\n", "loop"),
    "features changed afterwards": (FIT + 'X_train["km"] = 0\n', "changed after"),
    "features bound again": (FIT + "X_train = X_test\n", "changed after"),
}


def notebook(code: str, folder: Path) -> Path:
    """A notebook beside its data."""
    chance = random.Random(3)
    with (folder / "trips.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["trip", "kind", "km", "stops", "load", "day", "note", "late"])
        for trip in range(120):
            kind, km, stops = (
                chance.choice(["bus", "tram", "boat"]),
                round(chance.uniform(1, 90), 1),
                chance.randint(0, 6),
            )
            load = "" if trip % 11 == 5 else chance.randint(1, 40)
            day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            late = "yes" if chance.random() < 0.4 else "no"
            table.writerow(
                [f"T{trip}", kind, km, stops, load, day, chance.choice(["", "Rain ", "snow"]) + str(trip), late]
            )
    path = folder / "trips.ipynb"
    path.write_text(notebook_json(HEAD + code), encoding="utf-8")
    return path


def planned(code: str, folder: Path, profile: Profile | None = "service") -> Plan:
    """What a notebook beside its data becomes, if a service is asked for or by itself."""
    path = str(notebook(code, folder))
    analysis = analyze(read(path))
    return make_plan(analysis, profile=profile, schemas=tuple(tables_beside(path, tables_read(analysis))))


@pytest.mark.parametrize("name", SERVED)
def test_a_raw_row_is_enough(name: str, tmp_path: Path) -> None:
    code, fields = SERVED[name]
    plan = planned(code, tmp_path)
    assert plan.serving is not None, plan.profile_why
    assert plan.serving.features is not None, plan.serving.why
    assert " ".join(sorted(field.name for field in plan.serving.fields)) == fields


@pytest.mark.parametrize("name", OTHER_ROWS)
def test_what_needs_other_rows_is_not_made_of_one(name: str, tmp_path: Path) -> None:
    """The rows are the model's own columns then, or nothing is served, and the reason is said."""
    code, reason = OTHER_ROWS[name]
    plan = planned(code + LABEL + FIT, tmp_path)
    assert plan.serving is None or plan.serving.features is None
    assert reason in (plan.serving.why if plan.serving else plan.profile_why)


NEVER = {
    "rows of a library": (
        'from sklearn.datasets import load_iris\niris = load_iris(as_frame=True).frame\nX = iris.drop(columns="target")\n'
        'y = iris["target"]\n' + FIT, "load_iris() gives rows that are in no file",
    ),
    "arrays of a library": (
        "from sklearn.datasets import load_wine\ndata = load_wine()\nX, y = data.data, data.target\n"
        "model = LogisticRegression().fit(X, y)\nmodel.predict(X)\n", "load_wine() gives rows that are in no file",
    ),
    "a model of statsmodels": (
        'import statsmodels.api as sm\nmodel = sm.OLS(df["km"], df[["stops"]]).fit()\nprint(model.predict(df[["stops"]]))\n',
        "a model of statsmodels has not",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEVER)
def test_what_can_not_be_asked_row_by_row_is_told(name: str, tmp_path: Path) -> None:
    code, reason = NEVER[name]
    plan = planned(code, tmp_path)
    assert plan.serving is None
    assert reason in plan.profile_why


@pytest.mark.parametrize("name", LATER)
def test_a_model_whose_features_are_lost_is_not_served(name: str, tmp_path: Path) -> None:
    code, reason = LATER[name]
    plan = planned('X = df[["km", "stops"]]\n' + LABEL + code, tmp_path)
    assert plan.serving is None
    assert reason in plan.profile_why
    assert plan.profile != "service"


def test_the_threshold_is_the_notebooks_own(tmp_path: Path) -> None:
    code = (
        'X = df[["km"]]\n'
        + LABEL
        + FIT
        + "limit = 0.35\nchance = model.predict_proba(X_test)[:, 1]\npred = chance > limit\n"
    )
    plan = planned(code, tmp_path)
    assert plan.serving is not None
    assert plan.serving.threshold == 0.35


UNSURE = {
    "the default of a parameter": (
        'def answer(km, least=0.6):\n    p = model.predict_proba([[km]])[0]\n    if p.max() < least:\n        return "ask"\n'
        "    return model.classes_[p.argmax()]\nanswer(3)\n", (0.6, "ask", False, "answer"),
    ),
    "the sure branch first": (
        'def answer(km):\n    p = model.predict_proba([[km]])\n    if 0.7 <= np.max(p):\n        return "late"\n    return "ask"\nanswer(3)\n',
        (0.7, "ask", False, "answer"),
    ),
    "at the limit too": (
        'limit = 0.8\nbest = max(model.predict_proba(X_test)[0])\nsaid = "sure" if best > limit else "ask"\n', (0.8, "ask", True, ""),
    ),
}  # fmt: skip
SURE = {
    "another model": (
        "other = LogisticRegression().fit(X_train, y_train)\ndef answer(km):\n    p = other.predict_proba([[km]])[0]\n"
        '    if p.max() < 0.6:\n        return "ask"\n    return "late"\nprint(answer(3))\nmodel.predict(X_test)\n'
    ),
    "a limit that callers choose": (
        'def answer(km, least=0.6):\n    p = model.predict_proba([[km]])[0]\n    if p.max() < least:\n        return "ask"\n'
        '    return "late"\nprint(answer(3, least=0.9))\n'
    ),
    "one class alone": 'p = model.predict_proba(X_test)[0]\nsaid = "ask" if p[0] < 0.6 else "late"\n',
    "no answer": "p = model.predict_proba(X_test)[0]\nif p.max() < 0.6:\n    print(p)\n",
}


@pytest.mark.parametrize("name", UNSURE)
def test_the_notebooks_own_rule_for_doubt_is_the_services(name: str, tmp_path: Path) -> None:
    code, wanted = UNSURE[name]
    served = planned('X = df[["km"]]\n' + LABEL + FIT + code, tmp_path).serving
    assert served is not None
    assert served.unsure is not None
    assert (served.unsure.limit, served.unsure.answer, served.unsure.at_limit, served.unsure.function) == wanted


@pytest.mark.parametrize("name", SURE)
def test_what_is_no_rule_for_doubt_is_not_taken_for_one(name: str, tmp_path: Path) -> None:
    served = planned('X = df[["km"]]\n' + LABEL + FIT + SURE[name], tmp_path).serving
    assert served is not None
    assert served.unsure is None


SAVE = 'import joblib\njoblib.dump(model, "model.joblib")\n'


def test_a_model_that_is_saved_is_served_where_raw_rows_lead_to_it(tmp_path: Path) -> None:
    plan = planned('X = df[["km", "stops"]]\n' + LABEL + FIT + SAVE, tmp_path, None)
    assert plan.profile == "service"
    assert plan.profile_why == "model is saved (cell 1), and a row of trips.csv leads to it"


def test_a_model_that_is_saved_and_can_not_be_served_is_told(tmp_path: Path) -> None:
    plan = planned(OTHER_ROWS["a mean"][0] + LABEL + FIT + SAVE, tmp_path, None)
    assert (plan.profile, plan.serving) == ("batch", None)
    assert "is not served: mean() looks at more than one row" in plan.profile_why


def test_a_model_that_nobody_asks_is_not_served(tmp_path: Path) -> None:
    plan = planned('X = df[["km", "stops"]]\n' + LABEL + FIT, tmp_path, None)
    assert (plan.profile, plan.serving) == ("library", None)


def test_a_model_that_was_fitted_on_all_rows_is_scored_without_the_held_out_ones(tmp_path: Path) -> None:
    served = planned('X = df[["km"]]\n' + LABEL + FIT + "model.fit(X, y)\n", tmp_path).serving
    assert served is not None
    assert [variable.name for variable in served.held] == ["X_test", "y_test"]
    assert [variable.name for variable in served.refit] == ["X_train", "y_train"]


def test_what_is_made_of_held_out_rows_is_held_out(tmp_path: Path) -> None:
    code = (
        'X = df[["km", "stops"]]\n' + LABEL + "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "scaler = StandardScaler()\nX_fit = scaler.fit_transform(X_train)\nX_try = scaler.transform(X_test)\n"
        "model = LogisticRegression().fit(X_fit, y_train)\nmodel.predict(X_try)\n"
    )
    served = planned(code, tmp_path).serving
    assert served is not None
    assert [variable.name for variable in served.held] == ["X_try", "y_test"]


def test_a_model_without_held_out_rows_has_no_score(tmp_path: Path) -> None:
    code = 'X = df[["km"]]\n' + LABEL + "model = LogisticRegression().fit(X, y)\nmodel.predict(X)\n"
    plan = planned(code, tmp_path)
    assert plan.serving is not None
    assert plan.serving.held == ()
    assert any("hold rows out" in work.what for work in plan.work)


def test_a_column_without_which_rows_are_left_out_is_required(tmp_path: Path) -> None:
    served = planned('df = df[df["load"].notna()]\nX = df[["load", "km"]]\n' + LABEL + FIT, tmp_path).serving
    assert served is not None
    assert {field.name: field.nullable for field in served.fields} == {"km": False, "load": False}
    other = planned('seen = df[df["load"].notna()]\nX = df[["load", "km"]].fillna(0)\n' + LABEL + FIT, tmp_path).serving
    assert other is not None
    assert {field.name: field.nullable for field in other.fields} == {"km": False, "load": True}


def test_what_a_model_answers_is_known_by_its_class_and_its_label(tmp_path: Path) -> None:
    served = planned('X = df[["km"]]\ny = df["late"]\n' + FIT, tmp_path).serving
    assert served is not None
    assert (served.task, served.answers, served.classes) == ("classes", "str", 2)
    code = 'from sklearn.linear_model import Ridge\nX = df[["km"]]\ny = df["stops"] / 2\n' + FIT
    other = planned(
        code.replace("LogisticRegression(max_iter=500)", "make_pipeline(StandardScaler(), Ridge())"), tmp_path
    ).serving
    assert other is not None
    assert (other.task, other.answers, other.classes) == ("number", "any", 0)


@with_libraries
@pytest.mark.parametrize("name", SERVED)
def test_training_shows_that_rows_are_served_as_they_were_trained(name: str, tmp_path: Path) -> None:
    path = notebook(SERVED[name][0], tmp_path)
    made = convert(str(path), Config(project_profile="service"))
    write(made.project, tmp_path / "made")
    plan = made.plan
    code = (
        f"from {plan.package} import serving\nfrom {plan.package}.settings import Settings\n"
        "trained = serving.train(Settings())\nrows = trained.rows.to_dict('records')\n"
        "answers = []\n"
        "for row in rows:\n"
        "    try:\n        answers.append(trained.fitted.predict(row))\n"
        "    except serving.RowError:\n        pass\n"
        "assert len(answers) > 50, len(answers)"
    )
    python(tmp_path / "made", "-c", code, folder=tmp_path)


@with_libraries
def test_training_refuses_a_path_that_prepares_rows_in_another_way(tmp_path: Path) -> None:
    made = convert(str(notebook(SERVED["row by row"][0], tmp_path)), Config(project_profile="service"))
    write(made.project, tmp_path / "made")
    stages = tmp_path / "made" / "src" / made.plan.package / "stages.py"
    before, mark, path = stages.read_text().partition("def prepare_rows")
    stages.write_text(before + mark + path.replace("clip(0, 30)", "clip(0, 20)"))
    code = f"from {made.plan.package} import serving\nfrom {made.plan.package}.settings import Settings\nserving.train(Settings())"
    said = python(tmp_path / "made", "-c", code, folder=tmp_path, fails=True)
    assert "ServingError: training row" in said
