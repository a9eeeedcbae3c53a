"""The cells of a document → `Cell`: masked, parsed once, with their outputs and tags."""

import ast
from collections.abc import Iterator
from typing import Literal

from nb2prod.model.frozen import replace
from nb2prod.model.notebook import Cell, ReadProblem
from nb2prod.notebook.automagic import automagic, bound_names, may_be_automagic
from nb2prod.notebook.cell_ids import cell_ids
from nb2prod.notebook.formats import Document, RawCell
from nb2prod.notebook.json_values import number_at, strings_at
from nb2prod.notebook.magics import Masked, mask
from nb2prod.notebook.outputs import outputs_of
from nb2prod.notebook.syntax import parsed

_NO_TAGS: frozenset[str] = frozenset()


def cells_of(document: Document) -> tuple[tuple[Cell, ...], tuple[ReadProblem, ...]]:
    """All cells in their order, and what is odd about their ids."""
    ids, problems = cell_ids([cell.holder for cell in document.cells])
    cells = tuple(_cells(document.cells, ids))
    if any(may_be_automagic(cell) for cell in cells if cell.kind == "code"):
        bound = bound_names(cell.tree for cell in cells if cell.tree)
        cells = tuple(_with_automagic(cell, bound) for cell in cells)
    return cells, tuple(problems)


def _cells(raw_cells: tuple[RawCell, ...], ids: list[str]) -> Iterator[Cell]:
    ordinal = 0
    for index, (raw, cell_id) in enumerate(zip(raw_cells, ids, strict=True), 1):
        if raw.kind == "code":
            ordinal += 1
            yield _code_cell(raw, index, ordinal, cell_id)
        else:
            kind: Literal["markdown", "raw"] = "markdown" if raw.kind == "markdown" else "raw"
            yield Cell(index, kind, raw.source, cell_id=cell_id, tags=_tags(raw))


def _code_cell(raw: RawCell, index: int, ordinal: int, cell_id: str) -> Cell:
    masked = mask(raw.source)
    tree, problem = parsed(raw.source, masked)
    return Cell(
        index,
        "code",
        raw.source,
        python=masked.python,
        ordinal=ordinal,
        magics=masked.magics,
        problem=problem,
        execution_count=_execution_count(raw),
        cell_id=cell_id,
        tags=_tags(raw),
        outputs=outputs_of(raw.holder),
        shifts=masked.shifts,
        tree=tree,
    )


def _tags(raw: RawCell) -> frozenset[str]:
    metadata = raw.holder.get("metadata")
    return frozenset(strings_at(metadata, "tags")) if isinstance(metadata, dict) and "tags" in metadata else _NO_TAGS


def _execution_count(raw: RawCell) -> int | None:
    """How many cells had been run when this one was; formats 2 and 3 called it the prompt number."""
    count = number_at(raw.holder, "execution_count")
    return count if count is not None else number_at(raw.holder, "prompt_number")


def _with_automagic(cell: Cell, bound: frozenset[str]) -> Cell:
    """The cell read with magics that lack their `%`, if it has any and is Python then."""
    masked = automagic(cell, bound) if cell.kind == "code" and may_be_automagic(cell) else None
    if masked is None:
        return cell
    tree, problem = parsed(cell.source, masked)
    return cell if problem else _masked_again(cell, masked, tree)


def _masked_again(cell: Cell, masked: Masked, tree: ast.Module | None) -> Cell:
    return replace(cell, python=masked.python, magics=masked.magics, shifts=masked.shifts, tree=tree, problem=None)
