"""The types of expressions, as far as literals and the catalogue tell."""

import ast
from abc import ABC, abstractmethod
from collections import ChainMap
from collections.abc import Callable

from nb2prod import catalogue
from nb2prod.analysis.results import result_of
from nb2prod.analysis.types import arithmetic, element, item, known, split, unify, unify_all

DEPTH = 12


class Values(ABC):
    """The part of the inference that deals with expressions; `Inference` adds functions and statements."""

    def __init__(self, qualified: Callable[[ast.expr], str]) -> None:
        self.qualified = qualified
        # what a branch or a function binds lies on top until it is known what stays
        self.env: ChainMap[str, str] = ChainMap()
        self.depth = 0

    @abstractmethod
    def own(self, node: ast.Call) -> str | None:
        """The type of a call of one of the notebook's functions or classes, None if it is none."""

    @abstractmethod
    def assign(self, target: ast.expr, kind: str) -> None:
        """Bind a target to a value of a type."""

    def of(self, node: ast.expr | None) -> str:
        """The type of an expression, "" if unknown."""
        if node is None or self.depth > DEPTH * 8:
            return ""
        self.depth += 1
        try:
            return self._of(node)
        finally:
            self.depth -= 1

    def _of(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=value):
                return "None" if value is None else type(value).__name__ if value is not ... else ""
            case ast.JoinedStr():
                return "str"
            case ast.Name(id=name):
                return self.env.get(name, "")
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self.of(value)
            case ast.List(elts=elts) | ast.Set(elts=elts):
                return f"{type(node).__name__.lower()}[{known(unify_all([self.of(e) for e in elts[:30]]))}]"
            case ast.Tuple(elts=elts):
                return self._tuple(elts)
            case ast.Dict():
                return self._dict(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node)
            case ast.BinOp(left=left, op=op, right=right):
                return arithmetic(self.of(left), op, self.of(right))
            case ast.BoolOp(values=values):
                return unify_all([self.of(value) for value in values])
            case ast.UnaryOp(op=op, operand=operand):
                return "bool" if isinstance(op, ast.Not) else self.of(operand)
            case ast.Compare():
                return self._compare(node)
            case ast.IfExp(body=body, orelse=orelse):
                return unify(self.of(body), self.of(orelse))
            case ast.Lambda():
                return "Callable[..., Any]"
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.Call():
                return self._call(node)
        return ""

    def _tuple(self, elts: list[ast.expr]) -> str:
        if any(isinstance(e, ast.Starred) for e in elts) or not elts or len(elts) > 8:
            return "tuple[Any, ...]"
        return f"tuple[{', '.join(known(self.of(e)) for e in elts)}]"

    def _dict(self, node: ast.Dict) -> str:
        keys = [self.of(key) for key in node.keys[:30]] if all(node.keys) else []
        values = [self.of(value) for value in node.values[:30]]
        if not node.keys:
            return "dict[Any, Any]"
        return f"dict[{known(unify_all(keys))}, {known(unify_all(values))}]"

    def _compare(self, node: ast.Compare) -> str:
        kinds = [self.of(node.left), *map(self.of, node.comparators)]
        if isinstance(node.ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot):
            return "bool"
        for frame in ("pandas.DataFrame", "pandas.Series", "numpy.ndarray"):
            if frame in kinds:
                return frame
        plain = {"int", "float", "str", "bool", "None", "bytes"}
        return "bool" if all(split(kind)[0] in plain | {"list", "dict", "tuple", "set"} for kind in kinds) else ""

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> str:
        self.env = self.env.new_child()
        for generator in node.generators:
            self.assign(generator.target, self.iterated(generator.iter))
        if isinstance(node, ast.DictComp):
            kind = f"dict[{known(self.of(node.key))}, {known(self.of(node.value))}]"
        else:
            outer = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "Iterator"}[type(node)]
            kind = f"{outer}[{known(self.of(node.elt))}]"
        self.env = self.env.parents
        return kind

    def iterated(self, node: ast.expr) -> str:
        """The type of what iterating over an expression yields."""
        match node:
            case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]):
                return f"tuple[int, {known(self.iterated(first))}]"
            case ast.Call(func=ast.Name(id="zip"), args=args) if args:
                return f"tuple[{', '.join(known(self.iterated(arg)) for arg in args)}]"
            case ast.Call(func=ast.Name(id="sorted" | "reversed" | "list" | "tqdm" | "set"), args=[first, *_]):
                return self.iterated(first)
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "iteritems"), args=[]):
                return self._items(self.of(value))
            case ast.Call(func=ast.Attribute(attr="iterrows")):
                return "tuple[Any, pandas.Series]"
        return element(self.of(node))

    @staticmethod
    def _items(kind: str) -> str:
        name, inner = split(kind)
        if name == "dict" and len(inner) == 2:
            return f"tuple[{inner[0]}, {inner[1]}]"
        return "tuple[Any, pandas.Series]" if name == "pandas.DataFrame" else ""

    def _attribute(self, node: ast.Attribute) -> str:
        dotted = self.qualified(node)
        owner = self.of(node.value)
        if owner:
            return self._resolve(catalogue.attribute(owner, node.attr), owner) or self._frame_column(owner, node)
        head, _, last = dotted.rpartition(".")
        return catalogue.attribute(head, last) if head else ""

    @staticmethod
    def _frame_column(owner: str, node: ast.Attribute) -> str:
        known_method = catalogue.method(owner, node.attr) is not None
        return "pandas.Series" if owner == "pandas.DataFrame" and not known_method and node.attr[:1] != "_" else ""

    def _subscript(self, node: ast.Subscript) -> str:
        if isinstance(node.value, ast.Attribute) and node.value.attr in {"loc", "iloc"}:
            return self._located(self.of(node.value.value), node.slice)
        return item(self.of(node.value), node.slice, self.of(node.slice))

    def _located(self, owner: str, index: ast.expr) -> str:
        if owner not in {"pandas.DataFrame", "pandas.Series"}:
            return ""
        rows, columns = (
            (index.elts[0], index.elts[1]) if isinstance(index, ast.Tuple) and len(index.elts) == 2 else (index, None)
        )
        many = isinstance(rows, ast.Slice | ast.Compare | ast.List) or self.of(rows) in {
            "pandas.Series",
            "numpy.ndarray",
        }
        if not many:
            return ""
        if owner == "pandas.Series" or columns is None:
            return owner
        return (
            "pandas.DataFrame"
            if isinstance(columns, ast.List | ast.Slice)
            else "pandas.Series" if isinstance(columns, ast.Constant) else ""
        )

    # calls

    def _call(self, node: ast.Call) -> str:
        func = node.func
        if (mine := self.own(node)) is not None:
            return mine
        if isinstance(func, ast.Attribute) and (owner := self.of(func.value)):
            return self._method(owner, func.attr, node)
        dotted = self.qualified(func)
        known = self._result(catalogue.function(dotted), "", node)
        return known if known and "Any" not in known else result_of(dotted, node, self.of) or known

    def _method(self, owner: str, name: str, node: ast.Call) -> str:
        if owner.endswith(" | None"):
            owner = owner.removesuffix(" | None")
        base, inner = split(owner)
        if base in {"dict", "list"} and name in {"get", "pop", "copy", "setdefault"} and inner:
            return owner if name == "copy" else inner[-1] if name != "get" and inner[-1] != "Any" else ""
        return self._result(catalogue.method(base, name), owner, node)

    def _result(self, function: catalogue.Function | None, owner: str, node: ast.Call) -> str:
        if function is None:
            return ""
        keywords = {keyword.arg or "**" for keyword in node.keywords}
        inplace = any(
            k.arg == "inplace" and not (isinstance(k.value, ast.Constant) and not k.value.value) for k in node.keywords
        )
        if inplace:
            return "None"
        returns = function.result(len(node.args), keywords)
        if returns == "args":
            kinds = [known(self.of(arg)) for arg in node.args for _ in range(2)]
            return f"tuple[{', '.join(kinds)}]" if kinds else ""
        if returns == "first":
            kind = self.of(node.args[0]) if node.args else ""
            return kind if kind in {"pandas.Series", "pandas.DataFrame", "numpy.ndarray"} else ""
        return self._resolve(returns, owner)

    @staticmethod
    def _resolve(returns: str, owner: str) -> str:
        return owner if returns == "self" else returns
