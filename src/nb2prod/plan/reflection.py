"""Code that looks at its own namespace: what has an exact translation gets it, the rest is refused."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from nb2prod.model.facts import Analysis, Reflection, Statement
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import at, span
from nb2prod.model.plan import Edit
from nb2prod.plan.magics import VIEW

# What the package can't reproduce: the notebook is refused with the reason.
REFUSED = frozenset({"history", "last", "main", "frames", "module", "dir", "ipython", "magics"})
LOOKED_AT = frozenset(
    {"__annotations__", "__name__", "__file__", "__doc__", "exit", "quit", "get_ipython", "locals", "vars", "exec"}
)
DOC = "Automatically created module for IPython interactive environment"
SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
SHELLS = frozenset({"run_line_magic", "magic", "run_cell_magic", "enable_matplotlib"})


def refusals(analysis: Analysis, edits: dict[Place, Edit]) -> Iterator[Reflection]:
    """The reflective features that no edit takes care of."""
    for reflection in analysis.reflections:
        if reflection.kind in REFUSED and not any(_within(reflection.place, place) for place in edits):
            yield reflection


def _within(inner: Place, outer: Place) -> bool:
    if inner.cell != outer.cell:
        return False
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )


def _mentions(node: ast.stmt, cell: Cell) -> bool:
    """Whether a statement's text has a word that any of the edits is about."""
    return _has_words(cell.python) and not isinstance(node, ast.Pass)


@lru_cache(maxsize=8)
def _has_words(text: str) -> bool:
    return any(word in text for word in ("__main__", "__module__", ".run_line_magic", ".magic(", ".enable_matplotlib"))


def annotations_before(analysis: Analysis, index: int) -> str | None:
    """The notebook's `__annotations__` before a statement as a literal, None if the text does not show it."""
    found: dict[str, str] = {}
    for statement in analysis.statements[:index]:
        node = statement.node
        if isinstance(node, ast.AnnAssign) and node.simple and isinstance(node.target, ast.Name):
            found[node.target.id] = ast.unparse(node.annotation)
        elif any(isinstance(part, ast.AnnAssign) for part in ast.walk(node)) and not isinstance(node, SCOPES):
            return None
    return "{" + ", ".join(f'"{name}": {kind}' for name, kind in found.items()) + "}"


def reflection_edits(statement: Statement, cell: Cell, bound: frozenset[str], analysis: Analysis) -> Iterator[Edit]:
    """The edits that make a statement see in the package what it saw in the notebook."""
    if (
        not statement.facts.reads & LOOKED_AT
        and not statement.facts.deferred & LOOKED_AT
        and not _mentions(statement.node, cell)
    ):
        return
    lines = cell.lines
    for node in ast.walk(statement.node):
        if (
            isinstance(node, ast.Name)
            and node.id == "__annotations__"
            and isinstance(node.ctx, ast.Load)
            and not isinstance(statement.node, SCOPES)
        ):
            text = annotations_before(analysis, statement.index)
            if text is not None:
                yield Edit(span(node, cell.index, lines), text, "reflection")
    yield from _walk(
        statement.node,
        cell.index,
        lines,
        bound,
        shells_of(analysis) if "get_ipython" in bound | statement.facts.reads else frozenset(),
        nested=False,
    )


def shells_of(analysis: Analysis) -> frozenset[str]:
    """Names that are only ever the running shell, and only used to run magics."""
    nodes = [node for tree in analysis.trees.values() for node in ast.walk(tree)]
    names = {
        node.targets[0].id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_get_ipython(node.value)
    }
    used = [
        node.value.id
        for node in nodes
        if isinstance(node, ast.Attribute) and node.attr in SHELLS and isinstance(node.value, ast.Name)
    ]
    read = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    return frozenset(name for name in names if used.count(name) == read.count(name))


