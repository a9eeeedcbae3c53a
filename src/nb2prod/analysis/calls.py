"""The types of calls, attributes and items: what the catalogue says of libraries, and what builtins do."""

import ast
from abc import abstractmethod
from collections.abc import MutableMapping

from nb2prod import catalogue
from nb2prod.analysis import arrays, bunches, frames, knowledge, statistics, tables
from nb2prod.analysis.operations import FRAME, LEVELS, item
from nb2prod.analysis.results import result_of
from nb2prod.analysis.types import (
    MAPPINGS,
    cleaned,
    element,
    known,
    members,
    plain,
    split,
    unify,
    unify_all,
    with_element,
    with_entry,
)
from nb2prod.analysis.values import LONGEST, Values
from nb2prod.analysis.variants import GENERATORS, drawn, variant, varies

# What knows the functions whose names begin so, and the methods of some values.
FUNCTIONS = {"numpy.": arrays.called, "pandas.": tables.called, "scipy.stats.": statistics.called} | {
    "yfinance.": tables.fetched,
    "pandas_datareader.": tables.fetched,
}
METHODS = (arrays.method, frames.method, statistics.method)
# Here the catalogue knows what it leaves open: that depends on values.
OPEN = ("pandas.", "numpy.")
# Dicts whose entries are their attributes.
NAMESPACES = frozenset({"statsmodels.datasets.utils.Dataset", "sklearn.utils.Bunch"})
CONTAINERS = frozenset({"dict", "list", "set", "collections.defaultdict", "collections.deque"})
REPLACES = frozenset({"update", "setdefault", "pop", "popitem", "clear"})
ADDS = frozenset({"append", "add", "insert"})


