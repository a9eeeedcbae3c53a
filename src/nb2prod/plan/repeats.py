"""Cells that stand in the notebook more than once, to the letter: one function, called each time."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nb2prod.model.facts import Analysis, Facts
from nb2prod.model.plan import Edit, Piece, Variable
from nb2prod.plan.grouping import Group
from nb2prod.plan.units import Unit

# A shorter cell reads as well where it stands; more results than this are no function's.
LINES, RESULTS = 4, 4
STAYS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Repeats:
    """The runs of units that stand more than once: the start of each with its end, and what it looks like."""

    ends: Mapping[int, int]
    shapes: Mapping[int, Shape]

    def first(self, groups: Sequence[Group], units: Sequence[Unit]) -> tuple[list[Group], dict[int, int]]:
        """The groups with all results that any of their likes hands on, and for each that repeats the number of the first."""
        alike: dict[Shape, list[int]] = {}
        for number, group in enumerate(groups):
            if self.ends.get(group.start) == group.end:
                alike.setdefault((self.shapes[group.start], group.params), []).append(number)
        made, firsts = list(groups), dict[int, int]()
        for numbers in alike.values():
            returns = tuple(dict.fromkeys(name for number in numbers for name in groups[number].returns))
            sure = all(set(returns) <= _facts(units, groups[number]).must for number in numbers)
            if len(numbers) > 1 and sure and len(returns) <= RESULTS:
                firsts |= dict.fromkeys(numbers[1:], numbers[0])
                for number in numbers:
                    made[number] = replace(groups[number], returns=returns)
        return made, firsts


def repeats_of(units: Sequence[Unit], closed: set[int], analysis: Analysis) -> Repeats:
    """Find them; a run can't begin or end at a `closed` position."""
    runs: dict[Shape, list[tuple[int, int]]] = {}
    for start, end in _cells(units):
        inside = units[start:end]
        if sum(unit.lines for unit in inside) < LINES or {start, end} & closed or not all(map(_may, inside)):
            continue
        source = analysis.notebook.cells[inside[0].cell - 1].source.strip()
        runs.setdefault((source, *map(_shape, inside)), []).append((start, end))
    found = {start: (end, shape) for shape, places in runs.items() if len(places) > 1 for start, end in places}
    return Repeats(
        {start: end for start, (end, _) in found.items()}, {start: shape for start, (_, shape) in found.items()}
    )


def _cells(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Where the units of each cell start and end."""
    start = 0
    for number in range(1, len(units) + 1):
        if number == len(units) or units[number].cell != units[start].cell:
            yield start, number
            start = number


def _may(unit: Unit) -> bool:
    """Whether a statement can be one of a function that runs again."""
    facts = unit.facts
    plain = not isinstance(unit.node, STAYS) and not unit.piece.guarded and "await" not in facts.effects
    return plain and not facts.kills and not facts.deferred_writes


def _shape(unit: Unit) -> Shape:
    edits = tuple((edit.why, _nameless(edit.text, unit.cell)) for edit in unit.piece.edits)
    return (ast.dump(unit.node) if unit.node else "", edits, _nameless(unit.piece.code or "", unit.cell))


def _nameless(text: str, cell: int) -> str:
    return text.replace(figure_name(cell), "")


def figure_name(cell: int) -> str:
    """The name of a cell's figures, as code."""
    return f'"cell-{cell}"'


def _facts(units: Sequence[Unit], group: Group) -> Facts:
    facts = Facts()
    for unit in units[group.start : group.end]:
        facts = facts.then(unit.facts)
    return facts


def with_figure(pieces: Sequence[Piece], cell: int, name: str) -> tuple[Piece, ...]:
    """The pieces, in which a parameter stands for the name of the cell's figures."""
    return tuple(
        replace(piece, edits=tuple(_edit(edit, cell, name) for edit in piece.edits), code=_code(piece, cell, name))
        for piece in pieces
    )


def _edit(edit: Edit, cell: int, name: str) -> Edit:
    return replace(edit, text=edit.text.replace(figure_name(cell), name)) if edit.why == "figure" else edit


def _code(piece: Piece, cell: int, name: str) -> str | None:
    return piece.code and piece.code.replace(figure_name(cell), name)


def draws(pieces: Sequence[Piece], cell: int) -> bool:
    """Whether pieces save figures of a cell under its name."""
    texts = [edit.text for piece in pieces for edit in piece.edits if edit.why == "figure"]
    return any(figure_name(cell) in text for text in [*texts, *(piece.code or "" for piece in pieces)])


def one_type(each: Sequence[Sequence[Variable]]) -> tuple[tuple[Variable, ...], ...]:
    """The variables of several calls of one function: those that differ in type have none."""
    kinds = [{variable.type for variable in together} for together in zip(*each, strict=True)]
    return tuple(
        tuple(replace(v, type=v.type if len(kind) == 1 else "") for v, kind in zip(variables, kinds, strict=True))
        for variables in each
    )
