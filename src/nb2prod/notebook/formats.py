"""The JSON objects of nbformat 2, 3 and 4 → one shape: metadata and a flat list of cells."""

from collections.abc import Iterator
from typing import NamedTuple

from nb2prod.model.notebook import ReadProblem
from nb2prod.notebook.cell_ids import problem_in
from nb2prod.notebook.decode import failure
from nb2prod.notebook.json_values import Json, Object, joined, number_at, object_at, text_at


class RawCell(NamedTuple):
    """One cell as every format has it; `holder` is its JSON object."""

    kind: str
    source: str
    holder: Object


class Document(NamedTuple):
    """A notebook file in one shape, and what was odd about it."""

    format: tuple[int, int]
    metadata: Object
    cells: tuple[RawCell, ...]
    problems: tuple[ReadProblem, ...]


def document(root: Object, path: str) -> Document:
    """The notebook in one shape; raises if it is none or its format is not known."""
    major = _major(root, path)
    held, problems = _held_cells(root, major, path)
    objects = [_as_cell(item, index, path) for index, item in enumerate(held, 1)]
    cells = tuple(_cell(item, index, path) for index, item in enumerate(objects, 1))
    problems += [*_metadata_problems(root), *_cell_problems(cells)]
    return Document((major, number_at(root, "nbformat_minor") or 0), _metadata(root, major), cells, tuple(problems))


def _major(root: Object, path: str) -> int:
    """The major version of the format."""
    major = number_at(root, "nbformat")
    if major is None:
        raise failure(path, "it has no nbformat number, so it is no Jupyter notebook; open it in Jupyter and save it")
    if not 2 <= major <= 4:
        raise failure(path, f"notebook format {major} is not known; save it in format 4 with Jupyter")
    return major


def _metadata(root: Object, major: int) -> Object:
    """The metadata; in format 3 kernels other than Python's named their language there."""
    metadata = object_at(root, "metadata")
    language = text_at(metadata, "language")
    if major == 4 or not language:
        return metadata
    return {**metadata, "language_info": {"name": language}}


def _held_cells(root: Object, major: int, path: str) -> tuple[list[Json], list[ReadProblem]]:
    """The list of cells, and a problem if they came from several worksheets."""
    if major == 4 or "worksheets" not in root:
        return _list(root, "cells", path), []
    sheets = _list(root, "worksheets", path)
    held = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet, "cells", path)]
    several = ReadProblem("invalid-notebook", f"{len(sheets)} worksheets were joined into one list of cells")
    return held, [several] if len(sheets) > 1 else []


def _list(holder: Object, key: str, path: str) -> list[Json]:
    value = holder.get(key)
    if isinstance(value, list):
        return value
    what = f"`{key}` is no list" if key in holder else f"it has no `{key}`"
    raise failure(path, f"{what}, so it is no complete notebook; restore it or save it again in Jupyter")


def _as_cell(item: Json, index: int, path: str) -> Object:
    if not isinstance(item, dict):
        raise failure(path, f"cell {index} is no object; correct the file or save it again in Jupyter")
    if not isinstance(item.get("cell_type"), str):
        raise failure(path, f"cell {index} has no cell_type; correct the file or save it again in Jupyter")
    return item


def _cell(item: Object, index: int, path: str) -> RawCell:
    """A cell of any format: `input` was the source of code in formats 2 and 3, headings were a kind of their own."""
    kind = text_at(item, "cell_type")
    value = item.get("source", item.get("input"))
    source = joined(value)
    if source is None and value is not None:
        raise failure(path, f"the source of cell {index} is no text; correct the file or save it again in Jupyter")
    source = source or ""
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "heading":
        level = min(max(number_at(item, "level") or 1, 1), 6)
        return RawCell("markdown", f"{'#' * level} {' '.join(source.split())}", item)
    return RawCell("markdown" if kind == "html" else kind, source, item)


def _metadata_problems(root: Object) -> Iterator[ReadProblem]:
    if not isinstance(root.get("metadata", {}), dict):
        yield ReadProblem("invalid-notebook", "the notebook's metadata is no object and was passed over")


def _cell_problems(cells: tuple[RawCell, ...]) -> Iterator[ReadProblem]:
    for index, cell in enumerate(cells, 1):
        if cell.holder.get("source", cell.holder.get("input")) is None:
            yield problem_in("the cell has no source and is taken as empty", index)
        if cell.kind not in ("code", "markdown", "raw"):
            yield problem_in(f"the cell's type {cell.kind[:40]!r} is not known; it is kept as raw text", index)
