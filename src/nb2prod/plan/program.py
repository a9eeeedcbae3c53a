"""The program to divide: the notebook's statements in document order, each lowered to plain Python."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from nb2prod.model.facts import Analysis, Facts, Statement
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.plan import Dropped, Edit, Fallback, Piece
from nb2prod.plan.headings import Heading, headings
from nb2prod.plan.magics import lower
from nb2prod.plan.output import Output

RAISES, SKIPPED = "raises-exception", "skip-execution"
NOT_PYTHON = "this cell is not valid Python"
ONLY_SHOWS = "it only displays a value"


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement on its way into a stage: what it does, what it becomes, what it is for."""

    cell: int
    node: ast.stmt | None
    facts: Facts
    piece: Piece
    role: str
    lines: int
    place: Place
    heading: Heading | None = None

    @property
    def index(self) -> int:
        """The statement's number in the notebook, -1 for code of ours."""
        return -1 if self.piece.statement is None else self.piece.statement


@dataclass(slots=True)
class Program:
    """All units, and what was left out on the way."""

    units: list[Unit] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    fallbacks: list[Fallback] = field(default_factory=list)
    installs: list[str] = field(default_factory=list)
    figures: bool = False
    shell: bool = False
    logs: bool = False
    helpers: Mapping[str, str] = field(default_factory=dict)


def program_of(analysis: Analysis, names: frozenset[str]) -> Program:
    """Lower every statement of the notebook: magics, displays, prints and figures; `names` are all it uses."""
    output = Output.of(analysis, names)
    program = Program(helpers=output.helpers)
    by_cell: dict[int, list[Statement]] = {}
    for statement in analysis.statements:
        by_cell.setdefault(statement.cell, []).append(statement)
    titles = headings(analysis.notebook)
    pending: Heading | None = None
    for cell in analysis.notebook.code:
        pending = titles.get(cell.index) or pending
        made = list(_cell(cell, by_cell.get(cell.index, []), analysis, output, program))
        if made:
            program.units += [replace(made[0], heading=pending), *made[1:]]
            pending = None
    return program


def _cell(cell: Cell, statements: list[Statement], analysis: Analysis, output: Output, program: Program) -> Iterator[Unit]:
    if cell.problem is not None and SKIPPED not in cell.tags:
        yield _hole(cell, program)
        return
    if any(magic.name == "timeit" and magic.code for magic in cell.magics):
        program.dropped.append(Dropped("%%timeit", "a measurement repeats its code and binds nothing", Place(cell.index, 1)))
        return
    units = [unit for statement in statements if (unit := _unit(cell, statement, analysis, output, program)) is not None]
    if RAISES in cell.tags and units:
        units = [_guarded(units)]
    yield from units
    draws = any(output.draws(statement) for statement in statements)
    if draws and output.closes_figures and not output.is_show(statements[-1].node):
        program.figures = True
        last = statements[-1].place
        keep = Piece(None, code=output.keep(cell.index))
        yield Unit(cell.index, None, Facts(), keep, "plot", 1, Place(cell.index, last.end_line))


def _hole(cell: Cell, program: Program) -> Unit:
    """A cell that does not parse: the project stops there and says so."""
    problem = cell.problem
    place = Place(cell.index, problem.line if problem else 1, problem.column if problem else 1)
    reason = f"cell {cell.index}: {NOT_PYTHON} ({problem.message if problem else ''})"
    program.fallbacks.append(Fallback("refused", reason, place))
    return Unit(cell.index, None, Facts(), Piece(None, code=f"raise NotImplementedError({ascii(reason)})"), "", 1, place)


def _guarded(units: list[Unit]) -> Unit:
    """A cell that is expected to raise: one unit in a `try`, after which anything it binds may be bound."""
    facts = Facts()
    for unit in units:
        facts = facts.then(unit.facts)
    facts = replace(facts, must=frozenset(), sure_reads=frozenset())
    first = units[0]
    pieces = tuple(unit.piece for unit in units)
    return replace(first, facts=facts, piece=Piece(first.piece.statement, guarded=pieces), lines=sum(u.lines for u in units) + 3)


def _unit(cell: Cell, statement: Statement, analysis: Analysis, output: Output, program: Program) -> Unit | None:
    place = statement.place
    lowered = lower(cell, statement)
    program.installs += lowered.installs
    program.shell |= lowered.shell
    if lowered.refused:
        program.fallbacks.append(Fallback("refused", lowered.refused, place))
    if lowered.dropped:
        program.dropped.append(Dropped(lowered.what, lowered.dropped, place))
        return None
    if statement.pure and not lowered.edits:
        program.dropped.append(Dropped(ast.unparse(statement.node)[:80], ONLY_SHOWS, place))
        return None
    edits = (*(_renamed(edit, output.helpers["shell"]) for edit in lowered.edits), *output.edits(statement))
    program.logs |= any(edit.why == "print" for edit in edits)
    program.figures |= any(edit.why == "figure" for edit in edits)
    lines = place.end_line - place.line + 1
    return Unit(cell.index, statement.node, statement.facts, Piece(statement.index, edits), statement.role, lines, place)


def _renamed(edit: Edit, shell: str) -> Edit:
    """The edit with the helper's name that the notebook leaves free."""
    return replace(edit, text=shell + edit.text.removeprefix("shell")) if edit.text.startswith("shell.") else edit


def with_edits(unit: Unit, *edits: Edit) -> Unit:
    """The unit with more edits."""
    return replace(unit, piece=replace(unit.piece, edits=(*unit.piece.edits, *edits))) if edits else unit
