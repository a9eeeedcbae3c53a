"""Which definitions and values do nothing when they are executed: they may move to module level."""

import ast
import builtins
from collections.abc import Mapping
from itertools import chain

from nb2prod.model.facts import Analysis

Function = ast.FunctionDef | ast.AsyncFunctionDef
DECORATORS = frozenset(
    "dataclasses.dataclass functools.lru_cache functools.cache functools.wraps contextlib.contextmanager "
    "contextlib.asynccontextmanager staticmethod classmethod property abc.abstractmethod functools.total_ordering "
    "typing.overload functools.cached_property numba.jit numba.njit".split()
)
# Values that nobody can change, or that are the same object for everyone who asks.
VALUES = frozenset(
    "pathlib.Path pathlib.PurePath pathlib.PurePosixPath pathlib.PosixPath datetime.timedelta datetime.date "
    "logging.getLogger re.compile".split()
)
CALLS = VALUES | frozenset(
    "dataclasses.field collections.namedtuple typing.TypeVar typing.NewType tuple list dict set frozenset".split()
)
HOOKS = frozenset({"__init_subclass__", "__set_name__"})


class Inert:
    """Knows what a notebook's definitions do while they are executed; `bound` are the names that it binds, and where."""

    def __init__(self, analysis: Analysis, bound: Mapping[str, list[int]]) -> None:
        self.analysis, self.bound = analysis, bound
        nodes = [node for tree in analysis.trees.values() for node in ast.walk(tree)]
        self.hooks = any(node.name in HOOKS for node in nodes if isinstance(node, Function))
        attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
        self.replaced = {analysis.qualified(node) for node in attributes if not isinstance(node.ctx, ast.Load)}
        self.classes = any(node.attr == "setLoggerClass" for node in attributes)

    def definition(self, node: Function | ast.ClassDef) -> bool:
        """Whether executing a definition calls nothing but well-known decorators and the like."""
        if not all(self._decorates(decorator) for decorator in node.decorator_list):
            return False
        if isinstance(node, ast.ClassDef):
            return not node.keywords and not (self.hooks and self._hooked(node)) and all(map(self._part, node.body))
        now = chain(node.args.defaults, filter(None, node.args.kw_defaults))
        return not any(self._acts(default) for default in now)

    def value(self, node: ast.expr) -> bool:
        """Whether an expression makes, of literals, a value that may as well be made once, and sooner."""
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                given = [*args, *(keyword.value for keyword in keywords)]
                plain = all(isinstance(part, ast.Constant) or _own_name(part) for part in given)
                return plain and self._called(func) in VALUES and not self.classes
        return False

    def _decorates(self, node: ast.expr) -> bool:
        called = self._called(node.func if isinstance(node, ast.Call) else node)
        given = [*node.args, *(keyword.value for keyword in node.keywords)] if isinstance(node, ast.Call) else []
        return (called in DECORATORS or _setter(node)) and not any(map(self._acts, given))

    def _called(self, func: ast.expr) -> str:
        """What a call calls, "" if the notebook binds that name to something of its own, or replaces it in its module."""
        name = self.analysis.qualified(func)
        if name in self.replaced:
            return ""
        root = func
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name) or root.id in self.analysis.origins:
            return name
        return "" if root.id in self.bound or not hasattr(builtins, root.id) else name

    def _hooked(self, node: ast.ClassDef) -> bool:
        """Whether a class of the notebook may hear of this one, or a descriptor of its name."""
        plain = ast.FunctionDef | ast.AsyncFunctionDef | ast.Pass
        values = [getattr(part, "value", None) for part in node.body if not isinstance(part, plain)]
        return bool(node.bases) or any(value is not None and not isinstance(value, ast.Constant) for value in values)

    def _part(self, node: ast.stmt) -> bool:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return self.definition(node)
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) | ast.Expr(value=value):
                return not self._acts(value)
        return isinstance(node, ast.AnnAssign | ast.Pass)

    def _acts(self, node: ast.expr) -> bool:
        stack: list[ast.AST] = [node]
        while stack:
            part = stack.pop()
            if isinstance(part, ast.Call) and self._called(part.func) not in CALLS:
                return True
            if isinstance(part, ast.Await | ast.NamedExpr):
                return True
            if not isinstance(part, ast.Lambda):
                stack.extend(ast.iter_child_nodes(part))
        return False


def _own_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__name__"


def _setter(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"setter", "getter", "deleter"}
