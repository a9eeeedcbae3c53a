"""Annotated assignments to names that live at module level: a function that says `global x` can't annotate x."""

import ast
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from nb2prod.model.facts import Analysis
from nb2prod.model.notebook import Place
from nb2prod.model.places import span
from nb2prod.model.plan import Edit, Piece
from nb2prod.plan.units import Unit

SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef


def without_annotations(unit: Unit, shared: Set[str], lines: Mapping[int, list[str]], analysis: Analysis) -> Unit:
    """The unit with `x: int = 1` as `x = 1` where x is shared; `lines` are those of the cells."""
    if not unit.facts.touched & shared:
        return unit
    return replace(unit, piece=_bare(unit.piece, shared, lines, analysis))


def _bare(piece: Piece, shared: Set[str], lines: Mapping[int, list[str]], analysis: Analysis) -> Piece:
    guarded = tuple(_bare(inner, shared, lines, analysis) for inner in piece.guarded)
    if piece.statement is None or piece.guarded:
        return replace(piece, guarded=guarded)
    statement = analysis.statements[piece.statement]
    edits = tuple(_edits(statement.node, shared, statement.cell, lines[statement.cell]))
    return replace(piece, edits=(*piece.edits, *edits))


def _edits(node: ast.stmt, shared: Set[str], cell: int, lines: list[str]) -> Iterator[Edit]:
    stack: list[ast.AST] = [node]
    while stack:
        part = stack.pop()
        if (
            isinstance(part, ast.AnnAssign)
            and part.simple
            and isinstance(part.target, ast.Name)
            and part.target.id in shared
        ):
            yield _edit(part, part.target, cell, lines)
        elif not isinstance(part, SCOPES):
            stack.extend(ast.iter_child_nodes(part))


def _edit(node: ast.AnnAssign, target: ast.Name, cell: int, lines: list[str]) -> Edit:
    if node.value is None:
        return Edit(span(node, cell, lines), "pass", "annotation")
    name, kind = span(target, cell, lines), span(node.annotation, cell, lines)
    return Edit(Place(cell, name.end_line, name.end_column, kind.end_line, kind.end_column), "", "annotation")
