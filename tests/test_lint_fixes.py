"""Fixes leave code that still parses and means what it should."""

import ast

import pytest

from nb2prod.analysis import survey
from nb2prod.notebook import parse
from nb2prod.rules import all_rules, check
from nb2prod.rules._examples import fixed, notebook_json


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("requests.get(url)", "requests.get(url, timeout=30)"),
        ("requests.get(url,)", "requests.get(url, timeout=30,)"),
        ("requests.get(\n    url,  # the address\n)", "requests.get(\n    url, timeout=30,  # the address\n)"),
        ('requests.get("\u5c71", params={"a": 1})', 'requests.get("\u5c71", params={"a": 1}, timeout=30)'),
        ("requests.get((url))", "requests.get((url))"),
        ("requests.get(u for u in urls)", "requests.get(u for u in urls)"),
    ],
)
def test_an_argument_is_added(call: str, expected: str) -> None:
    """After the last one, also before a comment; not where parentheses are unclear."""
    example = f"# %%\nimport requests\npage = {call}\npage.raise_for_status()"
    rule = all_rules()["request-without-timeout"]
    result = fixed(example, check(survey(parse(notebook_json(example).encode(), "a.ipynb")), [rule]))
    assert result == example.replace(call, expected)


@pytest.mark.parametrize("rule", [rule for rule in all_rules().values() if rule.fixed], ids=lambda rule: rule.name)
def test_what_a_fix_leaves_parses(rule: object) -> None:
    """Every `fixed` example is Python."""
    ast.parse(getattr(rule, "fixed", ""))
