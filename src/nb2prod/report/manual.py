"""The manual of the rules: a page for each, and the list of all."""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import ClassVar, Protocol


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


def page(rule: Documented) -> str:
    """The page of a rule in Markdown."""
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
    parts += ["## Found", f"```python\n{_example(rule.bad)}\n```"]
    if rule.fixed:
        parts += ["## After `lint --fix`", f"```python\n{_example(rule.fixed)}\n```"]
    parts += ["## Not found", f"```python\n{_example(rule.good)}\n```"]
    parts += [
        "## Leave it alone",
        _silence(rule.name),
    ]
    return "\n\n".join(parts) + "\n"


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
