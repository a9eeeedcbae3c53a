"""The manual of the rules: a page for each, and the list of all."""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import ClassVar, Protocol


class Documented(Protocol):
    """What a rule says of itself."""

    name: ClassVar[str]
    group: ClassVar[str]
    severity: ClassVar[str]
    profile: ClassVar[str]
    once: ClassVar[bool]
    bad: ClassVar[str]
    fixed: ClassVar[str]
    good: ClassVar[str]
    options: ClassVar[Mapping[str, object]]

    @property
    def summary(self) -> str:
        """The first sentence."""
        ...


PROFILES = {"hook": "always on", "ci": "on in the profiles `ci` and `all`", "all": "on in the profile `all`"}


def page(rule: Documented) -> str:
    """The page of a rule in Markdown."""
    once = ", once for a notebook" if rule.once else ""
    parts = [
        f"# {rule.name}",
        inspect.cleandoc(rule.__doc__ or ""),
        f"Group `{rule.group}`, {rule.severity}{once}; {PROFILES[rule.profile]}.",
    ]
    if rule.options:
        rows = [f"* `{name}`: {value!r}" for name, value in rule.options.items()]
        parts += ["## Options", "\n".join(rows)]
    parts += ["## Found", f"```python\n{rule.bad.strip()}\n```"]
    if rule.fixed:
        parts += ["## After `lint --fix`", f"```python\n{rule.fixed.strip()}\n```"]
    parts += ["## Not found", f"```python\n{rule.good.strip()}\n```"]
    parts += [
        "## Leave it alone",
        f"A line: `# nb2prod: ignore[{rule.name}] reason` at its end. A cell: the same comment alone on its first line, or the\n"
        f"cell tag `nb2prod:ignore[{rule.name}]`. Everywhere: `ignore = [\"{rule.name}\"]` under `[tool.nb2prod]`.",
    ]
    return "\n\n".join(parts) + "\n"


def rules_as_table(rules: Iterable[Documented]) -> Iterator[str]:
    """A line for each rule."""
    for rule in rules:
        yield f"{rule.name:32} {rule.severity:8} {rule.profile:5} {rule.group:16} {rule.summary}\n"


def rules_as_json(rules: Iterable[Documented]) -> Iterator[str]:
    """Each rule with all that it says of itself."""
    found = [
        {
            "name": rule.name,
            "group": rule.group,
            "severity": rule.severity,
            "profile": rule.profile,
            "once": rule.once,
            "summary": rule.summary,
            "manual": inspect.cleandoc(rule.__doc__ or ""),
            "options": dict(rule.options),
            "bad": rule.bad.strip(),
            "fixed": rule.fixed.strip(),
            "good": rule.good.strip(),
        }
        for rule in rules
    ]
    yield dumps({"schema": 1, "rules": found}, indent=2, ensure_ascii=False) + "\n"
