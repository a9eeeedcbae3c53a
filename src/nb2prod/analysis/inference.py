"""The types of the notebook's variables and functions: the notebook is gone through until nothing new is learnt."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping

from nb2prod import catalogue
from nb2prod.analysis import knowledge
from nb2prod.analysis.annotated import type_of
from nb2prod.analysis.environment import Scope
from nb2prod.analysis.own import Class, Function, FunctionDef, class_of, decorated, ends, given_by, yields
from nb2prod.analysis.statements import DEFINITIONS, Statements
from nb2prod.analysis.types import known, settled, unify, unify_all

__all__ = ["FunctionDef", "Inference"]

TORCH = "torch.nn.Module"
PASSES = 4
DEEPEST = 6
MOST = 1500


class Inference(Statements):
    """Types by name, in the order of the notebook; `told` is what others know of what a statement binds."""

    def __init__(
        self,
        qualified: Callable[[ast.expr], str],
        functions: Mapping[str, FunctionDef],
        classes: Mapping[str, ast.ClassDef],
        told: Mapping[ast.stmt, tuple[str, str]],
    ) -> None:
        super().__init__(qualified)
        self.told = told
        self.functions = {name: Function(node) for name, node in functions.items()}
        self.classes = {
            name: class_of(node, tuple(qualified(base) for base in node.bases)) for name, node in classes.items()
        }
        self.imports = set()
        self.reset()

    def reset(self) -> None:
        """Back to where the notebook begins; what is known of functions and classes stays."""
        self.notebook = Scope()
        self.env.maps[:] = [self.notebook]
        self.aside, self.watches, self.returned, self.yielded = [], [], [], []
        self.inside, self.walks = 0, 0
        self.found.clear()

    def learn(self, statements: Iterable[ast.stmt]) -> None:
        """Go through the notebook until functions and classes are known, or else what changes is unknown."""
        body = [*statements]
        if not any(isinstance(node, DEFINITIONS) for node in body):
            return
        for _ in range(PASSES):
            before = self._state()
            self.suite(body)
            enough = self.walks <= MOST
            self.reset()
            if self._state() == before and enough:
                return
        self._forget()

    def _state(self) -> dict[tuple[str, str], str]:
        state = {(name, p): k for name, function in self.functions.items() for p, k in function.params.items()}
        state |= {(name, "->"): function.returns or "" for name, function in self.functions.items()}
        for name, cls in self.classes.items():
            state |= {(name, attribute): kind for attribute, kind in cls.attributes.items()}
            for method in cls.methods.values():
                state |= {(f"{name}.{method.node.name}", p): k for p, k in method.params.items()}
        return state

    def _forget(self) -> None:
        """What still changed is unknown."""
        methods = [method for cls in self.classes.values() for method in cls.methods.values()]
        for function in [*self.functions.values(), *methods]:
            function.params = dict.fromkeys(function.every, "")
            function.returns = ""
        for cls in self.classes.values():
            cls.attributes = dict.fromkeys(cls.attributes, "")

    def annotated(self, annotation: ast.expr | None) -> str:
        """The type that an annotation names, "" if that is none or unknown."""
        return type_of(annotation, self.qualified, self.classes)

    def statement(self, node: ast.stmt) -> None:
        """Take over what one statement says, or else what is told of it: a name and its type."""
        super().statement(node)
        name, kind = self.told.get(node, ("", ""))
        if kind and not self.env.get(name):
            self.bind(name, kind)

    # definitions

    def define(self, node: DEFINITIONS) -> None:
        """A function or class is defined: its body is looked at, whatever it may be called with."""
        if isinstance(node, ast.ClassDef):
            self.kinds([*node.bases, *node.decorator_list])
            self._class_body(node)
            self.bind(
                node.name, f"type[{node.name}]" if node.name in self.classes and not node.decorator_list else "type"
            )
            return
        self.kinds([*node.decorator_list, *node.args.defaults, *node.args.kw_defaults])
        function = self.functions.get(node.name)
        mine = function is not None and function.node is node and not self.inside
        self.bind(node.name, "Callable[..., Any]")
        if not mine or (function is not None and not function.calls):
            self._walk(function if mine and function is not None else Function(node), {}, observe=False)

    def _class_body(self, node: ast.ClassDef) -> None:
        cls = self.classes.get(node.name)
        outside, self.env = self.env, self.env.new_child()
        for part in node.body:
            if isinstance(part, FunctionDef):
                method = cls.methods.get(part.name) if cls is not None and cls.node is node else None
                self.kinds([*part.decorator_list, *part.args.defaults, *part.args.kw_defaults])
                self._walk(method or Function(part), {}, observe=False)
            else:
                self.statement(part)
                if cls is not None and cls.node is node:
                    for name, kind in self.env.maps[0].items():
                        cls.holds(name, kind)
                if cls is not None and isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    cls.holds(part.target.id, self.annotated(part.annotation))
        self.env = outside
        self.found.clear()

    def attribute_set(self, owner: str, name: str, kind: str) -> None:
        """An attribute of an object was set."""
        if owner in self.classes:
            self.classes[owner].holds(name, kind)
        elif not owner:
            for cls in self.classes.values():
                if name in cls.attributes:
                    cls.holds(name, kind)

    def own_attribute(self, owner: str, name: str) -> str | None:
        """The type of an attribute of one of the notebook's own classes, None if the owner is none."""
        if owner not in self.classes:
            return None
        for base in self._lineage(owner):
            cls = self.classes.get(base)
            if cls is None:
                return ""
            if name in cls.attributes:
                return cls.attributes[name]
            if name in cls.methods:
                method = cls.methods[name]
                decorators = {getattr(part, "id", getattr(part, "attr", "")) for part in method.node.decorator_list}
                plain = not decorators & {"property", "cached_property"}
                return "Callable[..., Any]" if plain else self._called(method, None, owner)
        return ""

    def _lineage(self, owner: str) -> Iterator[str]:
        """A class and what it is made from, nearest first: the notebook's own classes, and the first that is not."""
        seen: set[str] = set()
        while owner not in seen:
            seen.add(owner)
            yield owner
            bases = self.classes[owner].bases if owner in self.classes else ()
            if len(bases) != 1:
                return
            owner = bases[0]

    # calls

    def own(self, node: ast.Call) -> str | None:
        """The type of a call of the notebook's own functions, classes and methods, None if it is none."""
        if isinstance(node.func, ast.Name):
            name = node.func.id
            if name in self.classes and self.env.get(name, "").startswith("type"):
                return self._made(name, node)
            if name in self.functions and self.env.get(name) == "Callable[..., Any]":
                return self._called(self.functions[name], node, "")
            return None
        if not isinstance(node.func, ast.Attribute):
            return None
        owner = self.kind(node.func.value)
        cls = self.classes.get(owner.removeprefix("type[").removesuffix("]"))
        if cls is None:
            return None
        for base in self._lineage(cls.node.name):
            if base not in self.classes:
                return self._inherited(base, cls, node.func.attr, owner)
            if node.func.attr in self.classes[base].methods:
                return self._called(self.classes[base].methods[node.func.attr], node, owner)
            if node.func.attr in self.classes[base].attributes:
                return self.value_called(self.classes[base].attributes[node.func.attr], node)
        return ""

    def instance_called(self, owner: str, node: ast.Call) -> str | None:
        """The type of a call of an instance of the notebook's own class: of `forward`, if that is what torch calls."""
        for base in self._lineage(owner):
            methods = self.classes[base].methods if base in self.classes else {}
            name = "__call__" if "__call__" in methods or [*self._lineage(base)][-1] != TORCH else "forward"
            if name in methods:
                return self._called(methods[name], node, owner)
        return "" if owner in self.classes else None

    @staticmethod
    def _inherited(base: str, cls: Class, name: str, owner: str) -> str:
        """What a method of a library's class returns when the notebook's own class does not change it."""
        known = catalogue.method(base, name)
        found = (known.returns if known is not None else "") or knowledge.returned(base, name)
        if name in cls.methods or (found != "self" and base != TORCH):
            return ""
        return owner if found == "self" else found

    def _made(self, name: str, node: ast.Call) -> str:
        cls = self.classes[name]
        if "__init__" in cls.methods:
            self._called(cls.methods["__init__"], node, name)
        return "" if "__new__" in cls.methods or cls.node.keywords else name

    def _called(self, function: Function, node: ast.Call | None, owner: str) -> str:
        given = given_by(node, function, owner, self.kind)
        if decorated(function.node):
            self._walk(function, {}, observe=True)
            return ""
        return self._walk(function, given, observe=True)

    def _walk(self, function: Function, given: Mapping[str, str], observe: bool) -> str:
        """What a function returns if it is called with such values; its body is looked at."""
        params = self._parameters(function, given, observe)
        function.calls += observe
        if observe:
            for name, kind in params.items():
                function.given(name, kind)
        self.walks += 1
        if function.busy or self.inside >= DEEPEST or self.walks > MOST:
            if observe:
                function.returned("")
            return ""
        saved = self.env, self.watches, self.returned, self.yielded
        self.env, self.watches, self.returned, self.yielded = self.env.new_child(params), [], [], []
        function.busy, self.inside = True, self.inside + 1
        self.found.clear()
        try:
            self.suite(function.node.body)
            kind = self._outcome(function)
        finally:
            self._globals(function, self.env.maps[0])
            self.env, self.watches, self.returned, self.yielded = saved
            function.busy, self.inside = False, self.inside - 1
            self.found.clear()
        if observe:
            function.returned(kind)
        return kind

    def _globals(self, function: Function, local: Mapping[str, str]) -> None:
        """A function that binds names of the notebook may do so whenever it is called."""
        names = {
            name
            for part in ast.walk(function.node)
            if isinstance(part, ast.Global | ast.Nonlocal)
            for name in part.names
        }
        for name in names:
            for scope in self.env.maps[1:]:
                if name in scope:
                    scope[name] = unify(scope[name], local.get(name, ""))

    def _parameters(self, function: Function, given: Mapping[str, str], observe: bool) -> dict[str, str]:
        """The types of a function's parameters in one call: what is given, else the default."""
        params = dict.fromkeys(function.every, "")
        if observe:
            params |= {name: self.kind(default) for name, default in function.defaults.items()}
        elif function.receiver and function.receiver != "static" and function.names:
            params[function.names[0]] = function.receiver
        params |= given
        hints = {name: self.annotated(hint) for name, hint in function.hints.items() if not params.get(name)}
        return params | hints | function.varied

    def _outcome(self, function: Function) -> str:
        node = function.node
        if isinstance(node, ast.AsyncFunctionDef):
            return ""
        if yields(node):
            return f"Iterator[{known(unify_all(self.yielded))}]" if self.yielded else "Iterator[Any]"

        falls = [] if ends(node.body) else ["None"]
        found = unify_all([*self.returned, *falls]) if self.returned or falls else ""
        return found or self.annotated(node.returns)

    # what others ask for

    def signature(self, function: Function, escapes: bool) -> tuple[dict[str, str], str]:
        """The types of a function's parameters and result, over all its calls."""
        if escapes or not function.calls:
            return dict.fromkeys(function.every, ""), settled(self._walk(function, {}, observe=False))
        kinds = {name: settled(kind) for name, kind in function.params.items() if name not in function.varied}
        return kinds, settled(function.returns or "")
