"""What a rule is: one class, its manual, its examples and its check.

A rule says by the names of its methods what it wants to see. One walk over all cells serves every rule:

* `on_<node>(node, context)` for each node of that `ast` type: `on_except_handler` sees every `except`;
* `on_call(call, context)` for the calls named by `calls` (dotted names, as imported: `os.chdir`) and `methods`
  (the last part, whatever it is called on: `dropna`); without either, every call;
* `on_string(node, context)` for the literals that are texts and hold one of `holds` (none: all);
* `on_magic(magic, cell, context)` for the magics named by `magics` (`cd`, `pip`, `!` for shell lines; none: all);
* `finish(context)` once, at the end; where a rule names calls and has no `on_call`, only if there are such calls;
  where it has `needs` (`paths`, `commands`), only if the context has some of these; where it names `attributes` or
  `keywords`, only if the code holds one of them.

Each yields findings, made by `context.finding(self, where, message)`.
"""

import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from nb2prod.model import Severity

Profile = Literal["hook", "ci", "all"]
Group = Literal[
    "paths",
    "manual",
    "errors",
    "reproducibility",
    "validation",
    "leakage",
    "evaluation",
    "state",
    "secrets",
    "documentation",
    "testability",
    "operations",
    "blockers",
]

Option = str | int | float | bool
# What of the context must not be empty.
Need = Literal["", "paths", "commands", "executed", "shown"]
PROFILES: tuple[Profile, ...] = ("hook", "ci", "all")
NO_NAMES: frozenset[str] = frozenset()


class Rule:
    """A detector with its manual page (the docstring) and its examples.

    `profile` is the smallest profile in which the rule is on, `options` are its options with their defaults.
    A rule that is true of whole notebooks has `once`: its first finding stands for all. In `bad`, in percent
    notation, a line to be flagged ends in `# [rule-name]`; `fixed` is what `bad` becomes by the rule's fixes;
    `good` holds the near misses. A rule with `mentions` is asked only where the code holds one of these texts, a rule
    with `shows` only where a saved output does.
    """

    name: ClassVar[str] = ""
    group: ClassVar[Group]
    severity: ClassVar[Severity] = "warning"
    profile: ClassVar[Profile] = "hook"
    once: ClassVar[bool] = False
    bad: ClassVar[str] = ""
    fixed: ClassVar[str] = ""
    good: ClassVar[str] = ""
    mentions: ClassVar[tuple[str, ...]] = ()
    shows: ClassVar[tuple[str, ...]] = ()
    holds: ClassVar[tuple[str, ...]] = ()
    calls: ClassVar[frozenset[str]] = NO_NAMES
    methods: ClassVar[frozenset[str]] = NO_NAMES
    magics: ClassVar[frozenset[str]] = NO_NAMES
    needs: ClassVar[Need] = ""
    attributes: ClassVar[frozenset[str]] = NO_NAMES
    keywords: ClassVar[frozenset[str]] = NO_NAMES
    options: ClassVar[Mapping[str, Option]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        """Name the rule after its class and refuse one that lacks its manual or its examples."""
        cls.name = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=A)(?=[A-Z])", "-", cls.__name__).lower()
        documented = cls.__doc__ or sys.flags.optimize > 1
        parts = (("docstring", documented), ("bad", cls.bad), ("good", cls.good))
        lacking = [what for what, there in parts if not there]
        if lacking:
            raise TypeError(f"the rule {cls.name} has no {' and no '.join(lacking)}")

    @property
    def summary(self) -> str:
        """The first sentence of the manual page."""
        return (self.__doc__ or "").strip().partition("\n")[0]

    @property
    def words(self) -> tuple[str, str, str]:
        """Group, severity and profile, for the manual."""
        return self.group, self.severity, self.profile

    @property
    def defaults(self) -> Mapping[str, Option]:
        """The options with their defaults, for the manual."""
        return self.options
