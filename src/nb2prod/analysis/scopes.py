"""Free names of code that runs later: what a function, lambda or class body reads from the notebook."""

import ast
from collections.abc import Iterable, Iterator

from nb2prod.model.nodes import children, imported, within

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def parameters(args: ast.arguments) -> set[str]:
    """The names of a function's parameters."""
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    return {arg.arg for arg in [*every, *filter(None, (args.vararg, args.kwarg))]}


def defaults(args: ast.arguments) -> Iterator[ast.expr]:
    """The default values: they are evaluated when the function is defined."""
    yield from args.defaults
    yield from (default for default in args.kw_defaults if default is not None)


def annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """The annotations of a function: they are evaluated when the function is defined."""
    args = node.args
    for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]:
        if arg.annotation is not None:
            yield arg.annotation
    if node.returns is not None:
        yield node.returns


def mangled(name: str, owner: str) -> str:
    """A name as Python sees it inside a class: `__x` of class `K` is `_K__x`."""
    if owner and name.startswith("__") and not name.endswith("__"):
        return f"_{owner.lstrip('_')}{name}"
    return name


class Scope:
    """Names that one function body loads and binds, with its nested scopes taken into account.

    After `close`, `free` are the names that it takes from outside, `global_writes` those that it binds there by a
    `global` statement, and `class_bound` those that a class body in it both reads and binds: they are looked up in
    the module, whatever functions stand between.
    """

    def __init__(self, bound: Iterable[str] = (), owner: str = "") -> None:
        self.bound = set(bound)
        self.loads: set[str] = set()
        self.declared: set[str] = set()
        self.outer: set[str] = set()
        self.free: set[str] = set()
        self.global_reads: set[str] = set()
        self.class_bound: set[str] = set()
        self.direct: set[str] = set()
        self.global_writes: set[str] = set()
        self.owner = owner

    def close(self) -> "Scope":
        """Resolve the collected names."""
        self.global_writes |= self.bound & self.declared
        self.global_reads |= self.loads & self.declared
        self.free |= (self.loads - (self.bound - self.declared - self.outer)) | self.global_reads
        return self

    def adopt(self, inner: "Scope") -> None:
        """Take over what a nested scope reads from outside itself."""
        self.loads |= (inner.free - inner.global_reads) | inner.outer
        self.bound |= inner.outer
        self.global_writes |= inner.global_writes
        self.global_reads |= inner.global_reads
        self.class_bound |= inner.class_bound

    def mangled(self, name: str) -> str:
        """A name as Python sees it here."""
        return mangled(name, self.owner)

    def visit(self, nodes: Iterable[ast.AST]) -> "Scope":
        """Collect the names of these nodes; iterative, so that depth does no harm."""
        stack = list(nodes)
        while stack:
            node = stack.pop()
            if (extra := self._bindings(node)) is not None:
                stack.extend(extra)
            else:
                stack.extend(children(node))
        return self

    def _bindings(self, node: ast.AST) -> Iterable[ast.AST] | None:
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                self._load(name)
            case ast.Name(id=name):
                self.bound.add(self.mangled(name))
            case ast.AugAssign(target=ast.Name(id=name)):
                self._load(name)
            case ast.Global(names=names):
                self.declared |= set(map(self.mangled, names))
            case ast.Nonlocal(names=names):
                self.outer |= set(map(self.mangled, names))
            case ast.Import() | ast.ImportFrom():
                self.bound |= set(imported(node))
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self.bound.add(name)
            case ast.MatchMapping(rest=str(rest)):
                self.bound.add(rest)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                return self._function(node)
            case ast.ClassDef():
                return self._class(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node)
        return None

    def _load(self, name: str) -> None:
        self.loads.add(self.mangled(name))
        self.direct.add(self.mangled(name))

    def _function(self, node: FunctionNode) -> Iterable[ast.AST]:
        if not isinstance(node, ast.Lambda):
            self.bound.add(self.mangled(node.name))
        self.adopt(function_scope(node, self.owner))
        if isinstance(node, ast.Lambda):
            return list(defaults(node.args))
        return [*node.decorator_list, *defaults(node.args), *annotations(node)]

    def _class(self, node: ast.ClassDef) -> Iterable[ast.AST]:
        self.bound.add(self.mangled(node.name))
        inner = Scope(owner=node.name).visit(node.body)
        inner.free |= inner.loads  # a class body may read a name from outside before it binds it
        inner.global_writes |= inner.bound & inner.declared
        self.loads |= inner.free | inner.outer
        self.global_writes |= inner.global_writes
        looked_up = inner.direct & (inner.bound | inner.declared)
        self.global_reads |= inner.global_reads | looked_up
        self.class_bound |= inner.class_bound | looked_up
        return [*node.decorator_list, *node.bases, *node.keywords]

    def _comprehension(self, node: Comprehension) -> Iterable[ast.AST]:
        self.adopt(comprehension_scope(node, self.owner))
        return [node.generators[0].iter]


def comprehension_scope(node: Comprehension, owner: str = "") -> Scope:
    """The closed scope of a comprehension: what `:=` binds in it belongs to the scope around."""
    targets = Scope(owner=owner).visit(generator.target for generator in node.generators)
    walrus = {n.target.id for n in within(comprehension_parts(node)) if isinstance(n, ast.NamedExpr)}
    inner = Scope(targets.bound, owner).visit(comprehension_parts(node))
    inner.outer |= set(map(inner.mangled, walrus))
    return inner.close()


def comprehension_parts(node: Comprehension) -> Iterator[ast.expr]:
    """All of a comprehension but its first iterable, which is evaluated outside."""
    yield from ([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
    for number, generator in enumerate(node.generators):
        if number:
            yield generator.iter
        yield generator.target
        yield from generator.ifs


def function_scope(node: FunctionNode, owner: str = "") -> Scope:
    """The closed scope of a function or lambda."""
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    return Scope(parameters(node.args), owner).visit(body).close()
