"""Stages are named by the heading's verb, by a comment, or by what they make."""

import pytest
from differential import package_of
from programs import Cell

from nb2prod.plan.naming import phrase

HEADINGS = {
    "Splitting the data": "split_data",
    "2.1 Load the data": "load_data",
    "Step 3: Fit causal models to data": "fit_causal_models",
    "Data cleaning": "clean_data",
    "Random forest": "train_random_forest",
    "How to plot the residuals of a model?": "plot_residuals_model",
    "Filling gaps with the mean of the town": "fill_gaps",
    "Simple exponential smoothing": "train_simple_exponential_smoothing",
    "For training set, and others": "train_training_set",
    "What are the results?": "",
    "Example": "train",
}


@pytest.mark.parametrize("title", HEADINGS)
def test_a_heading_names_a_stage(title: str) -> None:
    assert phrase(title, "train") == HEADINGS[title]


NAMES = {
    "# Select the long words\nlong = [w for w in ['a', 'bcde'] if len(w) > 3]": "select_long_words",
    "# TODO ask Hedda\nlong = [w for w in ['a', 'bcde'] if len(w) > 3]": "compute_long",
    "longest = max(['a', 'b'])": "compute_longest",
    "import warnings\nwarnings.filterwarnings('ignore')": "set_up_warnings",
    "import matplotlib.pyplot as plt\nplt.rcParams.update({})\nplt.rc('font', size=3)": "set_up_plots",
    "!git clone https://example.org/data.git\n!ls data": "run_commands",
    "!wget -q https://example.org/a.csv": "fetch_files",
}


@pytest.mark.parametrize("code", NAMES)
def test_code_without_a_heading_names_its_stage(code: str) -> None:
    assert [stage.name for stage in package_of([Cell(code)]).plan.stages] == [NAMES[code]]


def test_the_title_of_the_notebook_names_no_stage() -> None:
    cells = [Cell("# About towns", "markdown"), Cell("towns = ['a', 'b']"), Cell("print(towns)")]
    assert [stage.name for stage in package_of(cells).plan.stages] == ["compute_towns"]


def test_a_load_is_named_by_its_file() -> None:
    cells = [Cell("import pandas as pd\ndf = pd.read_csv('data/orders.csv')\ndf = df.dropna()\nprint(df)")]
    assert [stage.name for stage in package_of(cells).plan.stages] == ["load_orders"]


SUMMARIES = {
    "import pandas as pd\ndf = pd.read_csv('data/orders.csv')": "Read orders.csv into df (cell 1).",
    "xs = [v * 2 for v in range(9)]\ntotals = {v: 1 for v in xs}": "Make totals (cell 1).",
    "a, b, c, d, e = 1, 2, 3, 4, len('x')": "Make a, b, c and 2 more (cell 1).",
    "with open('n.txt', 'w') as file:\n    file.write('1')": "Write n.txt (cell 1).",
}


@pytest.mark.parametrize("code", SUMMARIES)
def test_a_stage_without_words_says_what_it_makes_of_what(code: str) -> None:
    assert [stage.doc for stage in package_of([Cell(code)]).plan.stages] == [SUMMARIES[code]]


def test_saving_names_a_stage_that_reads_back_what_it_saved() -> None:
    code = "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\ndf.to_csv('sums.csv')\nback = pd.read_csv('sums.csv')"
    assert [stage.role for stage in package_of([Cell(code)]).plan.stages] == ["export"]


def test_a_little_setup_does_not_name_a_stage() -> None:
    lines = [f"total_{n} = len(str({n}))" for n in range(4)]
    code = "\n".join(["import pandas as pd", "pd.set_option('display.max_rows', 3)", *lines, "print(total_1)"])
    assert [stage.role for stage in package_of([Cell(code)]).plan.stages] == ["compute"]


def test_a_name_without_meaning_gives_way_to_the_section() -> None:
    cells = [Cell("# Prices", "markdown"), Cell("xs = [v for v in range(9)]"), Cell("# What?", "markdown")]
    cells += [Cell("d = [v * 2 for v in xs]\nprint(d)\nn = d")]
    assert [stage.name for stage in package_of(cells).plan.stages] == ["compute_prices", "compute_prices_n"]


def test_what_begins_empty_stands_with_the_loop_that_fills_it() -> None:
    first = "import pandas as pd\ndf = pd.read_csv('a.csv')\n" + "\n".join(
        f"df['c{n}'] = df['a'] + {n}" for n in range(6)
    )
    loop = ["parts = []", "seen = {}", "for value in df['a']:", "    if value > 3:", "        value = 3"]
    loop += [
        "    if value < 0:",
        "        value = 0",
        "    seen[value] = 1",
        "    parts.append(value)",
        "print(len(parts))",
    ]
    stages = package_of([Cell(first), Cell("\n".join(loop))]).texts["stages"].split("\ndef ")
    assert [text for text in stages if "for value in" in text and "parts = []" in text and "seen = {}" in text]
