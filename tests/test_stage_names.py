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
