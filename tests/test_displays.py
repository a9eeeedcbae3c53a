"""What a cell shows: whether its text is asked for, and what `_` then is."""

import pytest
from differential import package_of
from programs import Cell

NOISY = "class Noisy:\n    shown = 0\n    def __repr__(self):\n        Noisy.shown += 1\n        return 'noisy'\nn = Noisy()"


def stages(*sources: str) -> str:
    """The stages of a notebook with these cells."""
    return package_of([Cell(source) for source in sources]).texts["stages"]


@pytest.mark.parametrize("shown", ["n", "[n, n]", "Noisy()", "display(n)"])
def test_an_object_that_acts_when_shown_is_asked_for_its_text(shown: str) -> None:
    assert "    repr(" in stages(NOISY, shown, "x = Noisy.shown")


@pytest.mark.parametrize("silent", ["n;", "n\nx = 1", "n ;  # not shown"])
def test_it_is_not_asked_where_nothing_is_shown(silent: str) -> None:
    assert "    repr(" not in stages(NOISY, silent, "y = Noisy.shown")


def test_the_last_value_is_a_variable_until_the_notebook_binds_its_name() -> None:
    text = stages("20 + 1", "x = _", "_ = 5", "7", "y = _")
    assert "    _ = 20 + 1\n    x = _\n    _ = 5\n    y = _\n" in text


def test_names_in_quoted_annotations_stay_imported() -> None:
    text = stages("from typing import Optional, List", 'def f(v: "Optional[int]"):\n    return v', "x = f(1)")
    assert "Optional" in text
    assert "List" not in text