def _is_get_ipython(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get_ipython"


def _shell(node: ast.expr, shells: frozenset[str]) -> bool:
    return _is_get_ipython(node) or (isinstance(node, ast.Name) and node.id in shells)


def _walk(
    node: ast.AST, cell: int, lines: list[str], bound: frozenset[str], shells: frozenset[str], nested: bool
) -> Iterator[Edit]:
    edit = _edit(node, cell, lines, bound, shells, nested)
    if edit is not None:
        yield edit
        return
    if _names_logger(node):
        return
    inner = nested or isinstance(node, SCOPES)
    found = (edit for child in ast.iter_child_nodes(node) for edit in _walk(child, cell, lines, bound, shells, inner))
    yield from _requoted(found, node, lines) if isinstance(node, ast.JoinedStr) else found


def _names_logger(node: ast.AST) -> bool:
    """Whether a call asks for the logger of its module: the package's own is as good."""
    return isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "getLogger"


def _requoted(edits: Iterator[Edit], text: ast.JoinedStr, lines: list[str]) -> Iterator[Edit]:
    """Edits inside an f-string, with the quotes that it does not stand in."""
    prefix = lines[text.lineno - 1][at(lines, text.lineno, text.col_offset) - 1 :]
    double = '"' in prefix[:4] and "'" not in prefix[: prefix.index('"')]
    for edit in edits:
        yield replace(edit, text=edit.text.replace('"', "'")) if double else edit


def _edit(
    node: ast.AST, cell: int, lines: list[str], bound: frozenset[str], shells: frozenset[str], nested: bool
) -> Edit | None:
    if isinstance(node, ast.Call) and _own_exec(node, bound, nested):
        end_line = node.end_lineno or node.lineno
        column = at(lines, end_line, (node.end_col_offset or 1) - 1)
        return Edit(Place(cell, end_line, column, end_line, column), ", globals()", "reflection")
    found = _name(node, bound, nested) or _call(node, bound, shells, nested)
    return Edit(span(found[0], cell, lines), found[1], "reflection") if found else None


def _own_exec(node: ast.Call, bound: frozenset[str], nested: bool) -> bool:
    """Whether a call runs text in the notebook's namespace."""
    return (
        _named(node.func, "exec") and len(node.args) == 1 and not node.keywords and "exec" not in bound and not nested
    )


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _name(node: ast.AST, bound: frozenset[str], nested: bool) -> tuple[ast.expr | ast.stmt, str] | None:
    """What stands for a name that means something else in a module."""
    match node:
        case ast.Import(names=[ast.alias(name="__main__", asname=alias)]):
            return node, f'{alias or "__main__"} = __import__("sys").modules[__name__]'
        case ast.Attribute(value=ast.Name(id=name), attr="__module__") if name in bound:
            return node, '"__main__"'
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return node, "True"
        case ast.Name(id="__name__", ctx=ast.Load()):
            return node, '"__main__"'
        case ast.Name(id="__doc__", ctx=ast.Load()) if "__doc__" not in bound and not nested:
            return node, f'"{DOC}"'
        case ast.Name(id="__file__", ctx=ast.Load()) if "__file__" not in bound:
            return node, "__no_file__"
    return None


def _call(
    node: ast.AST, bound: frozenset[str], shells: frozenset[str], nested: bool
) -> tuple[ast.expr | ast.stmt, str] | None:
    """What stands for a call that asks the shell or the namespace for something."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="get_ipython"), args=[]) as call):
            return call, "pass"
        case ast.Expr(value=ast.Call(func=ast.Name(id="exit" | "quit" as name)) as call) if name not in bound:
            return call, "pass"
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if name in shells:
            return call, "None"
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=value, attr=attr), args=[ast.Constant(value=text), *_]) as call
        ):
            views = attr in SHELLS and _shell(value, shells) and str(text).split(" ")[0] in VIEW
            return (call, "pass") if views else None
        case ast.Call(func=ast.Name(id="locals" | "vars" as name), args=[]) if name not in bound and not nested:
            return node, "globals()"
    return None
