"""The rules as the index lists them: who they are and what they ask for, without importing any.

`_index.json` says what the rules' own files say; `python tests/test_lint_index.py` writes it anew.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Literal

from nb2prod.model import Severity
from nb2prod.model.nodes import FIELDS
from nb2prod.rules._rule import Group, Option, Profile, Rule

# Methods that see nodes, by their names, and the types of these nodes.
HOOKS = {"on_" + "".join("_" + c.lower() if c.isupper() else c for c in t.__name__).lstrip("_"): t for t in FIELDS}
METHODS = (*HOOKS, "on_string", "on_magic", "finish")
PLAIN = ("group", "severity", "profile", "once", "needs")
TEXTS = ("mentions", "shows", "holds")
NAMES = ("calls", "methods", "magics", "attributes", "keywords")
Row = Mapping[str, object]


class Listed:
    """A rule that may not be imported yet. It has what the class of the rule says, under the same names."""

    group: Group
    severity: Severity
    profile: Profile
    once: bool = False
    needs: Literal["", "paths", "commands", "executed", "shown"] = ""
    hooks: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    calls: Iterable[str] = ()
    methods: Iterable[str] = ()
    magics: Iterable[str] = ()
    attributes: Iterable[str] = ()
    keywords: Iterable[str] = ()
    options: Mapping[str, Option] = {}

    def __init__(self, name: str, row: Row, rule: Rule | None = None) -> None:
        """A row of the index, or a rule that is here already."""
        self.name = name
        self.__dict__.update(row)
        self._rule = rule

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        if self._rule is None:
            self._rule = imported(self.name)
        return self._rule


def imported(name: str) -> Rule:
    """The rule of a name: the class of the module that is named as it is."""
    module = name.replace("-", "_")
    members = vars(import_module(f"nb2prod.rules.{module}")).values()
    found = next((m for m in members if isinstance(m, type) and issubclass(m, Rule) and m.name == name), None)
    if found is None:
        raise TypeError(f"rules/{module}.py holds no rule named {name}")
    return found()


@cache
def listed() -> Mapping[str, Listed]:
    """The rules of this package by their names, in the order of these."""
    folder = __file__.replace("\\", "/").rpartition("/")[0]
    with open(f"{folder}/_index.json", encoding="utf-8") as file:  # noqa: PTH123  # pathlib takes longer than the rest
        rows: dict[str, Row] = json.load(file)
    return {name: Listed(name, row) for name, row in rows.items()}


def row_of(rule: Rule) -> dict[str, object]:
    """What the index says of a rule: all that differs from what most rules say."""
    row: dict[str, object] = {name: getattr(rule, name) for name in PLAIN if getattr(rule, name, "")}
    row |= {name: list(value) for name in TEXTS if (value := getattr(rule, name))}
    row |= {name: sorted(value) for name in NAMES if (value := getattr(rule, name))}
    row |= {"options": dict(rule.options)} if rule.options else {}
    return row | {"hooks": [name for name in METHODS if hasattr(rule, name)]}


def listed_of(rule: Rule | Listed) -> Listed:
    """A rule as the index would list it."""
    return rule if isinstance(rule, Listed) else Listed(rule.name, row_of(rule), rule)
