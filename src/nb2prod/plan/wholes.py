"""Cells that stay whole: one that is expected to raise, one whose output goes to a variable."""

import ast
from dataclasses import replace

from nb2prod.model.facts import Facts, Statement
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.plan import Piece
from nb2prod.plan.units import Program, Unit


def guarded(units: list[Unit]) -> Unit:
    """A cell that is expected to raise: one unit in a `try`, after which anything it binds may be bound."""
    facts = Facts()
    for unit in units:
        facts = facts.then(unit.facts)
    kills = frozenset().union(*(unit.facts.kills for unit in units))  # what binds them anew may not run
    facts = replace(facts, must=frozenset(), sure_reads=frozenset(), kills=kills)
    first = units[0]
    pieces = tuple(unit.piece for unit in units)
    piece = Piece(first.piece.statement, guarded=pieces)
    node = ast.Try(body=_nodes(units), handlers=[], orelse=[], finalbody=[])
    return replace(first, node=node, facts=facts, piece=piece, lines=sum(unit.lines for unit in units) + 3)


def _nodes(units: list[Unit]) -> list[ast.stmt]:
    """The statements of a whole, for those who look into it."""
    return [unit.node for unit in units if unit.node is not None]


def captured(name: str, place: Place, units: list[Unit], program: Program) -> Unit:
    """A `%%capture name` cell: one unit whose output goes to the variable."""
    facts = Facts()
    for unit in units:
        facts = facts.then(unit.facts)
    facts = replace(facts, must=facts.must | {name}, may=facts.may | {name})
    program.shell = True
    piece = Piece(
        None, code=f"with {program.helpers['shell']}.capture() as {name}:", guarded=tuple(unit.piece for unit in units)
    )
    node = ast.With(items=[], body=_nodes(units))
    return Unit(place.cell, node, facts, piece, "", sum(unit.lines for unit in units) + 1, place)


def captures(cell: Cell, statement: Statement) -> bool:
    """Whether a statement is the mask of a `%%capture name` line."""
    return (
        bool(cell.magics)
        and cell.magics[0].name == "capture"
        and bool(cell.magics[0].target)
        and statement.place.line == cell.magics[0].line
        and statement.facts.may == {cell.magics[0].target}
    )
