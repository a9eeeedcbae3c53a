"""Notebook → Analysis: every fact about the code, found once for rules, planner and reports."""

import ast
from typing import TYPE_CHECKING

from nb2prod.analysis.names import body_of, glances
from nb2prod.model.facts import Analysis, Facts, Nodes, Reflection, Statement
from nb2prod.model.frozen import replace
from nb2prod.model.notebook import Notebook
from nb2prod.model.survey import Survey
from nb2prod.model.walk import nodes_of

if TYPE_CHECKING:
    from nb2prod.analysis.expressions import Known

__all__ = ["analyze", "survey"]


def analyze(notebook: Notebook) -> Analysis:
    """Find every fact about a notebook; cells that do not parse are left out, cells tagged to be skipped too."""
    from nb2prod.analysis.flow import facts_of
    from nb2prod.analysis.known import known_of
    from nb2prod.analysis.reflection import place_of, reflections_of
    from nb2prod.analysis.typed import with_types  # a lint asks for none of all this

    trees = _trees(notebook)
    nodes = nodes_of(trees.values())
    analysis = Analysis(notebook, trees, (), _origins(nodes), nodes=nodes)
    known = known_of(analysis.origins, nodes)
    found = ((cell, node) for cell in notebook.code for node in body_of(cell.tree, cell.tags))
    statements = tuple(
        Statement(number, cell.index, node, place_of(node, cell), facts_of([node], known))
        for number, (cell, node) in enumerate(found)
    )
    facts = [statement.facts for statement in statements]
    return with_types(replace(analysis, statements=statements, reflections=reflections_of(analysis, facts)))


def survey(notebook: Notebook) -> Survey:
    """What the rules ask for: the nodes, and the names in each statement; no types, roles and paths."""
    trees = _trees(notebook)
    nodes = nodes_of(trees.values())
    origins = _origins(nodes)
    known: list[Known] = []

    def facts(node: ast.stmt) -> Facts:
        from nb2prod.analysis.flow import facts_of
        from nb2prod.analysis.known import known_of  # few notebooks need it

        if not known:
            known.append(known_of(origins, nodes))
        return facts_of([node], known[0])

    def reflections() -> tuple[Reflection, ...]:
        from nb2prod.analysis.reflection import reflections_of

        return reflections_of(Analysis(notebook, trees, (), origins), [facts(glance.node) for glance in statements])

    statements = tuple(glances(notebook, nodes, facts))
    return Survey(notebook, trees, nodes, origins, statements, facts, reflections)


def _trees(notebook: Notebook) -> dict[int, ast.Module]:
    return {cell.index: cell.tree for cell in notebook.code if cell.tree is not None}


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
