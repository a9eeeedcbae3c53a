"""Notebook → Analysis: every fact about the code, found once for rules, planner and reports."""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nb2prod import catalogue
from nb2prod.analysis.effects import effects_of
from nb2prod.analysis.expressions import Known
from nb2prod.analysis.flow import facts_of
from nb2prod.analysis.inference import FunctionDef, Inference
from nb2prod.analysis.names import body_of, glances
from nb2prod.analysis.paths import paths_in
from nb2prod.analysis.purity import acts_when_shown, keeps, pure
from nb2prod.analysis.reflection import place_of, reflections_in
from nb2prod.analysis.roles import role_of
from nb2prod.model.facts import Analysis, Facts, Module, Nodes, Reflection, Signature, Statement
from nb2prod.model.frozen import replace
from nb2prod.model.nodes import imports_of, nodes_of
from nb2prod.model.notebook import Notebook
from nb2prod.model.survey import Survey

__all__ = ["analyze", "survey"]

# Libraries whose `apply` and `map` run later.
LAZY = frozenset({"dask", "pyspark", "modin", "vaex", "ray", "apache_beam", "toolz", "polars", "concurrent"})


def analyze(notebook: Notebook) -> Analysis:
    """Find every fact about a notebook; cells that do not parse are left out, cells tagged to be skipped too."""
    trees = _trees(notebook)
    nodes = nodes_of(trees.values())
    analysis = Analysis(notebook, trees, (), _origins(nodes), nodes=nodes)
    known = _known(analysis.origins, nodes)
    found = ((cell, node) for cell in notebook.code for node in body_of(cell.tree, cell.tags))
    statements = tuple(
        Statement(number, cell.index, node, place_of(node, cell), facts_of([node], known))
        for number, (cell, node) in enumerate(found)
    )
    facts = [statement.facts for statement in statements]
    return _with_types(replace(analysis, statements=statements, reflections=_reflections(analysis, facts)))


def survey(notebook: Notebook) -> Survey:
    """What the rules ask for: the nodes, and the names in each statement; no types, roles and paths."""
    trees = _trees(notebook)
    nodes = nodes_of(trees.values())
    origins = _origins(nodes)
    known: list[Known] = []

    def facts(node: ast.stmt) -> Facts:
        if not known:
            known.append(_known(origins, nodes))
        return facts_of([node], known[0])

    def reflections() -> tuple[Reflection, ...]:
        return _reflections(Analysis(notebook, trees, (), origins), [facts(glance.node) for glance in statements])

    statements = tuple(glances(notebook, nodes, facts))
    return Survey(notebook, trees, nodes, origins, statements, facts, reflections)


def _trees(notebook: Notebook) -> dict[int, ast.Module]:
    return {cell.index: cell.tree for cell in notebook.code if cell.tree is not None}


def _reflections(analysis: Analysis, facts: Sequence[Facts]) -> tuple[Reflection, ...]:
    """The reflective features of a notebook whose statements have these facts."""
    bound = frozenset().union(*(found.may for found in facts))
    free = frozenset().union(*(found.reads | found.deferred for found in facts))
    return tuple(
        found
        for cell in analysis.notebook.code
        if cell.tree is not None
        for found in reflections_in(cell.tree, cell, bound, free, analysis.qualified)
    )


def _known(origins: Mapping[str, str], nodes: Nodes) -> Known:
    """What the notebook as a whole says about the calls in it."""
    eager = not any(origin.split(".")[0] in LAZY for origin in origins.values())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    own = frozenset(node.name for kind in kinds for node in nodes.by_type.get(kind, ()) if isinstance(node, kinds))
    return Known(frozenset(_context_managers(nodes.by_type.get(ast.Module, ()))), eager, own)


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
    for node in imports_of(analysis.nodes) if analysis.nodes else ():
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
    for node in imports_of(nodes):
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
