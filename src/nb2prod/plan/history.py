"""IPython's memory of displayed values: `_`, `_3` and `Out[3]` become variables where their value is certain."""

import ast
from dataclasses import dataclass, field

from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import span
from nb2prod.model.plan import Edit

VALUES = (
    ast.Constant
    | ast.BinOp
    | ast.List
    | ast.Tuple
    | ast.Dict
    | ast.Set
    | ast.JoinedStr
    | ast.Compare
    | ast.ListComp
    | ast.DictComp
)


@dataclass(slots=True)
class History:
    """What the displayed values are bound to: a name by statement, the edits at their uses, the names used."""

    names: dict[int, set[str]] = field(default_factory=dict)
    edits: dict[int, list[Edit]] = field(default_factory=dict)
    reads: dict[int, set[str]] = field(default_factory=dict)


def history_of(analysis: Analysis) -> History:
    """Resolve every use of a displayed value; what is not certain is left for a refusal."""
    found = History()
    if not any(reflection.kind in {"last", "history"} for reflection in analysis.reflections):
        return found
    cells = [cell for cell in analysis.notebook.code if cell.source.strip() and "skip-execution" not in cell.tags]
    shown = {cell.index: _shown(cell, analysis) for cell in cells}
    numbers = {number: cell.index for number, cell in enumerate(cells, 1)}
    own = next((s.index for s in analysis.statements if "_" in s.facts.touched), len(analysis.statements))
    for statement in analysis.statements:
        lines = next(cell for cell in cells if cell.index == statement.cell).python.split("\n")
        for node in ast.walk(statement.node):
            use = _use(node)
            if use is None:
                continue
            edits = found.edits.setdefault(statement.index, [])
            if use == "_" and statement.index > own:
                edits.append(Edit(span(node, statement.cell, lines), use, "reflection"))  # type: ignore[arg-type]
                continue  # once the notebook binds `_` IPython leaves it alone
            source = (
                _last(statement.cell, cells, shown)
                if use == "_"
                else shown.get(numbers.get(int(use.removeprefix("_")), 0))
            )
            if source is None or source.cell >= statement.cell:
                continue
            found.names.setdefault(source.index, set()).add(use)
            found.reads.setdefault(statement.index, set()).add(use)
            edits.append(Edit(span(node, statement.cell, lines), use, "reflection"))  # type: ignore[arg-type]
    return found


def _use(node: ast.AST) -> str | None:
    """The name for a use of the history: `_`, or `_3` for both `_3` and `Out[3]`."""
    match node:
        case ast.Name(id="_", ctx=ast.Load()):
            return "_"
        case ast.Name(id=name, ctx=ast.Load()) if name[:1] == "_" and name[1:].isdigit():
            return name
        case ast.Subscript(value=ast.Name(id="Out"), slice=ast.Constant(value=int(number)), ctx=ast.Load()):
            return f"_{number}"
    return None


def _shown(cell: Cell, analysis: Analysis) -> Statement | None:
    """The last statement of a cell if its value is displayed and certainly not None."""
    inside = [statement for statement in analysis.statements if statement.cell == cell.index]
    if not inside or not isinstance(inside[-1].node, ast.Expr) or _silent(cell, inside[-1].place):
        return None
    node = inside[-1].node.value
    if isinstance(node, ast.Name):
        kind = inside[-1].kind
        return inside[-1] if kind and "None" not in kind else None
    certain = isinstance(node, VALUES) and not (isinstance(node, ast.Constant) and node.value is None)
    return inside[-1] if certain else None


def _silent(cell: Cell, place: Place) -> bool:
    return ";" in cell.lines[place.end_line - 1][place.end_column - 1 :].partition("#")[0]


def _last(index: int, cells: list[Cell], shown: dict[int, Statement | None]) -> Statement | None:
    """The nearest display before a cell, None if one in between may or may not display."""
    for cell in reversed([cell for cell in cells if cell.index < index]):
        if shown[cell.index] is not None:
            return shown[cell.index]
        body = cell.tree.body if cell.tree is not None else []
        if not body or (isinstance(body[-1], ast.Expr) and not _silent_end(cell) and not _prints(body[-1])):
            return None
    return None


def _silent_end(cell: Cell) -> bool:
    return cell.python.rstrip().endswith(";")


def _prints(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "print"
