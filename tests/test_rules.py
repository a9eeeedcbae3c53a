"""Every rule keeps its promise: `bad` is flagged where it is marked, `good` is silent, fixes give `fixed`."""

import pytest

from nb2prod.analysis import survey
from nb2prod.model import Finding, Notebook
from nb2prod.notebook import parse
from nb2prod.rules import Rule, all_rules, check
from nb2prod.rules._examples import fixed, flagged, name_of, notebook_json

RULES = list(all_rules().values())
every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def example(text: str) -> Notebook:
    """The notebook of an example."""
    return parse(notebook_json(text).encode(), f"{name_of(text)}.ipynb")


def found(rule: Rule, text: str) -> list[Finding]:
    """What a rule finds in an example; the others look too, as they do in a notebook."""
    return [finding for finding in check(survey(example(text)), RULES) if finding.rule == rule.name]


@every_rule
def test_bad_is_flagged_exactly_where_it_is_marked(rule: Rule) -> None:
    """Cell and line of every finding."""
    places = sorted((f.place.cell, f.place.line, f.rule) for f in found(rule, rule.bad))
    assert places == [mark for mark in flagged(rule.bad) if mark[2] == rule.name]


@every_rule
def test_good_is_silent(rule: Rule) -> None:
    """The near misses."""
    assert [finding.message for finding in found(rule, rule.good)] == []


@every_rule
def test_fixes_turn_bad_into_fixed(rule: Rule) -> None:
    """What `lint --fix` writes; a rule whose fixes change text has to show it."""
    findings = found(rule, rule.bad)
    assert bool(rule.fixed) == any(finding.fixable for finding in findings)
    if rule.fixed:
        assert fixed(rule.bad, findings) == rule.fixed.strip("\n")


def test_a_rule_without_its_manual_is_refused() -> None:
    """At import."""
    with pytest.raises(TypeError, match="the rule half-a-rule has no docstring and no bad and no good"):

        class HalfARule(Rule):
            pass


def test_each_rule_says_what_it_is_about() -> None:
    """One line, a sentence, about the problem."""
    for rule in RULES:
        assert rule.summary.endswith("."), rule.name
        assert len(rule.summary) < 100, rule.name
