"""The functions of the serving path, made of the notebook's own statements."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import free
from nb2prod.model.places import span
from nb2prod.model.plan import Edit, Piece, Setting, Stage, Variable
from nb2prod.model.serving import Kind, RowField, Serving
from nb2prod.plan.names import BUILTINS
from nb2prod.plan.serving.edits import SERVING, Changes
from nb2prod.plan.serving.path import Path, Refused
from nb2prod.plan.units import Unit

KINDS: Mapping[str, Kind] = {"int64": "int", "float64": "float", "bool": "bool"}


def serving_of(
    path: Path, units: Sequence[Unit], module: frozenset[str], shared: frozenset[str], params: Mapping[str, Setting], given: Mapping[str, Setting],
    taken: frozenset[str], analysis: Analysis, package: str,
) -> Serving | Refused:  # fmt: skip
    """What is served.

    `units` are the statements of the stages, `module` the names at module level, `shared` those that stages rebind there.

    `params` and `given` are the settings that stages take by parameter, and those that bind a variable of the notebook.
    """
    served = _model(path, analysis)
    if path.source < 0:
        return served
    making = _Making(path, {unit.index: unit for unit in units}, analysis)
    pieces = list(making.pieces())
    known = module | {path.raw} | path.trail.fitted | given.keys() | making.bound
    foreign = ", ".join(sorted((making.read - known) | (making.bound & shared)))
    if making.wrong or foreign:
        why = making.wrong or f"preparing its rows reads {foreign}, which only the whole run has"
        return Refused(f"{path.model}: {why}")
    end = len(analysis.statements)
    fitted = tuple(Variable(name, analysis.type_before(name, end)) for name in sorted(path.trail.fitted))
    categories = (Variable("categories", f"{package}.categories.Categories"),) if making.spreads else ()
    read = _reading(making, path, params, given, taken)
    settings = tuple(_settings([piece for _, piece in pieces], making.read, params, given))
    features = _preparing(pieces, (*read.returns, *categories, *fitted, *settings), making.result, taken)
    return replace(served, fitted=fitted, read=read, features=features, categories=making.spreads, aligned=path.aligned)


def _model(path: Path, analysis: Analysis) -> Serving:
    """The model and the rows that it is asked about."""
    end = len(analysis.statements)
    training = Variable(path.features, analysis.type_before(path.features, end)) if path.features else None
    model = Variable(path.model, analysis.type_before(path.model, end))
    held, refit = (tuple(Variable(n, analysis.type_before(n, end)) for n in names) for names in (path.held, path.refit))
    return Serving(
        model, training, _fields(path), table=path.schema, why=path.why, threshold=path.threshold, held=held, refit=refit,
        unsure=path.unsure, task=path.task, answers=path.answers, classes=path.classes,
        label=next(iter(path.label)) if len(path.label) == 1 else "",
    )  # fmt: skip


def _reading(
    making: "_Making", path: Path, params: Mapping[str, Setting], given: Mapping[str, Setting], taken: frozenset[str]
) -> Stage:
    """The function that reads the raw rows."""
    unit = making.units[path.source]
    settings = tuple(_settings([unit.piece], making.reads(path.source), params, given))
    doc = f"Read the raw rows (cell {unit.cell})."
    returns = (Variable(path.raw, "pandas.DataFrame"),)
    return Stage(free("read_rows", taken), "load", doc, (unit.cell,), (unit.piece,), settings, returns)


def _preparing(
    pieces: Sequence[tuple[int, Piece]], takes: tuple[Variable, ...], result: Variable, taken: frozenset[str]
) -> Stage:
    """The function that makes features of raw rows."""
    cells = tuple(sorted({cell for cell, _ in pieces}))
    where = f" (cells {cells[0]}-{cells[-1]})" if len(cells) > 1 else f" (cell {cells[0]})" if cells else ""
    doc = f"Prepare raw rows as the notebook prepared its training rows, without the label{where}."
    made = tuple(piece for _, piece in pieces)
    return Stage(free("prepare_rows", taken), "transform", doc, cells, made, takes, (result,))


def _fields(path: Path) -> tuple[RowField, ...]:
    """The columns of a request: those of the raw table that the features are made of, in its order."""
    if path.source < 0:
        return tuple(RowField(name) for name in path.columns)
    if path.schema is None:
        return tuple(RowField(name) for name in sorted(path.trail.raw))
    columns = [column for column in path.schema.columns if column.name in path.trail.raw]
    return tuple(
        RowField(c.name, KINDS.get(c.dtype, "str"), c.nullable and c.name not in path.required, c.values)
        for c in columns
    )


def _settings(
    pieces: Sequence[Piece],
    read: frozenset[str] | set[str],
    params: Mapping[str, Setting],
    given: Mapping[str, Setting],
) -> Iterator[Variable]:
    """The settings that pieces take."""
    used = sorted({name for piece in pieces for edit in piece.edits for name in edit.settings} & params.keys())
    yield from (Variable(name, params[name].type, params[name].name) for name in used)
    yield from (Variable(name, given[name].type, given[name].name) for name in sorted(set(read) & given.keys()))


class _Making:
    """Makes the pieces of the path, and notes what they bind and read."""

    def __init__(self, path: Path, units: dict[int, Unit], analysis: Analysis) -> None:
        self.path, self.units, self.analysis = path, units, analysis
        self.bound: set[str] = set()
        self.read: set[str] = set()
        self.wrong = ""
        self.spreads = False
        end = len(analysis.statements)
        self.result = Variable(path.features or "features", analysis.type_before(path.features, end))

    def reads(self, index: int) -> frozenset[str]:
        """The names that a statement reads of those before."""
        facts = self.analysis.statements[index].facts
        return facts.reads | facts.strings | facts.nested_strings

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """The pieces with their cells, in the notebook's order."""
        indexes = sorted(self.path.trail.made - {self.path.source})
        for index in indexes:
            statement = self.analysis.statements[index]
            splits = (self.path.splits or {}).get(index)
            if splits is not None:
                later = {name for other in indexes if other > index for name in self.reads(other)} | {
                    self.path.features
                }
                for target, source in splits:
                    if target in later and target != source:
                        read = {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name)}
                        self.read |= read - self.bound - BUILTINS
                        self.bound.add(target)
                        yield statement.cell, Piece(None, code=f"{target} = {source}")
                continue
            piece = self._piece(index)
            if piece is not None:
                yield statement.cell, piece
        if self.path.expression:
            yield self.analysis.statements[indexes[-1] if indexes else self.path.source].cell, self._last()

    def _last(self) -> Piece:
        """The features that no variable holds."""
        self.read |= {n.id for n in ast.walk(ast.parse(self.path.expression)) if isinstance(n, ast.Name)}
        self.read -= self.bound | BUILTINS
        return Piece(None, code=f"{self.result.name} = {self.path.expression}")

    def _piece(self, index: int) -> Piece | None:
        statement = self.analysis.statements[index]
        unit = self.units.get(index)
        if unit is None:  # it lives at module level, or a setting binds it
            return None
        if unit.piece.code is not None or unit.piece.guarded:
            self.wrong = f"cell {unit.cell} is not plain Python"
            return None
        edits = list(self._edits(index))
        if self._only_chooses(statement.node, edits, index):
            return None
        self.spreads |= any(edit.text == "categories.of(" for edit in edits)
        self.read |= (statement.facts.exposed | self.reads(index)) - self.bound - BUILTINS
        self.bound |= statement.facts.must
        return replace(unit.piece, edits=(*unit.piece.edits, *edits))

    def _edits(self, index: int) -> Iterator[Edit]:
        changes = (self.path.changes or {}).get(index, Changes())
        yield from changes.edits
        yield from (edit for raw, edit in changes.filters if not raw <= self.path.trail.raw)
        for columns, edit in changes.lists:
            kept = [name for name, trail in columns.items() if trail.raw <= self.path.trail.raw]
            if len(kept) < len(columns):
                listed = ", ".join(f'"{name}"' for name in kept)
                yield replace(edit, text=f"[{listed}]")

    def _only_chooses(self, node: ast.stmt, edits: Sequence[Edit], index: int) -> bool:
        """Whether the edits leave `df = df`, or a call that only chooses rows in place."""
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name) or len(edits) != 1:
            return False
        value, target = node.value, node.targets[0].id
        base = value.func.value if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) else None
        base = value.value if isinstance(value, ast.Subscript) else base
        if isinstance(base, ast.Attribute) and base.attr in {"loc", "iloc"}:
            base = base.value
        if not isinstance(base, ast.Name) or base.id != target or edits[0].why != SERVING:
            return False
        cell = self.analysis.notebook.cells[self.analysis.statements[index].cell - 1]
        whole, first = span(value, cell.index, cell.lines), span(base, cell.index, cell.lines)
        place = edits[0].place
        return (place.line, place.column) == (first.end_line, first.end_column) and (
            place.end_line, place.end_column,
        ) == (whole.end_line, whole.end_column)  # fmt: skip
