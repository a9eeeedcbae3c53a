"""Import blocks in the order that isort and ruff expect."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

NUMBER = re.compile(r"(\d+)")


@dataclass(slots=True)
class Imports:
    """The imports of one module: plain ones with their aliases, and members by module."""

    first_party: str = ""
    plain: set[tuple[str, str]] = field(default_factory=set)
    members: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def module(self, dotted: str, alias: str = "") -> None:
        """Add `import dotted as alias`."""
        self.plain.add((dotted, alias))

    def member(self, module: str, name: str, alias: str = "") -> None:
        """Add `from module import name as alias`."""
        self.members.setdefault(module, set()).add((name, alias))

    def text(self, indent: str = "") -> str:
        """The block: one section each for the future, the standard library, others, and the package itself."""
        sections = [self._section(number) for number in range(4)]
        lines = "\n\n".join("\n".join(section) for section in sections if section)
        return "\n".join(indent + line if line else line for line in lines.split("\n")) if lines else ""

    def _section(self, number: int) -> list[str]:
        plain = sorted(
            (p for p in self.plain if self._kind(p[0]) == number), key=lambda p: (_natural(p[0].lower()), p[0], p[1])
        )
        lines = [f"import {name} as {alias}" if alias else f"import {name}" for name, alias in plain]
        modules = sorted((m for m in self.members if self._kind(m) == number), key=lambda m: (_natural(m.lower()), m))
        for module in modules:
            lines += _from(module, self.members[module])
        return lines

    def _kind(self, dotted: str) -> int:
        top = dotted.split(".")[0]
        if top == "__future__":
            return 0
        if top in sys.stdlib_module_names:
            return 1
        return 3 if top == self.first_party else 2


def _from(module: str, members: Iterable[tuple[str, str]]) -> list[str]:
    """Aliased members stand on lines of their own, a star stands alone and first."""
    order = sorted(members, key=lambda member: (_member_key(member[0]), member[1]))
    lines = [
        (_member_key(name), f"from {module} import {name} as {alias}") for name, alias in order if alias and name != "*"
    ]
    plain = [name for name, alias in order if not alias and name != "*"]
    if plain:
        lines.append((_member_key(plain[0]), f"from {module} import {', '.join(plain)}"))
    star = [f"from {module} import *"] if any(name == "*" for name, _ in order) else []
    return star + [text for _, text in sorted(lines)]


def _member_key(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    return _type(name), _natural(name.lower()), name


def _type(name: str) -> int:
    if len(name) > 1 and name.isupper():
        return 0
    return 1 if name[:1].isupper() else 2


def _natural(text: str) -> list[tuple[int, int, str]]:
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in NUMBER.split(text) if part]
