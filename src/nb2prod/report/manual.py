"""The manual of the rules: a page for each, and the list of all."""

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps
from typing import ClassVar, Protocol

from nb2prod.model import Fix, Lift, Replace
from nb2prod.report._text import described


class Documented(Protocol):
    """What a rule says of itself."""

    name: ClassVar[str]
    once: ClassVar[bool]
    bad: ClassVar[str]
    fixed: ClassVar[str]
    good: ClassVar[str]

    @property
    def summary(self) -> str:
        """The first sentence."""
        ...

    @property
    def words(self) -> tuple[str, str, str]:
        """Group, severity and profile."""
        ...

    @property
    def defaults(self) -> Mapping[str, str | int | float | bool]:
        """The options with their defaults."""
        ...


PROFILES = {"hook": "always on", "ci": "on in the profiles `ci` and `all`", "all": "on in the profile `all`"}


def page(rule: Documented, fixes: Sequence[Fix | None] = ()) -> str:
    """The page of a rule in Markdown; `fixes` are those of what it finds in its example."""
    group, severity, profile = rule.words
    once = ", once for a notebook" if rule.once else ""
    parts = [
        f"# {rule.name}",
        inspect.cleandoc(rule.__doc__ or ""),
        f"Group `{group}`, {severity}{once}; {PROFILES[profile]}.",
    ]
    if rule.defaults:
        rows = [f"* `{name}`: {value!r}" for name, value in rule.defaults.items()]
        parts += ["## Options", "\n".join(rows)]
    parts += ["## What becomes of it", _remedies(fixes)]
    parts += ["## Found", f"```python\n{_example(rule.bad)}\n```"]
    if rule.fixed:
        parts += ["## After `lint --fix`", f"```python\n{_example(rule.fixed)}\n```"]
    parts += ["## Not found", f"```python\n{_example(rule.good)}\n```"]
    parts += [
        "## Leave it alone",
        _silence(rule.name),
    ]
    return "\n\n".join(parts) + "\n"


def _remedies(fixes: Sequence[Fix | None]) -> str:
    """What `convert` and `lint --fix` do about the findings, in the order in which they appear."""
    told = dict.fromkeys(_told(fix) for fix in fixes)
    told.pop("", None)
    if not told:
        return "It is left to a person: the report of `convert` lists each place."
    return "\n".join(f"* {line}" for line in told)


def _told(fix: Fix | None) -> str:
    match fix:
        case Lift():
            return "`convert` makes it a setting: a typed field with this value as its default, set from outside"
        case Replace(safety=safety):
            asked = "`lint --fix`" if safety == "safe" else "`lint --fix --unsafe-fixes`"
            return f"{asked} writes the code below"
    return described(fix)


def _silence(name: str) -> str:
    """How to leave a finding alone."""
    return (
        f"A line: `# nb2prod: ignore[{name}] reason` at its end. A cell: the same comment alone on its first line,\n"
        f'or the cell tag `nb2prod:ignore[{name}]`. Everywhere: `ignore = ["{name}"]` under `[tool.nb2prod]`.'
    )


def _example(text: str) -> str:
    """An example as a page shows it: very long ones are cut."""
    lines = [line if len(line) <= 120 else f"{line[:60]} … {line[-40:]}" for line in text.strip().split("\n")]
    return "\n".join(lines if len(lines) <= 20 else [*lines[:8], "# … and so on"])


def rules_as_table(rules: Iterable[Documented]) -> Iterator[str]:
    """A line for each rule."""
    for rule in rules:
        group, severity, profile = rule.words
        yield f"{rule.name:32} {severity:8} {profile:5} {group:16} {rule.summary}\n"


def rules_as_json(rules: Iterable[Documented]) -> Iterator[str]:
    """Each rule with all that it says of itself."""
    found = [
        {
            "name": rule.name,
            **dict(zip(("group", "severity", "profile"), rule.words, strict=True)),
            "once": rule.once,
            "summary": rule.summary,
            "manual": inspect.cleandoc(rule.__doc__ or ""),
            "options": dict(rule.defaults),
            "bad": rule.bad.strip(),
            "fixed": rule.fixed.strip(),
            "good": rule.good.strip(),
        }
        for rule in rules
    ]
    yield dumps({"schema": 1, "rules": found}, indent=2, ensure_ascii=False) + "\n"


SETTINGS = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Settings of nb2prod",
    "type": "object",
    "additionalProperties": False,
}


def settings_schema(rules: Sequence[Documented]) -> str:
    """The JSON schema of `[tool.nb2prod]` and `nb2prod.toml`, for editors."""
    severity = {"enum": ["error", "warning", "info"]}
    names = sorted({rule.name for rule in rules} | {rule.words[0] for rule in rules} | {"all"})
    chosen = {"type": "array", "items": {"enum": names}, "uniqueItems": True}
    options = {
        rule.name: {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": _type(value), "default": value} for name, value in rule.defaults.items()},
        }
        for rule in rules
        if rule.defaults
    }
    properties = {
        "profile": {"enum": ["hook", "ci", "all"], "default": "hook", "description": "Which rules are on."},
        "select": {**chosen, "description": "Only these rules and groups."},
        "ignore": {**chosen, "description": "All but these rules and groups."},
        "severities": {
            "type": "object",
            "additionalProperties": False,
            "properties": {r.name: severity for r in rules},
        },
        "per-notebook-ignores": {"type": "object", "additionalProperties": chosen, "description": "Rules by glob."},
        "fail-on": {"enum": ["error", "warning", "info", "never"], "default": "warning"},
        "exclude": {"type": "array", "items": {"type": "string"}, "description": "Globs of notebooks to leave out."},
        "force-exclude": {"type": "boolean", "default": False},
        "third-party-rules": {"type": "boolean", "default": False},
        "options": {"type": "object", "additionalProperties": False, "properties": options},
        "project-profile": {
            "enum": ["auto", "library", "batch", "service"],
            "default": "auto",
            "description": "What `convert` writes.",
        },
    }
    return dumps({**SETTINGS, "properties": properties}, indent=2) + "\n"


def _type(value: str | int | float | bool) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number"}
    return kinds.get(type(value), "string")
