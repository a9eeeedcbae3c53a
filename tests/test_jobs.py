"""What a job knows of its inputs and outputs: only what is certain, and nothing of it by running the notebook."""

import json
from pathlib import Path

import pytest

from nb2prod.config import Config
from nb2prod.model.plan import Plan
from nb2prod.pipeline import convert

READ = "df = pd.read_csv('orders.csv')"
WRITE = "df.to_csv('summary.csv')"


def plan_of(folder: Path, *cells: str, text: str = "# Orders") -> Plan:
    """The plan of a job of some cells; the first imports what they need."""
    sources = ["import pandas as pd, os, glob, urllib.request\nfrom pathlib import Path", *cells]
    empty = {"metadata": {}, "outputs": [], "execution_count": None}
    content = {
        "cells": [
            {"cell_type": "markdown", "source": text, "metadata": {}},
            *({"cell_type": "code", "source": source, **empty} for source in sources),
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "orders.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return convert(str(folder / "orders.ipynb"), Config(project_profile="batch")).plan


@pytest.mark.parametrize(
    "before",
    ["x = 1", "os.makedirs('out', exist_ok=True)", "print(os.listdir('.'))", "pd.options.display.max_rows = 5"],
)
def test_what_is_surely_read_is_checked_before_the_run(before: str, tmp_path: Path) -> None:
    assert [each.path for each in plan_of(tmp_path, before, READ, "print(len(df))").inputs] == ["orders.csv"]


@pytest.mark.parametrize(
    "cell",
    [
        "!wget https://example.org/orders.csv\n" + READ,
        "urllib.request.urlretrieve('https://example.org/orders.csv', 'orders.csv')\n" + READ,
        "def fetch():\n    Path('orders.csv').write_text('a\\n1\\n')\nfetch()\n" + READ,
        "os.chdir('data')\n" + READ,
        f"if os.path.exists('orders.csv'):\n    {READ}",
        f"try:\n    {READ}\nexcept FileNotFoundError:\n    df = None",
        "df = pd.read_csv('orders.csv') if os.environ.get('X') else None",
        "pd.DataFrame({'a': [1]}).to_csv('orders.csv')\n" + READ,
        "files = glob.glob('orders.csv')",
    ],
)
def test_what_may_be_made_or_not_read_is_not_checked(cell: str, tmp_path: Path) -> None:
    assert plan_of(tmp_path, cell, "print(1)").inputs == ()


OWN = "def mean(x):\n    return sum(x) / len(x)\n"


@pytest.mark.parametrize(
    "after",
    ["print(df)", "df2 = df.dropna()", "again = pd.read_csv('summary.csv')", OWN + "print(mean([1, 2]))", "df.head(3)"],
)
@pytest.mark.parametrize("write", [WRITE, "with open('summary.csv', 'w') as f:\n    f.write('a')"])
def test_an_output_that_nobody_else_looks_at_appears_at_the_end(write: str, after: str, tmp_path: Path) -> None:
    assert plan_of(tmp_path, READ, write, after).outputs == ("summary_path",)


def test_outputs_appear_together(tmp_path: Path) -> None:
    pickled = "import pickle\nwith open('model.pkl', 'wb') as f:\n    pickle.dump(1, f)\npickle.dump(2, open('scaler.pkl', 'wb'))"
    assert plan_of(tmp_path, READ, pickled, WRITE).outputs == ("model_path", "scaler_path", "summary_path")


@pytest.mark.parametrize(
    ("write", "after"),
    [
        ("open('summary.csv', 'x').write('a')", "print(1)"),
        ("open('summary.csv', 'a').write('a')", "print(1)"),
        ("again = pd.read_csv('summary.csv')\n" + WRITE, "print(1)"),
        (WRITE, "print(os.listdir('.'))"),
        (WRITE, "!cat summary.csv"),
        (WRITE, "name = 'summ' + 'ary.csv'\nagain = pd.read_csv(name)"),
        ("df.to_csv('summary.csv', mode='a')", "print(1)"),
        ("p = df.to_csv('summary.csv')", "print(p)"),
        ("for _ in range(2):\n    df.to_csv('summary.csv')", "print(1)"),
    ],
)
def test_an_output_that_somebody_may_look_at_stays_where_it_is(write: str, after: str, tmp_path: Path) -> None:
    assert plan_of(tmp_path, READ, write, after).outputs == ()


@pytest.mark.parametrize("read", [READ, "for line in open('orders.csv').readlines():\n    print(line)"])
@pytest.mark.parametrize(
    ("body", "known"), [("return x + 1", 1), ("Path('orders.csv').write_text('a')\n    return x", 0)]
)
def test_what_a_function_of_the_notebook_does_is_known(read: str, body: str, known: int, tmp_path: Path) -> None:
    made = f"def own(x):\n    {body}\ny = own(1)"
    assert len(plan_of(tmp_path, made, read, "print(1)").inputs) == known


def test_a_file_beside_the_notebook_says_what_columns_there_are(tmp_path: Path) -> None:
    rows = [f"{n},{n / 2},{'' if n == 3 else n},{'ab'[n % 2]},2024-01-0{n % 9 + 1},x{n}" for n in range(12)]
    (tmp_path / "orders.csv").write_text("order_id,price,size,kind,day,note\n" + "\n".join(rows), encoding="utf-8")
    read = "df = pd.read_csv('/home/ana/orders.csv', parse_dates=['day'])"
    (found,) = plan_of(tmp_path, read, "print(len(df))").inputs
    assert found.schema is not None
    assert found.seen == "from the file beside the notebook"
    kinds = {c.name: (c.dtype, c.nullable, c.sign, c.values) for c in found.schema.columns}
    assert kinds == {
        "order_id": ("int64", False, "non-negative", ()),
        "price": ("float64", False, "non-negative", ()),
        "size": ("float64", True, "non-negative", ()),
        "kind": ("str", False, "any", ("a", "b")),
        "day": ("datetime64[ns]", False, "any", ()),
        "note": ("str", False, "any", ()),
    }


@pytest.mark.parametrize("read", ["pd.read_csv('orders.csv', header=None)", "pd.read_csv('orders.csv', skiprows=n)"])
def test_a_table_that_is_read_in_a_way_of_its_own_has_no_schema(read: str, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (found,) = plan_of(tmp_path, "n = int(input and 1)", f"df = {read}", "print(len(df))").inputs or (None,)
    assert found is None or found.schema is None


def test_a_file_outside_the_notebooks_folder_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (found,) = plan_of(tmp_path / "in", "df = pd.read_csv('../orders.csv')", "print(len(df))").inputs
    assert found.schema is None


def test_the_notebooks_words_say_how_old_data_may_be(tmp_path: Path) -> None:
    cadence = plan_of(tmp_path, READ, WRITE, text="# Orders\nThe file is exported by hand every Monday.").cadence
    assert cadence is not None
    assert (cadence.days, cadence.cron, cadence.cell) == (6, "0 6 * * 1", 1)
    assert plan_of(tmp_path, READ, WRITE).cadence is None


def test_what_documents_leave_open_is_work_for_a_person(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, READ, WRITE)
    open_points = " ".join(work.what for work in plan.work)
    assert plan.blanks
    assert [blank.question for blank in plan.blanks if blank.question not in open_points] == []


def test_a_stage_that_first_reads_from_the_network_may_try_again(tmp_path: Path) -> None:
    read = "df = pd.read_csv('https://example.org/orders.csv')"
    assert len(plan_of(tmp_path, read, "print(len(df))").retried) == 1
    assert plan_of(tmp_path, f"print('begin')\n{read}\nprint(len(df))").retried == ()


def test_what_may_have_been_written_under_a_computed_name_is_not_asked_for(tmp_path: Path) -> None:
    made = "df = pd.DataFrame({'a': [1]})\nfor col in df:\n    df[[col]].to_csv('out_' + col + '.csv')"
    assert plan_of(tmp_path, made, "back = pd.read_csv('out_a.csv')", "print(len(back))").inputs == ()
