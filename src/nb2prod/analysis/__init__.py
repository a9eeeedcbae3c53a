"""Notebook → Analysis: every fact about the code, found once for rules, planner and reports."""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from nb2prod import catalogue
from nb2prod.analysis.effects import effects_of
from nb2prod.analysis.expressions import Known
from nb2prod.analysis.flow import facts_of
from nb2prod.analysis.inference import FunctionDef, Inference
from nb2prod.analysis.names import names_of
from nb2prod.analysis.paths import paths_in
from nb2prod.analysis.purity import acts_when_shown, keeps, pure
from nb2prod.analysis.reflection import place_of, reflections_in
from nb2prod.analysis.roles import role_of
from nb2prod.model.facts import Analysis, Facts, Module, Nodes, Signature, Statement
from nb2prod.model.nodes import nodes_of
from nb2prod.model.notebook import Cell, Notebook

__all__ = ["analyze", "survey"]

NOT_RUN = "skip-execution"
# Libraries whose `apply` and `map` run later.
LAZY = frozenset({"dask", "pyspark", "modin", "vaex", "ray", "apache_beam", "toolz", "polars", "concurrent"})


def analyze(notebook: Notebook) -> Analysis:
    """Find every fact about a notebook; cells that do not parse are left out, cells tagged to be skipped too."""
    return _with_types(_surveyed(notebook, lambda node, _, known: facts_of([node], known)))


def survey(notebook: Notebook) -> Analysis:
    """The facts that the rules ask for: which names a statement binds, and which it needs; no types, roles and paths."""
    return _surveyed(notebook, names_of)


def _surveyed(notebook: Notebook, facts: Callable[[ast.stmt, Nodes, Known], Facts]) -> Analysis:
    trees = {cell.index: cell.tree for cell in notebook.code if cell.tree is not None}
    nodes = nodes_of(trees.values())
    analysis = Analysis(notebook, trees, (), _origins(nodes), nodes=nodes)
    known = _known(analysis.origins, nodes)
    statements = tuple(
        Statement(number, cell.index, node, place_of(node, cell), facts(node, nodes, known))
        for number, (cell, node) in enumerate((cell, node) for cell in notebook.code for node in _body(cell))
    )
    bound = frozenset().union(*(statement.facts.may for statement in statements))
    free = frozenset().union(*(statement.facts.reads | statement.facts.deferred for statement in statements))
    reflections = tuple(
        found
        for cell in notebook.code
        if cell.tree is not None
        for found in reflections_in(cell.tree, cell, bound, free, analysis.qualified)
    )
    return replace(analysis, statements=statements, reflections=reflections)


def _known(origins: Mapping[str, str], nodes: Nodes) -> Known:
    """What the notebook as a whole says about the calls in it."""
    eager = not any(origin.split(".")[0] in LAZY for origin in origins.values())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    own = frozenset(node.name for kind in kinds for node in nodes.by_type[kind] if isinstance(node, kinds))
    return Known(frozenset(_context_managers(nodes.by_type[ast.Module])), eager, own)


def _body(cell: Cell) -> list[ast.stmt]:
    return [] if cell.tree is None or NOT_RUN in cell.tags else cell.tree.body


def _definitions(statements: Iterable[Statement]) -> tuple[dict[str, FunctionDef], dict[str, ast.ClassDef]]:
    """The functions and classes that cells define, by their names; the last of a name counts."""
    nodes = [statement.node for statement in statements]
    functions = {node.name: node for node in nodes if isinstance(node, FunctionDef)}
    return functions, {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def _with_types(analysis: Analysis) -> Analysis:
    """Add the facts that need types: of variables and functions, roles, purity, paths."""
    functions, classes = _definitions(analysis.statements)
    inference = Inference(analysis.qualified, functions, classes)
    methods = (part.name for node in classes.values() for part in node.body if isinstance(part, FunctionDef))
    own = frozenset(methods) | functions.keys() | classes.keys()
    cells = {cell.index: cell for cell in analysis.notebook.code}
    types: dict[str, list[tuple[int, str]]] = {}
    made = []
    for statement in analysis.statements:
        node, cell = statement.node, cells[statement.cell]
        effects = effects_of(node, analysis.qualified)
        made.append(
            replace(
                statement,
                facts=replace(statement.facts, effects=effects),
                role=role_of(node, effects, inference.of, analysis.qualified),
                pure=isinstance(node, ast.Expr) and pure(node.value, inference.of, analysis.qualified, own),
                kind=inference.of(node.value) if isinstance(node, ast.Expr) else "",
                keeps=isinstance(node, ast.Expr) and keeps(node.value, inference.of, analysis.qualified),
                paths=tuple(paths_in(node, cell, inference.of, analysis.qualified)),
            )
        )
        _walk(inference, [node])
        for name in statement.facts.may:
            types.setdefault(name, []).append((statement.index, inference.env.get(name, "")))
    frozen = {name: tuple(events) for name, events in types.items()}
    return replace(
        analysis,
        statements=tuple(made),
        types=frozen,
        signatures=_signatures(inference),
        acts_when_shown=acts_when_shown(classes.values()),
        modules=tuple(_modules(analysis)),
    )


def _modules(analysis: Analysis) -> Iterator[Module]:
    """The top-level modules that the notebook imports, each once, in order."""
    seen: dict[str, str] = {}
    for node in analysis.nodes.imports if analysis.nodes else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                seen.setdefault(catalogue.distribution(alias.name), alias.name)
        elif node.module and not node.level:
            seen.setdefault(catalogue.distribution(node.module), node.module)
    for distribution, dotted in seen.items():
        top = dotted.split(".")[0]
        standard = top in sys.stdlib_module_names or top in {"__main__", "__future__"}
        stubs = catalogue.STUBS.get(top, "")
        yield Module(
            top, "" if standard else distribution, stubs, standard or top in catalogue.TYPED, catalogue.inert(dotted)
        )


def _walk(inference: Inference, body: list[ast.stmt]) -> None:
    for node in body:
        inference.statement(node, lambda inner: _walk(inference, inner))


def _signatures(inference: Inference) -> Mapping[str, Signature]:
    return {
        name: Signature(inference.parameter_types(function), inference.returned(function))
        for name, function in inference.functions.items()
    }


def _origins(nodes: Nodes) -> dict[str, str]:
    """What imported names stand for, wherever they are imported."""
    found: dict[str, str] = {}
    for node in nodes.imports:
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif node.module and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def _context_managers(trees: Iterable[ast.AST]) -> Iterator[str]:
    """Names of the notebook's own context managers: what they do with an error is not looked into."""
    for node in (node for tree in trees if isinstance(tree, ast.Module) for node in tree.body):
        if isinstance(node, ast.ClassDef):
            yield from (node.name for part in node.body if getattr(part, "name", "") in {"__exit__", "__aexit__"})
        elif isinstance(node, FunctionDef):
            names = {
                getattr(part, "attr", getattr(part, "id", "")) for d in node.decorator_list for part in ast.walk(d)
            }
            if names & {"contextmanager", "asynccontextmanager"}:
                yield node.name
