"""Dotted types as annotations of a module: with the imports at hand where they are, quoted where not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TYPING = {
    "Any": "typing",
    "Callable": "collections.abc",
    "Iterator": "collections.abc",
    "Iterable": "collections.abc",
    "Sequence": "collections.abc",
    "Mapping": "collections.abc",
    "Hashable": "collections.abc",
    "KeysView": "collections.abc",
    "ValuesView": "collections.abc",
    "ItemsView": "collections.abc",
}
BUILTIN = frozenset(
    "int float str bool bytes complex list dict set tuple frozenset object range None slice type bytearray".split()
)
GENERIC = {
    "collections.defaultdict": "[Any, Any]",
    "collections.Counter": "[Any]",
    "collections.deque": "[Any]",
    "collections.OrderedDict": "[Any, Any]",
    "type": "[Any]",
    "list": "[Any]",
    "set": "[Any]",
    "frozenset": "[Any]",
    "tuple": "[Any, ...]",
    "dict": "[Any, Any]",
}
# Of one type of elements and no other, as they could be put in.
CHANGEABLE = frozenset(
    {"list", "set", "dict", "collections.defaultdict", "collections.deque", "collections.OrderedDict"}
)
TOKEN = re.compile(r"[A-Za-z_][\w.]*|\.\.\.|[\[\],|]|\s+")
PLAIN = re.compile(r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")


@dataclass(slots=True)
class Annotations:
    """Annotation code for one module, and the imports that it needs.

    `imports` are the names that the module imports at run time and what they stand for; `own` are classes
    that it defines; `taken` are names that it must not import.
    """

    imports: Mapping[str, str]
    own: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    runtime: set[tuple[str, str]] = field(default_factory=set)
    checking: set[tuple[str, str]] = field(default_factory=set)

    def code(self, kind: str) -> str:
        """The annotation for a dotted type; `Any` if it can't be named here."""
        if not kind:
            return self._any()
        kind = _without_unions(kind)
        quoted, parts = False, []
        tokens = TOKEN.findall(kind)
        if "".join(tokens) != kind:
            return self._any()
        for at, token in enumerate(tokens):
            if not PLAIN.match(token):
                parts.append(token)
                continue
            text, quotes = self._name(token)
            quoted |= quotes
            has_arguments = at + 1 < len(tokens) and tokens[at + 1] == "["
            unnamed = text in {"Any", "object"} and text != token
            if unnamed and has_arguments:
                return self._any()
            if token in GENERIC and not has_arguments and not unnamed:
                text += GENERIC[token].replace("Any", self._any())
            parts.append(text)
        text = "".join(parts)
        return f'"{text}"' if quoted else text

    def _any(self) -> str:
        return self._name("Any")[0]

    def _name(self, name: str) -> tuple[str, bool]:
        """How a type is named here, and whether that must be quoted."""
        if name in BUILTIN and name not in self.taken:
            return name, False
        if name in TYPING:
            return self._typing(name)
        if "." not in name:
            return (name, True) if name in self.own else self._typing("Any")
        for alias, dotted in self.imports.items():
            if name == dotted:
                return alias, False
            if name.startswith(f"{dotted}.") and name.count(".") == dotted.count(".") + 1:
                return f"{alias}.{name.rpartition('.')[2]}", False
        module, _, last = name.rpartition(".")
        if last in self.taken or last in self.imports or last in self.own:
            return self._typing("Any")
        self.checking.add((module, last))
        return last, True

    def _typing(self, name: str) -> tuple[str, bool]:
        if self.imports.get(name, "").rpartition(".")[0] in {"typing", "collections.abc"}:
            return name, False
        if name in self.taken or name in self.own:
            return ("object", False) if name == "Any" else self._typing("Any")
        self.runtime.add((TYPING[name], name))
        return name, False


def _without_unions(kind: str, inside: bool = False) -> str:
    """A type without unions inside of what can be changed: to a type checker, [1, "a"] is no `list[int | str]`."""
    members = _split(kind, "|")
    if inside and len(set(members) - {"None"}) > 1:
        return "Any"
    return " | ".join(map(_with_arguments, members))


def _with_arguments(kind: str) -> str:
    name, bracket, rest = kind.partition("[")
    if not bracket or not kind.endswith("]"):
        return kind
    return f"{name}[{', '.join(_without_unions(part, name in CHANGEABLE) for part in _split(rest[:-1], ','))}]"


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that stand in no brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if char == mark and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]
