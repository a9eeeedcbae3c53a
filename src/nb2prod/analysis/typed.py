"""The facts that need types: of variables and functions, roles, purity, paths."""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from nb2prod import catalogue
from nb2prod.analysis import knowledge
from nb2prod.analysis.effects import effects_of
from nb2prod.analysis.inference import FunctionDef, Inference
from nb2prod.analysis.paths import files_in, paths_in
from nb2prod.analysis.purity import acts_when_shown, keeps, pure
from nb2prod.analysis.roles import role_of
from nb2prod.analysis.shown import shown_in
from nb2prod.analysis.types import settled, unify
from nb2prod.model.facts import Analysis, Module, Signature, Statement
from nb2prod.model.frozen import replace

Types = dict[str, list[tuple[int, str]]]


def with_types(analysis: Analysis) -> Analysis:
    """The analysis with these facts."""
    functions, classes = _definitions(analysis.statements)
    inference = _inference(analysis, functions, classes)
    methods = (part.name for node in classes.values() for part in node.body if isinstance(part, FunctionDef))
    own = frozenset(methods) | functions.keys() | classes.keys()
    cells = {cell.index: cell for cell in analysis.notebook.code}
    types: Types = {}
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
                files=frozenset(files_in(node, inference.of, analysis.qualified)),
            )
        )
        inference.statement(node)
        _note(types, statement, inference)
    if told := _told(analysis, types):
        types, inference = _with_outputs(analysis, _inference(analysis, functions, classes, told))
    frozen = {name: tuple(events) for name, events in types.items()}
    return replace(
        analysis,
        statements=tuple(made),
        types=frozen,
        signatures=_signatures(inference, analysis),
        acts_when_shown=acts_when_shown(classes.values()),
        modules=tuple(_modules(analysis)),
    )


def _told(analysis: Analysis, types: Types) -> dict[ast.stmt, tuple[str, str]]:
    """What saved outputs say of names of which the code tells nothing, by the statement that binds them."""
    libraries = {origin.partition(".")[0] for origin in analysis.origins.values()}
    shown = shown_in(analysis.statements, analysis.notebook.code, libraries)
    return {
        analysis.statements[index].node: (name, kind)
        for index, (name, kind) in shown.items()
        if (index, "") in types.get(name, ())
    }


def _with_outputs(analysis: Analysis, inference: Inference) -> tuple[Types, Inference]:
    """The types with the help of saved outputs: good for annotations, but an output may be older than its cell."""
    types: Types = {}
    for statement in analysis.statements:
        inference.statement(statement.node)
        _note(types, statement, inference)
    return types, inference


def _note(types: Types, statement: Statement, inference: Inference) -> None:
    """Note the types that a statement gives to names, and what containers have become that it fills."""
    imported = _imported(statement.node)
    for name in statement.facts.may:
        kind = inference.env.get(name, "") or imported.get(name, "")
        types.setdefault(name, []).append((statement.index, settled(kind)))
    for name in (inference.notebook.news() & types.keys()) - statement.facts.may:
        events = types[name]
        kind = settled(inference.env.get(name, ""))
        if kind != events[-1][1]:
            events.append((statement.index, kind))


def _imported(node: ast.stmt) -> dict[str, str]:
    """The types of the modules, classes and functions that a statement imports, whatever way it goes."""
    found: dict[str, str] = {}
    for part in ast.walk(node) if isinstance(node, ast.Import | ast.ImportFrom | ast.Try | ast.If | ast.With) else ():
        match part:
            case ast.Import(names=names):
                kinds = {alias.asname or alias.name.split(".")[0]: knowledge.MODULE for alias in names}
            case ast.ImportFrom(names=names, module=str(module), level=0):
                kinds = {alias.asname or alias.name: knowledge.value(f"{module}.{alias.name}") for alias in names}
            case _:
                continue
        found |= {name: unify(found.get(name, kind), kind) for name, kind in kinds.items()}
    return found


def _definitions(statements: Iterable[Statement]) -> tuple[dict[str, FunctionDef], dict[str, ast.ClassDef]]:
    """The functions and classes that cells define, by their names; the last of a name counts."""
    nodes = [statement.node for statement in statements]
    functions = {node.name: node for node in nodes if isinstance(node, FunctionDef)}
    return functions, {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def _inference(
    analysis: Analysis,
    functions: Mapping[str, FunctionDef],
    classes: Mapping[str, ast.ClassDef],
    told: Mapping[ast.stmt, tuple[str, str]] | None = None,
) -> Inference:
    """What knows the functions and classes whose names mean one thing throughout."""
    times = Counter(name for statement in analysis.statements for name in statement.facts.may)
    inference = Inference(
        analysis.qualified,
        {name: node for name, node in functions.items() if times[name] == 1},
        {name: node for name, node in classes.items() if times[name] == 1},
        told or {},
    )
    inference.learn(statement.node for statement in analysis.statements)
    return inference


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


def _signatures(inference: Inference, analysis: Analysis) -> Mapping[str, Signature]:
    """The types of functions, over all their calls; a function that is passed on may be called with anything."""
    nodes = [part for tree in analysis.trees.values() for part in ast.walk(tree)]
    called = {part.func for part in nodes if isinstance(part, ast.Call)}
    read = (part for part in nodes if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load))
    escaped = {part.id for part in read if part not in called}
    return {
        name: Signature(*inference.signature(function, name in escaped))
        for name, function in inference.functions.items()
    }
