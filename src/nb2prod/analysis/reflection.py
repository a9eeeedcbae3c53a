"""Features that make names undecidable from the text: they see, or write, the notebook's namespace itself."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from nb2prod.model.facts import Analysis, Facts, Reflection
from nb2prod.model.nodes import within
from nb2prod.model.notebook import Cell, Place

# name -> (kind, reason); calls count only while the notebook itself does not bind the name.
NAMESPACE_CALLS = {
    "globals": "globals() hands out the notebook's namespace",
    "locals": "locals() hands out the notebook's namespace",
    "vars": "vars() without an argument hands out the notebook's namespace",
    "dir": "dir() without an argument lists the notebook's namespace",
}
CODE_CALLS = {
    "exec": "exec() runs text in the notebook's namespace",
    "eval": "eval() runs text in the notebook's namespace",
}
LAST = "_"
HISTORY = frozenset({"In", "Out", "_ih", "_oh", "_dh", "_i", "_ii", "_iii", "__", "___", "_exit_code"})
FRAMES = frozenset(
    "sys._getframe inspect.currentframe inspect.stack inspect.getsource inspect.getsourcelines inspect.getclosurevars "
    "inspect.getmodule doctest.testmod unittest.main".split()
)
# A cell of plain characters without any of these words has nothing of all this.
SUSPICIOUS = re.compile(
    r"\b(?:_|(?:globals|locals|vars|dir|exec|eval|In|Out|get_ipython|builtins|magics?|currentframe|stack|getsource|"
    r"getsourcelines|getclosurevars|getmodule|testmod|main|__name__)\b)|import[ \t\\\r\n(]*\*"
)


def reflections_in(
    tree: ast.Module, cell: Cell, bound: frozenset[str], free: frozenset[str], qualified: Callable[[ast.expr], str]
) -> Iterator[Reflection]:
    """The reflective features of one cell; `bound` are the notebook's names, `free` those that it reads from outside."""
    if cell.python.isascii() and not SUSPICIOUS.search(cell.python):
        return
    for node in within([tree]):
        if not isinstance(node, (ast.expr, ast.stmt)):
            continue
        for kind, reason in _kinds(node, bound, free, qualified):
            yield Reflection(kind, reason, place_of(node, cell))


def _kinds(
    node: ast.AST, bound: frozenset[str], free: frozenset[str], qualified: Callable[[ast.expr], str]
) -> Iterator[tuple[str, str]]:
    match node:
        case ast.ImportFrom(module=module, names=[ast.alias(name="*")]):
            yield "star", f"from {module} import * binds names that the text does not show"
        case ast.Import(names=names) if any(alias.name == "__main__" for alias in names):
            yield "main", "the notebook reaches its own namespace as the module __main__"
        case ast.ImportFrom(module="IPython.core.magic" | "IPython.core.magics"):
            yield "magics", "the notebook defines magics of its own"
        case ast.Call(func=ast.Name(id=name), args=args) if name not in bound:
            if name in NAMESPACE_CALLS and not args:
                yield name, NAMESPACE_CALLS[name]
            elif name in CODE_CALLS:
                yield name, CODE_CALLS[name]
        case ast.Call(func=ast.Attribute() as func) if (dotted := qualified(func)) in FRAMES:
            yield "frames", f"{dotted}() looks into frames, sources or the module __main__"
        case ast.Name(id=name, ctx=ast.Load()) if name in free and name not in bound:
            yield from _name(name)
        case ast.Name(id="__name__", ctx=ast.Store() | ast.Del()):
            yield "module", "__name__ is bound anew, and a module's own is another"
        case ast.Attribute(attr="__module__", ctx=ast.Load()):
            yield "module", "__module__ differs between a notebook and a module"
        case ast.Attribute(value=ast.Name(id="builtins"), ctx=ast.Store() | ast.Del()):
            yield "builtins", "names are written into the module builtins"


def _name(name: str) -> Iterator[tuple[str, str]]:
    if name in HISTORY or (name[:1] == "_" and name[1:].isdigit()) or (name[:2] == "_i" and name[2:].isdigit()):
        yield "history", f"{name} is IPython's history of inputs and outputs"
    elif name == LAST:
        yield "last", "_ is the last displayed value"
    elif name == "get_ipython":
        yield "ipython", "get_ipython() is the running IPython shell"
    elif name in {"__file__", "__annotations__", "__builtins__", "__spec__", "__loader__"}:
        yield "module", f"{name} differs between a notebook and a module"


def place_of(node: ast.expr | ast.stmt, cell: Cell) -> Place:
    """Where a node stands in its cell, decorators included; ast counts columns in bytes, a place in characters."""
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
    start = node.col_offset if first == node.lineno else 0
    end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    if cell.python.isascii():
        return Place(cell.index, first, start + 1, end_line, end + 1)
    lines = _lines(cell.python)
    return Place(
        cell.index, first, _characters(lines[first - 1], start) + 1, end_line, _characters(lines[end_line - 1], end) + 1
    )


def _characters(line: str, size: int) -> int:
    return size if line.isascii() else len(line.encode("utf-8", "surrogatepass")[:size].decode("utf-8", "replace"))


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def reflections_of(analysis: Analysis, facts: Sequence[Facts]) -> tuple[Reflection, ...]:
    """The reflective features of a notebook whose statements have these facts."""
    bound = frozenset().union(*(found.may for found in facts))
    bound -= {LAST} if _read_first(LAST, facts) else set()
    free = frozenset().union(*(found.reads | found.deferred for found in facts))
    return tuple(
        found
        for cell in analysis.notebook.code
        if cell.tree is not None
        for found in reflections_in(cell.tree, cell, bound, free, analysis.qualified)
    )


def _read_first(name: str, facts: Sequence[Facts]) -> bool:
    """Whether a name is read at once before the notebook binds it."""
    for found in facts:
        if name in found.exposed:
            return True
        if name in found.touched:
            return False
    return False
