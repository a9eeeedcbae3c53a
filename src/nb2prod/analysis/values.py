"""The types of expressions, as far as literals and operators tell; `calls` adds what libraries tell."""

import ast
from abc import ABC, abstractmethod
from collections import ChainMap
from collections.abc import Callable, Iterable

from nb2prod.analysis.narrowing import narrowed
from nb2prod.analysis.operations import ARRAY, FRAME, INDEX, SCALARS, SERIES
from nb2prod.analysis.operators import changed, judged, operated
from nb2prod.analysis.types import element, known, plain, record, settled, split, unify, unify_all, without_none

DEEPEST = 96
MOST_ENTRIES = 16
LONGEST = 400
SIGNED = frozenset({"int", "float", "complex", FRAME, SERIES, ARRAY, INDEX, *SCALARS})
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Values(ABC):
    """The part of the inference that deals with expressions."""

    def __init__(self, qualified: Callable[[ast.expr], str]) -> None:
        self.qualified = qualified
        # what a branch or a function binds lies on top until it is known what stays
        self.env: ChainMap[str, str] = ChainMap()
        self.depth = 0
        # what was found for an expression, as long as nothing is bound
        self.found: dict[ast.expr, str] = {}

    @abstractmethod
    def called(self, node: ast.Call) -> str:
        """The type of a call."""

    @abstractmethod
    def attribute(self, node: ast.Attribute) -> str:
        """The type of an attribute."""

    @abstractmethod
    def item(self, node: ast.Subscript) -> str:
        """The type of an item."""

    @abstractmethod
    def named(self, name: ast.Name) -> str:
        """The type of what a name stands for that no statement has bound."""

    @abstractmethod
    def assign(self, target: ast.expr, kind: str) -> None:
        """Bind a target to a value of a type."""

    def bind(self, name: str, kind: str) -> None:
        """A name now has a value of a type."""
        self.env[name] = kind
        self.found.clear()

    def of(self, node: ast.expr | None) -> str:
        """The type of an expression as the reader of the analysis sees it, "" if unknown."""
        return settled(self.kind(node))

    def kind(self, node: ast.expr | None) -> str:
        """The type of an expression, "" if unknown; all the calls inside are looked at."""
        if node is None or self.depth > DEEPEST:
            return ""
        if node not in self.found:
            self.depth += 1
            try:
                found = self._kind(node)
            finally:
                self.depth -= 1
            # a container that is put into itself again and again has a type without end
            self.found[node] = found if len(found) <= LONGEST else ""
        return self.found[node]

    def kinds(self, nodes: Iterable[ast.expr | None]) -> list[str]:
        """The types of several expressions."""
        return [self.kind(node) for node in nodes]

    def _kind(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=value):
                return "None" if value is None else type(value).__name__ if value is not ... else ""
            case ast.Name(id=name):
                return self.env[name] if name in self.env else self.named(node)
            case ast.Call():
                return self.called(node)
            case ast.Attribute():
                return self.attribute(node)
            case ast.Subscript():
                return self.item(node)
            case ast.BinOp(left=left, op=op, right=right):
                return operated(self.kind(left), op, self.kind(right), right)
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                return judged(ops, self.kinds([left, *comparators]))
            case ast.List() | ast.Set() | ast.Tuple() | ast.Dict():
                return self._display(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node)
            case ast.IfExp() | ast.BoolOp() | ast.UnaryOp():
                return self._logic(node)
        return self._rest(node)

    def _rest(self, node: ast.expr) -> str:
        match node:
            case ast.JoinedStr(values=values):
                self.kinds(part.value for part in values if isinstance(part, ast.FormattedValue))
                return "str"
            case ast.NamedExpr(target=target, value=value):
                kind = self.kind(value)
                self.assign(target, kind)
                return kind
            case ast.Lambda(args=args, body=body):
                self.kinds([*args.defaults, *args.kw_defaults])
                return f"Callable[..., {known(settled(self._inside(body, args)))}]"
            case (
                ast.Await(value=value) | ast.Yield(value=value) | ast.YieldFrom(value=value) | ast.Starred(value=value)
            ):
                self.kind(value)
            case ast.Slice(lower=lower, upper=upper, step=step):
                self.kinds([lower, upper, step])
                return "slice"
        return ""

    def _inside(self, body: ast.expr, args: ast.arguments) -> str:
        """The type of a lambda's body, whatever it is called with."""
        outside, self.env = self.env, self.env.new_child(
            {arg.arg: "" for arg in ast.walk(args) if isinstance(arg, ast.arg)}
        )
        kind = self.kind(body)
        self.env = outside
        return kind

    def _display(self, node: ast.List | ast.Set | ast.Tuple | ast.Dict) -> str:
        if isinstance(node, ast.Dict):
            return self._dict(node)
        kinds = [self._spread(part) if isinstance(part, ast.Starred) else self.kind(part) for part in node.elts]
        if isinstance(node, ast.Tuple):
            exact = len(kinds) <= 8 and not any(isinstance(part, ast.Starred) for part in node.elts)
            return f"tuple[{', '.join(map(known, kinds))}]" if exact and kinds else "tuple[Any, ...]"
        outer = "list" if isinstance(node, ast.List) else "set"
        return f"{outer}[{known(unify_all(kinds)) if kinds else self._empty(node)}]"

    def _spread(self, node: ast.Starred) -> str:
        return element(self.kind(node.value))

    def _dict(self, node: ast.Dict) -> str:
        keys, values = self.kinds(filter(None, node.keys)), self.kinds(node.values)
        if not node.values:
            empty = self._empty(node)
            return f"dict[{empty}, {empty}]"
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                name, inner = split(self.kind(value))
                keys.append(inner[0] if name == "dict" else "")
        plainly = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        if (
            len(plainly) == len(node.values) <= MOST_ENTRIES
            and len(set(values)) > 1
            and all(map(str.isidentifier, plainly))
        ):
            return record({key: plain(value) for key, value in zip(plainly, values, strict=True)})
        if not all(node.keys):
            return f"dict[{known(unify_all(keys))}, Any]"
        return f"dict[{known(unify_all(keys))}, {known(unify_all(values))}]"

    @staticmethod
    def _empty(node: ast.expr) -> str:
        """The element type of a container that is empty where it is made."""
        return f"@{node.lineno * 1000 + node.col_offset}"

    def _comprehension(self, node: Comprehension) -> str:
        outside, self.env = self.env, self.env.new_child()
        for generator in node.generators:
            self.assign(generator.target, self.iterated(generator.iter))
            for test in generator.ifs:
                self.kind(test)
                self.env.update(narrowed(test, True, self.env))
        if isinstance(node, ast.DictComp):
            kind = f"dict[{known(self.kind(node.key))}, {known(self.kind(node.value))}]"
        else:
            outer = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "Iterator"}[type(node)]
            kind = f"{outer}[{known(self.kind(node.elt))}]"
        walrus = {part.target.id for part in ast.walk(node) if isinstance(part, ast.NamedExpr)}
        inside, self.env = self.env, outside
        for name in walrus:
            self.bind(name, unify(inside.get(name, ""), outside.get(name, inside.get(name, ""))))
        return kind

    def iterated(self, node: ast.expr) -> str:
        """The type of what iterating over an expression yields."""
        return element(self.kind(node))

    def _logic(self, node: ast.IfExp | ast.BoolOp | ast.UnaryOp) -> str:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.kind(operand)
                return "bool"
            case ast.UnaryOp(op=op, operand=operand):
                kind = self.kind(operand)
                return "int" if kind == "bool" else kind if kind in SIGNED else changed(op, kind)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.kind(test)
                return unify(self._supposing(test, True, body), self._supposing(test, False, orelse))
            case ast.BoolOp(op=op, values=[first, *rest]):
                kind = self.kind(first)
                for value in rest:
                    either = isinstance(op, ast.Or)
                    kind = unify(without_none(kind) if either else kind, self._supposing(first, not either, value))
                return kind
        return ""

    def _supposing(self, test: ast.expr, holds: bool, node: ast.expr) -> str:
        """The type of an expression that is evaluated only if a test came out this way."""
        changed = narrowed(test, holds, self.env)
        if "Never" in changed.values():
            return "Never"
        named = {part.target.id for part in ast.walk(node) if isinstance(part, ast.NamedExpr)}
        if not changed and not named:
            return self.kind(node)
        outside, self.env = self.env, self.env.new_child(changed)
        self.found.clear()
        kind = self.kind(node)
        inside, self.env = self.env, outside
        for name in named & inside.keys():
            # bound only if it is evaluated
            self.bind(name, unify(outside.get(name, inside[name]), inside[name]))
        self.found.clear()
        return kind