class Calls(Values):
    """The part of the inference that deals with what libraries give."""

    # types that are set aside until paths meet again: containers may change meanwhile
    aside: list[MutableMapping[str, str]]
    imports: set[str]

    @abstractmethod
    def own(self, node: ast.Call) -> str | None:
        """The type of a call of the notebook's own functions, classes and methods, None if it is none."""

    @abstractmethod
    def instance_called(self, owner: str, node: ast.Call) -> str | None:
        """The type of a call of an instance of one of the notebook's own classes, None if it is none."""

    @abstractmethod
    def own_attribute(self, owner: str, name: str) -> str | None:
        """The type of an attribute of one of the notebook's own classes, None if the owner is none."""

    # names and attributes

    def named(self, name: ast.Name) -> str:
        """The type of an imported module, function or class, or of a builtin, as a value."""
        return knowledge.value(self.qualified(name))

    def attribute(self, node: ast.Attribute) -> str:
        """The type of an attribute of a value or a module."""
        if self._imported(node):
            return knowledge.value(self.qualified(node))
        return unify_all(self._attribute(each, node.attr) for each in _having(self.kind(node.value), node.attr))

    def _imported(self, node: ast.expr) -> bool:
        """Whether an expression names something in an imported module."""
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        return isinstance(root, ast.Name) and root.id not in self.env and root.id in self.imports

    def _attribute(self, owner: str, name: str) -> str:
        if (mine := self.own_attribute(owner, name)) is not None:
            return mine
        if found := statistics.fields(owner).get(name) or bunches.attribute(owner, name):
            return found
        found = frames.accessor(owner, name) or knowledge.held(split(owner)[0], name)
        return found or frames.column(owner, name)

    def item(self, node: ast.Subscript) -> str:
        """The type of an item."""
        index = self.kind(node.slice)
        if isinstance(node.value, ast.Attribute) and node.value.attr in {"loc", "iloc", "at", "iat"}:
            owner = self.kind(node.value.value)
            return frames.located(owner, node.value.attr, node.slice, self.kind)
        owner = self.kind(node.value)
        if not owner:
            return ""
        if split(owner)[0] in NAMESPACES and isinstance(node.slice, ast.Constant):
            return self._attribute(owner, str(node.slice.value))
        if fields := statistics.fields(owner):
            owner = f"tuple[{', '.join(fields.values())}]"
        return frames.item(owner, node.slice, index) or item(owner, node.slice, index) or self._gotten(owner)

    def _gotten(self, owner: str) -> str:
        return "" if split(owner)[1] or owner.startswith(OPEN) else knowledge.returned(owner, "__getitem__")

    # calls

    def called(self, node: ast.Call) -> str:
        """The type of a call; all that is passed is looked at."""
        func = node.func
        if not isinstance(func, ast.Name | ast.Attribute):
            return self.value_called(self.kind(func), node)
        owner = "" if isinstance(func, ast.Name) or self._imported(func) else self.kind(func.value)
        self.kinds([*node.args, *(keyword.value for keyword in node.keywords)])
        if (mine := self.own(node)) is not None:
            return mine
        if isinstance(func, ast.Attribute) and not self._imported(func):
            if owner.startswith("Record[") and func.attr in REPLACES:
                self.changed(owner, "dict[str, Any]")
            return unify_all(self._method(plain(each), func, node) for each in _having(owner, func.attr))
        if isinstance(func, ast.Name) and func.id in self.env:
            return self.value_called(self.env[func.id], node)
        return self._function(self.qualified(func), node)

    def value_called(self, kind: str, node: ast.Call) -> str:
        """What calling a value of a type returns."""
        self.kinds([*node.args, *(keyword.value for keyword in node.keywords)])
        name, inner = split(kind)
        if name == "type":
            return cleaned(inner[0]) if inner else ""
        if name == "Callable":
            return cleaned(inner[-1]) if inner else ""
        if name == "numpy.poly1d" and node.args:
            return arrays.like(self.kind(node.args[0]), "numpy.floating")
        if kind and (made := self.instance_called(name, node)) is not None:
            return made
        known = catalogue.method(name, "__call__") if kind else None
        return known.returns if known is not None else knowledge.returned(name, "__call__") if kind else ""

    def _function(self, dotted: str, node: ast.Call) -> str:
        public = catalogue.canonical(dotted)
        if found := variant(public, node, self.kind):
            return found
        library, _, inside = public.partition(".")
        if (special := self._special(public, node)) is not None:
            return special
        found = "" if varies(public) else self._result(catalogue.function(dotted), "", node)
        if found == "first":
            if library in {"numpy", "abs"}:
                return arrays.mapped(inside or library, node, self.kind)
            return result_of(knowledge.home(dotted), node, self.kind)
        if found and "Any" not in found and "." in dotted:
            return found
        return result_of(dotted, node, self.kind) or found or self._inferred(dotted)

    def _special(self, public: str, node: ast.Call) -> str | None:
        """What a function returns that follows its arguments in a way of its own, None if it does not."""
        known = next((prefix for prefix in FUNCTIONS if public.startswith(prefix)), "")
        return FUNCTIONS[known](public.removeprefix(known), node, self.kind) if known else None

    @staticmethod
    def _inferred(dotted: str) -> str:
        if catalogue.function(dotted) is not None and dotted.startswith(OPEN):
            return ""
        return knowledge.result(dotted)

    def _method(self, owner: str, func: ast.Attribute, node: ast.Call) -> str:
        name, (base, inner) = func.attr, split(owner)
        self._changed(owner, name, node)
        if base in CONTAINERS and inner and (found := _of_container(base, inner, name, self.kinds(node.args))):
            return self._self(found, owner)
        for method in METHODS:
            if (special := method(owner, name, node, self.kind)) is not None:
                return special
        if found := variant(f"{base}.{name}", node, self.kind):
            return found
        if base in GENERATORS and (number := drawn(base, name, node, self.kind)):
            return number
        function = catalogue.method(base, name)
        found = self._result(function, owner, node)
        if owner == LEVELS and found == FRAME:
            return owner
        if found or (function is not None and base.startswith(OPEN)):
            return found
        found = self._self(knowledge.returned(base, name), owner)
        return found or knowledge.returned(frames.accessor(owner, name), "__call__")

    def _result(self, function: catalogue.Function | None, owner: str, node: ast.Call) -> str:
        if function is None:
            return ""
        keywords = {keyword.arg or "**" for keyword in node.keywords}
        if any(
            k.arg == "inplace" and not (isinstance(k.value, ast.Constant) and not k.value.value) for k in node.keywords
        ):
            return "None"
        if any(k.arg == "axis" and isinstance(k.value, ast.Constant) and k.value.value is None for k in node.keywords):
            return ""
        returns = function.result(len(node.args), keywords)
        if returns == "args":
            parts = [known(self.kind(arg)) for arg in node.args for _ in range(2)]
            return f"Items[{', '.join(parts)}]" if parts else ""
        return returns if returns == "first" else self._self(returns, owner)

    @staticmethod
    def _self(returns: str, owner: str) -> str:
        return owner if returns == "self" else returns

    # containers that change

    def _changed(self, owner: str, name: str, node: ast.Call) -> None:
        base = split(owner)[0]
        if base in {"list", "set", "collections.deque"} and node.args:
            if name in ADDS:
                self.changed(owner, with_element(owner, self.kind(node.args[-1])))
            elif name in {"extend", "update", "extendleft", "appendleft"}:
                self.changed(owner, with_element(owner, element(self.kind(node.args[0]))))
        elif base in MAPPINGS and name in {"update", "setdefault"}:
            self.changed(owner, self._updated(owner, name, node))

    def _updated(self, owner: str, name: str, node: ast.Call) -> str:
        if name == "setdefault" and len(node.args) == 2:
            return with_entry(owner, self.kind(node.args[0]), self.kind(node.args[1]))
        base, inner = split(self.kind(node.args[0])) if node.args else ("", [])
        made = with_entry(owner, cleaned(inner[0]), cleaned(inner[1])) if base == "dict" and len(inner) == 2 else ""
        if node.args and not made:
            made = with_entry(owner, "", "")
        for keyword in node.keywords:
            made = with_entry(
                made or owner, "str" if keyword.arg else "", self.kind(keyword.value) if keyword.arg else ""
            )
        return made or owner

    def changed(self, before: str, after: str) -> None:
        """A container has other elements than before: so have all that may be the same one."""
        if before == after:
            return
        for scope in [*self.env.maps, *self.aside]:
            for name, kind in scope.items():
                if before in kind:
                    new = kind.replace(before, after)
                    scope[name] = new if len(new) <= LONGEST else ""
        self.found.clear()


def _having(owner: str, name: str) -> list[str]:
    """The types that an object may have of which an attribute is asked: not those that have none of that name."""
    each = members(owner) if owner else []
    return [kind for kind in each if not knowledge.lacks(kind, name)] or each if len(each) > 1 else each


def _of_container(base: str, inner: list[str], name: str, given: list[str]) -> str:
    """What a method of a list, set or dict returns, "" if the catalogue tells it."""
    if name == "copy":
        return "self"
    if base in {"list", "set", "collections.deque"}:
        return cleaned(inner[0]) if name in {"pop", "popleft"} else ""
    key, value = inner
    if name in {"keys", "values", "items"}:
        return {"keys": f"KeysView[{key}]", "values": f"ValuesView[{value}]"}.get(name, f"ItemsView[{key}, {value}]")
    if name in {"get", "pop"} and cleaned(value):
        if len(given) == 2:
            return unify(value, given[1])
        return value if name == "pop" else unify(value, "None")
    return ""
