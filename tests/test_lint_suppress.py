"""What the author asks to be left alone is left alone, and nothing else."""

import json

import pytest

from nb2prod.analysis import survey
from nb2prod.notebook import parse
from nb2prod.rules import all_rules, check
from nb2prod.rules._examples import notebook_json

PATH = 'open("/Users/lea/a.csv")'


def found(example: str) -> list[str]:
    """The rules of the default profile that find something."""
    notebook = parse(notebook_json(example).encode(), "example.ipynb")
    rules = [rule for rule in all_rules().values() if rule.profile == "hook"]
    return [finding.rule for finding in check(survey(notebook), rules)]


@pytest.mark.parametrize(
    "example",
    [
        f"# %%\n{PATH}  # nb2prod: ignore[hardcoded-path] a fixture of ours",
        f"# %%\n{PATH}  # nb2prod: ignore[hardcoded-path, bare-except]\ntry:\n    x()\nexcept ValueError:\n    raise",
        f"# %%\n# nb2prod: ignore[hardcoded-path]\nx = 1\n{PATH}",
        f"# %% tags=nb2prod:ignore\n{PATH}",
        f"# %% tags=nb2prod:ignore[hardcoded-path]\n{PATH}",
    ],
    ids=["line", "line with two names", "cell", "tag", "tag with a name"],
)
def test_it_is_left_alone(example: str) -> None:
    """By line, by cell, by tag."""
    assert "hardcoded-path" not in found(example)


@pytest.mark.parametrize(
    "example",
    [
        f"# %%\nx = 1  # nb2prod: ignore[hardcoded-path]\n{PATH}",
        f"# %%\n# nb2prod: ignore[hardcoded-path]\nx = 1\n# %%\n{PATH}",
        f"# %%\n{PATH}  # nb2prod: ignore[bare-except]",
        f"# %%\n{PATH}  # nb2prod is a tool",
    ],
    ids=["another line", "another cell", "another rule", "another comment"],
)
def test_it_is_found_all_the_same(example: str) -> None:
    """A request reaches no further than it says."""
    assert "hardcoded-path" in found(example)


def test_a_request_for_nothing_is_reported() -> None:
    """It would hide the next finding."""
    assert found("# %%\nx = 1  # nb2prod: ignore[bare-except]\nprint(x)") == ["unused-suppression"]


def test_the_metadata_of_the_notebook_can_ignore_a_rule() -> None:
    """`nb2prod.ignore` in the notebook's metadata."""
    metadata = json.dumps({"nb2prod": {"ignore": ["hardcoded-path"]}})
    assert found(f"# %% [metadata]\n{metadata}\n# %%\n{PATH}") == []


def test_names_of_a_broken_cell_are_unknown_and_the_rest_is_checked() -> None:
    """One broken cell costs one finding."""
    assert found(f"# %%\nlimit = = 3\n# %%\nprint(limit)\n{PATH}") == ["unparsable-cell", "hardcoded-path"]


def test_not_decidable_is_said_once() -> None:
    """Behind a star import no name can be called undefined."""
    assert found("# %%\nfrom numpy import *\n# %%\nprint(mean([1]), spam)") == ["star-import", "undefined-name"]
