"""The program to divide: the notebook's statements in document order, each lowered to plain Python."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nb2prod.model.facts import Analysis, Facts, Statement
from nb2prod.model.finding import Drop, Finding, Lift
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.plan import Dropped, Edit, Fallback, Piece
from nb2prod.plan.commands import FETCH, SHELL
from nb2prod.plan.custom_magics import custom_magics, decorator_edits, only_registers
from nb2prod.plan.downloads import retrieved, without_module
from nb2prod.plan.headings import Heading, headings
from nb2prod.plan.history import History, history_of
from nb2prod.plan.listings import listing_edits, listings
from nb2prod.plan.magics import TIMING, Lowered, harmless, lower
from nb2prod.plan.output import Output
from nb2prod.plan.reflection import reflection_edits, refusals
from nb2prod.plan.stars import star_edits
from nb2prod.plan.units import SECRETS, Program, Unit
from nb2prod.plan.wholes import captured, captures, guarded

RAISES, SKIPPED = "raises-exception", "skip-execution"
# Magics that change names or values in ways that the text does not show.
BINDING = frozenset(
    {"timeit", "pylab", "reset", "reset_selective", "store", "run", "load", "macro", "xdel", "pushd", "popd"}
)
# Longer lines are folded; so much of one is the call's beginning, about.
FOLD, CALLED = 92, 15
# Values of these types tell what they are without running the notebook's code.
INERT = ("pandas.", "numpy.", "int", "float", "str", "bool", "None", "bytes")
# Rules whose finding is a step of the platform: it has no place in a package.
PLATFORM = frozenset({"drive-mount"})
NOT_PYTHON = "this cell is not valid Python"
ONLY_SHOWS = "it only displays a value"


def program_of(analysis: Analysis, names: frozenset[str], findings: Sequence[Finding] = ()) -> Program:
    """Lower every statement of the notebook: magics, displays, prints and figures; `names` are all it uses."""
    lifted = (f.place for f in findings if f.rule in SECRETS or isinstance(f.fix, Lift))
    output = Output.of(analysis, names, frozenset((place.cell, place.line) for place in lifted))
    bound = frozenset().union(*(s.facts.touched | s.facts.deferred_writes for s in analysis.statements))
    program = Program(helpers=output.helpers, bound=bound, magics=custom_magics(analysis), history=history_of(analysis))
    program.closed, program.listings = _closed(analysis), listings(analysis)
    drops = (finding for finding in findings if finding.rule in PLATFORM and isinstance(finding.fix, Drop))
    program.steps = {finding.place: finding.message for finding in drops}
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
    program.fallbacks += [Fallback("whole", f.reason, f.place) for f in refusals(analysis, program.reflection)]
    return program


def _closed(analysis: Analysis) -> frozenset[str]:
    """The notebook's functions that neither read nor change a variable of it, nor draw random numbers."""
    values = {
        name
        for s in analysis.statements
        if not isinstance(s.node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
        for name in s.facts.touched
    }
    defs = (s for s in analysis.statements if isinstance(s.node, ast.FunctionDef))
    return frozenset(
        s.node.name
        for s in defs
        if isinstance(s.node, ast.FunctionDef)
        and not s.facts.deferred & values
        and not s.facts.deferred_writes
        and "random" not in s.facts.effects
    )


def _reflection(statement: Statement, cell: Cell, program: Program, analysis: Analysis) -> tuple[Edit, ...]:
    """The edits for code that looks at its own namespace."""
    found = [
        *reflection_edits(statement, cell, program.bound, analysis),
        *program.history.edits.get(statement.index, ()),
    ]
    found += [*decorator_edits(statement, program.magics), *listing_edits(statement, cell, program.listings)]
    for edit, why in star_edits(statement, cell, analysis):
        found.append(_renamed(edit, program.helpers))
        program.shell, program.whole = True, program.whole or why
    start = Place(
        cell.index, statement.place.line, statement.place.column, statement.place.line, statement.place.column
    )
    names = sorted(program.history.names.get(statement.index, ()))
    found += [Edit(start, f"{name} = ", "history") for name in names]
    program.reflection |= {edit.place: edit for edit in found}
    return tuple(found)


def _cell(
    cell: Cell, statements: list[Statement], analysis: Analysis, output: Output, program: Program
) -> Iterator[Unit]:
    if cell.problem is not None and SKIPPED not in cell.tags:
        yield _hole(cell, program)
        return
    timed = next((magic for magic in cell.magics if magic.name == "timeit" and magic.code), None)
    if timed is not None and harmless(timed.body, program.closed):
        program.dropped.append(
            Dropped("%%timeit", "a measurement repeats its code and binds nothing", Place(cell.index, 1))
        )
        return
    if timed is not None:
        program.fallbacks.append(
            Fallback(
                "whole", "%%timeit repeats code that changes something, how often is not known", Place(cell.index, 1)
            )
        )
    units = [
        unit for statement in statements if (unit := _unit(cell, statement, analysis, output, program)) is not None
    ]
    timed_lines = (m for m in cell.magics if (m.kind, m.name, m.code) == ("line", "time", True))
    program.dropped += [Dropped("%time", TIMING, Place(cell.index, magic.line)) for magic in timed_lines]
    if RAISES in cell.tags and units:
        units = [guarded(units)]
        program.dropped.append(Dropped("the cell's error", "it is expected: it goes to the log", units[0].place))
    name = next((magic.target for magic in cell.magics if magic.name == "capture" and magic.target), "")
    if name:
        units = [captured(name, statements[0].place, units, program)]
    yield from units
    open_figures = False
    for statement in statements:
        open_figures = not output.is_show(statement.node) and (open_figures or output.draws(statement))
    if open_figures and output.closes_figures:
        program.figures = True
        last = statements[-1].place
        keep = Piece(None, code=output.keep(cell.index))
        yield Unit(cell.index, None, Facts(), keep, "plot", 1, Place(cell.index, last.end_line))


def _hole(cell: Cell, program: Program) -> Unit:
    """A cell that does not parse: the project stops there and says so."""
    problem = cell.problem
    place = Place(cell.index, problem.line if problem else 1, problem.column if problem else 1)
    reason = f"{NOT_PYTHON} ({problem.message if problem else ''})"
    stop = f"cell {cell.index}: {reason}"
    program.fallbacks.append(Fallback("whole" if RAISES in cell.tags else "refused", reason, place))
    return Unit(cell.index, None, Facts(), Piece(None, code=f"raise NotImplementedError({stop!a})"), "", 1, place)


def _height(cell: Cell, statement: Statement, analysis: Analysis) -> int:
    """About how many lines a statement takes with its comments, once black has folded the long ones."""
    before = analysis.statements[statement.index - 1] if statement.index else None
    start = before.place.end_line if before is not None and before.cell == cell.index else 0
    lines = cell.lines
    above = sum(line.lstrip().startswith("#") for line in lines[start : statement.place.line - 1])
    own = lines[statement.place.line - 1 : statement.place.end_line]
    return above + max(sum(map(_folded, own)), _exploded(statement.node, lines))


def _folded(line: str) -> int:
    """How many lines black makes of one: a long call's arguments go to a line of their own, or to one each."""
    if len(line) <= FOLD:
        return 1
    return 3 if len(line) <= FOLD + CALLED else 3 + max(line.count(","), len(line) // FOLD)


def _exploded(node: ast.stmt, lines: list[str]) -> int:
    """How many lines a long display of values takes, which black writes one to a line."""
    found = 0
    for part in ast.walk(node):
        if isinstance(part, ast.List | ast.Tuple | ast.Set | ast.Dict):
            text = lines[part.lineno - 1 : part.end_lineno or part.lineno]
            if sum(len(line.strip()) + 1 for line in text) > FOLD:
                found = max(found, 2 + len(part.keys if isinstance(part, ast.Dict) else part.elts))
    return found


def _unit(cell: Cell, statement: Statement, analysis: Analysis, output: Output, program: Program) -> Unit | None:
    place = statement.place
    if captures(cell, statement):
        return None
    lowered = lower(cell, statement, program.magics, program.closed)
    program.installs += lowered.installs
    program.shell |= lowered.shell
    program.whole = program.whole or lowered.whole
    if lowered.refused:
        binds = any(magic.name in BINDING for magic in cell.magics)
        program.fallbacks.append(Fallback("whole" if binds else "refused", lowered.refused, place))
    if lowered.dropped:
        program.dropped.append(Dropped(lowered.what, lowered.dropped, place))
        return None
    if only_registers(statement.node):
        program.reflection[place] = Edit(place, "", "reflection")
        return None
    if (step := _platform_step(statement, program)) is not None:
        program.dropped.append(Dropped(ast.unparse(statement.node)[:80], step, place))
        return None
    if _says_nothing(statement.node):
        program.dropped.append(Dropped(ast.unparse(statement.node)[:80], "at the top of a cell it does nothing", place))
        return None
    kept = RAISES in cell.tags or statement.index in program.history.names or output.asks(statement.node)
    if statement.pure and not lowered.edits and not kept:
        return _shown(statement, analysis, output, program)
    edits = (*(_renamed(edit, output.helpers) for edit in lowered.edits), *output.edits(statement))
    edits = (*edits, *retrieved(statement, cell, analysis, output.helpers[FETCH]))
    edits = (*edits, *_reflection(statement, cell, program, analysis))
    if not edits and _acts(statement, analysis, output):
        edits = tuple(output.told(statement))
    program.logs |= any(edit.why == "print" for edit in edits)
    program.figures |= any(edit.why == "figure" for edit in edits)
    program.downloads |= any(edit.why == FETCH for edit in edits)
    lines = _height(cell, statement, analysis)
    facts = without_module(_facts(statement, lowered, program.history), statement, edits)
    return Unit(cell.index, statement.node, facts, Piece(statement.index, edits), statement.role, lines, place)


def _platform_step(statement: Statement, program: Program) -> str | None:
    """Why a statement is a step of the platform that it ran on, None if it is none."""
    if not isinstance(statement.node, ast.Expr):
        return None
    place = statement.place
    return next(
        (why for at, why in program.steps.items() if at.cell == place.cell and place.line <= at.line <= place.end_line),
        None,
    )


def _says_nothing(node: ast.stmt) -> bool:
    """Whether a statement has no effect at the top of a cell: `global x`, `x: int`."""
    return isinstance(node, ast.Global) or (isinstance(node, ast.AnnAssign) and node.value is None)


def _shown(statement: Statement, analysis: Analysis, output: Output, program: Program) -> Unit | None:
    """A statement that only displays: left out, unless asking for the value or for its text may do something."""
    if _acts(statement, analysis, output):
        edits = tuple(output.told(statement))
    elif statement.keeps:
        program.logs |= output.logs
        edits = tuple(output.noted(statement)) if output.logs else ()
    else:
        program.dropped.append(Dropped(ast.unparse(statement.node)[:80], ONLY_SHOWS, statement.place))
        return None
    piece = Piece(statement.index, edits)
    return Unit(statement.cell, statement.node, statement.facts, piece, "", 1, statement.place)


def _acts(statement: Statement, analysis: Analysis, output: Output) -> bool:
    """Whether a statement shows a value that may act when it is asked for its text."""
    return (
        analysis.acts_when_shown
        and isinstance(statement.node, ast.Expr)
        and not statement.kind.startswith(INERT)
        and output.is_displayed(statement)
    )


def _facts(statement: Statement, lowered: Lowered, history: History) -> Facts:
    """The facts of a statement with what its magics and IPython's history add."""
    facts = statement.facts
    reads = lowered.reads | lowered.kills | history.reads.get(statement.index, set())
    names = frozenset(history.names.get(statement.index, ()))
    if not reads and not names:
        return facts
    return replace(
        facts,
        exposed=facts.exposed | reads,
        reads=facts.reads | reads,
        must=facts.must | names,
        may=facts.may | names,
        kills=facts.kills | lowered.kills,
    )


def _renamed(edit: Edit, helpers: Mapping[str, str]) -> Edit:
    """The edit with the helpers' names that the notebook leaves free."""
    start = "globals().update(" if edit.text.startswith("globals().update(") else ""
    name, mark, rest = edit.text.removeprefix(start).partition("." if edit.why != FETCH else "(")
    return replace(edit, text=f"{start}{helpers[name]}{mark}{rest}") if name in {SHELL, FETCH} else edit
