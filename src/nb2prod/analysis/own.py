"""What the notebook's own functions and classes are given, hold and return."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from nb2prod.analysis.types import unify

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Function:
    """A function or method of the notebook: what its parameters were given, and what it returned."""

    node: FunctionDef
    receiver: str = ""
    params: dict[str, str] = field(default_factory=dict)
    returns: str | None = None
    busy: bool = False
    calls: int = 0

    def given(self, name: str, kind: str) -> None:
        """A parameter was given a value of a type."""
        self.params[name] = unify(self.params[name], kind) if name in self.params else kind

    def returned(self, kind: str) -> None:
        """A call returned a value of a type."""
        self.returns = kind if self.returns is None else unify(self.returns, kind)

    @property
    def names(self) -> list[str]:
        """The parameters that can be given by position."""
        args = self.node.args
        return [arg.arg for arg in [*args.posonlyargs, *args.args]]

    @property
    def every(self) -> list[str]:
        """All parameters, `*args` and `**kwargs` too."""
        return [arg.arg for arg in ast.walk(self.node.args) if isinstance(arg, ast.arg)]

    @property
    def varied(self) -> dict[str, str]:
        """`*args` and `**kwargs`, and what they are to the body."""
        args = self.node.args
        kinds = {args.vararg.arg: "tuple[Any, ...]"} if args.vararg else {}
        return kinds | ({args.kwarg.arg: "dict[str, Any]"} if args.kwarg else {})

    @property
    def hints(self) -> dict[str, ast.expr]:
        """The author's annotations by parameter."""
        args = self.node.args
        each = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        return {arg.arg: arg.annotation for arg in each if arg.annotation is not None}

    @property
    def defaults(self) -> dict[str, ast.expr]:
        """The default values by parameter."""
        args = self.node.args
        positional = [*args.posonlyargs, *args.args]
        pairs = [
            *zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True),
            *zip(args.kwonlyargs, args.kw_defaults, strict=True),
        ]
        return {arg.arg: default for arg, default in pairs if default is not None}


@dataclass(slots=True)
class Class:
    """A class of the notebook: its methods, and what its instances hold."""

    node: ast.ClassDef
    methods: dict[str, Function]
    bases: tuple[str, ...]
    attributes: dict[str, str] = field(default_factory=dict)

    def holds(self, name: str, kind: str) -> None:
        """An attribute was set to a value of a type."""
        self.attributes[name] = unify(self.attributes[name], kind) if name in self.attributes else kind


def class_of(node: ast.ClassDef, bases: tuple[str, ...]) -> Class:
    """A class as its text tells it."""
    methods = {
        part.name: Function(part, _receiver(part, node.name)) for part in node.body if isinstance(part, FunctionDef)
    }
    return Class(node, methods, bases)


def _receiver(method: FunctionDef, name: str) -> str:
    decorators = {getattr(decorator, "id", "") for decorator in method.decorator_list}
    return "static" if "staticmethod" in decorators else f"type[{name}]" if "classmethod" in decorators else name


def decorated(node: FunctionDef) -> bool:
    """Whether a decorator may have put something else in the place of a function."""
    plain = {"staticmethod", "classmethod", "property", "lru_cache", "cache", "njit", "jit", "wraps", "cached_property"}
    names = {
        getattr(part, "attr", getattr(part, "id", ""))
        for each in node.decorator_list
        for part in (each, getattr(each, "func", each))
    }
    return bool({name for name in names if name} - plain)


def given_by(
    node: ast.Call | None, function: Function, owner: str, kind: Callable[[ast.expr | None], str]
) -> dict[str, str]:
    """What a call gives to the parameters of a function, or of a method of an owner."""
    names = function.names
    bound = (
        bool(owner)
        and function.receiver != "static"
        and not (owner.startswith("type") and function.receiver[:5] != "type[")
    )
    given = {names[0]: owner} if bound and names else {}
    if node is None:
        return given
    if any(isinstance(arg, ast.Starred) for arg in node.args) or any(k.arg is None for k in node.keywords):
        return dict.fromkeys(function.every, "") | given
    given |= {name: kind(value) for name, value in zip(names[bound:], node.args, strict=False)}
    return given | {k.arg: kind(k.value) for k in node.keywords if k.arg in function.every and k.arg}


def yields(node: FunctionDef) -> bool:
    """Whether a function is a generator."""
    waiting: list[ast.AST] = [*node.body]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(part, FunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(part)
    return False


def ends(body: list[ast.stmt]) -> bool:
    """Whether a suite never comes to its end."""
    last = body[-1] if body else None
    match last:
        case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
            return True
        case ast.If(body=first, orelse=second):
            return ends(first) and ends(second)
        case ast.With(body=inner):
            return ends(inner)
        case ast.Try(body=tried, handlers=handlers, orelse=orelse, finalbody=final):
            whole = ends(orelse) if orelse else ends(tried)
            return ends(final) or (whole and all(ends(handler.body) for handler in handlers))
    return False
