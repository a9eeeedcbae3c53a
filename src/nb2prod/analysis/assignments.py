"""What assignments bind, and what they change in containers and objects."""

import ast
from abc import abstractmethod

from nb2prod.analysis import statistics
from nb2prod.analysis.calls import Calls
from nb2prod.analysis.operations import FRAME, arithmetic
from nb2prod.analysis.types import (
    NUMBERS,
    cleaned,
    element,
    entries,
    known,
    members,
    plain,
    record,
    split,
    unify,
    unify_all,
    with_entry,
)

WHOLE = frozenset({"None", *NUMBERS})


class Assignments(Calls):
    """The part of the inference that deals with targets."""

    @abstractmethod
    def attribute_set(self, owner: str, name: str, kind: str) -> None:
        """An attribute of an object was set."""

    def assign(self, target: ast.expr, kind: str) -> None:
        """Bind a target to a value of a type."""
        match target:
            case ast.Name(id=name):
                self.bind(name, kind)
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                self._unpack(elts, kind)
            case ast.Starred(value=value):
                self.assign(value, f"list[{known(element(kind))}]")
            case ast.Attribute(value=value, attr=attr):
                self.attribute_set(self.kind(value), attr, kind)
            case ast.Subscript(value=value, slice=index):
                owner, key = self.kind(value), self.kind(index)
                name, _ = split(owner)
                if name == "Record":
                    self.changed(owner, _with_key(owner, index, kind))
                elif name in {"dict", "collections.defaultdict", "collections.OrderedDict"}:
                    self.changed(owner, with_entry(owner, key, kind))
                elif name == "list":
                    given = element(kind) if isinstance(index, ast.Slice) else kind
                    self.changed(owner, f"list[{_widened(owner, given)}]")

    def _unpack(self, elts: list[ast.expr], kind: str) -> None:
        if fields := statistics.fields(kind):
            kind = f"tuple[{', '.join(fields.values())}]"
        if "|" in kind:
            # what can't be unpacked was not here
            kind = unify_all(each for each in members(kind) if each not in WHOLE)
        name, inner = split(kind)
        exact = name in {"tuple", "Items"} and len(inner) == len(elts) and "..." not in inner
        exact = exact and not any(isinstance(part, ast.Starred) for part in elts)
        for number, part in enumerate(elts):
            if isinstance(part, ast.Starred):
                self.assign(part.value, f"list[{known(element(kind))}]")
            else:
                self.assign(part, cleaned(inner[number]) if exact else element(kind))

    def _augmented(self, target: ast.expr, op: ast.operator, value: ast.expr) -> None:
        added = self.kind(value)
        if not isinstance(target, ast.Name):
            self.assign(target, arithmetic(self._read(target), op, added))
            return
        before = self.env.get(target.id, "")
        name = split(before)[0]
        if name == "list" and isinstance(op, ast.Add):
            # in place, with the elements of whatever it is
            after = f"list[{_widened(before, element(added))}]"
            self.changed(before, after)
            self.bind(target.id, after)
            return
        kind = arithmetic(before, op, added)
        self.bind(target.id, kind if not (name == FRAME and kind != FRAME) else "")

    def _read(self, target: ast.expr) -> str:
        match target:
            case ast.Attribute():
                return self.attribute(target)
            case ast.Subscript():
                return self.item(target)
        return ""


def _with_key(owner: str, index: ast.expr, kind: str) -> str:
    """A dict of which every entry is known after one more was put into it, or another."""
    if not isinstance(index, ast.Constant) or not isinstance(index.value, str) or not index.value.isidentifier():
        return plain(owner).replace(split(plain(owner))[1][1], "Any")
    held = entries(owner)
    before = cleaned(held[index.value]) if index.value in held else "Never"
    return record(held | {index.value: unify(before, plain(kind))})


def _widened(owner: str, given: str) -> str:
    inner = split(owner)[1]
    if not inner:
        return "Any"
    if inner[0].startswith("@"):
        return known(given)
    return known(unify(cleaned(inner[0]), given))
