"""Constants of the notebook whose value is a setting: marked parameters, seeds, toggles, what a comment asks to edit."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from nb2prod.model.facts import Analysis
from nb2prod.model.finding import Finding
from nb2prod.model.naming import RESERVED
from nb2prod.model.notebook import Cell
from nb2prod.model.plan import Setting
from nb2prod.plan.forms import comment_beside, is_form, line_of, with_form
from nb2prod.plan.knobs import bounded, kind_of_type, knob_kind, plain
from nb2prod.plan.names import DEFINITIONS, WHOLE, probed_uses
from nb2prod.plan.units import Program, Unit

PARAMETERS, INJECTED = "parameters", "injected-parameters"
# Rules that say that somebody must edit a line for each run.
EDITED = frozenset({"edit-this-constant", "placeholder-value"})


@dataclass(frozen=True, slots=True)
class Bound:
    """What decides whether a setting can bind a name before the first stage.

    `bindings` are the statements that bind or unbind each name; `closed` are names that code must find where the
    notebook put them; `deferred` those that functions read; `asked` those that an `if` asks for; `edited` the lines
    that somebody must edit.
    """

    bindings: dict[str, list[Unit]]
    first_read: dict[str, int]
    number: dict[int, int]
    tags: dict[int, str]
    closed: frozenset[str]
    deferred: frozenset[str]
    asked: frozenset[str]
    edited: frozenset[tuple[int, int]]
    knows_all: bool

    @classmethod
    def of(cls, program: Program, analysis: Analysis, findings: Sequence[Finding], unbound: frozenset[str]) -> "Bound":
        """Look at all units once."""
        bindings: dict[str, list[Unit]] = {}
        first: dict[str, int] = {}
        closed = set(unbound | RESERVED)
        asked: set[str] = set()
        for number, unit in enumerate(program.units):
            for name in unit.facts.touched | unit.facts.deferred_writes:
                bindings.setdefault(name, []).append(unit)
            for name in unit.facts.reads | unit.facts.strings:
                first.setdefault(name, number)
            closed |= unit.facts.nested_strings | unit.facts.class_bound
            if isinstance(unit.node, DEFINITIONS):
                closed |= unit.facts.exposed  # a default or a decorator is needed where the definition stands
            asked |= _asked(unit.node)
        for name, number in probed_uses(program.units).items():
            first[name] = min(number, first.get(name, number))
        return cls(
            bindings,
            first,
            {id(unit.node): number for number, unit in enumerate(program.units)},
            {cell.index: next(iter(cell.tags & {PARAMETERS, INJECTED}), "") for cell in analysis.notebook.code},
            frozenset(closed),
            frozenset().union(*(unit.facts.deferred for unit in program.units)),
            frozenset(asked),
            frozenset((f.place.cell, f.place.line) for f in findings if f.rule in EDITED),
            bool(program.whole) or any(reflection.kind in WHOLE for reflection in analysis.reflections),
        )

    def threads(self, name: str) -> bool:
        """Whether a setting can bind a name: it is bound once, read after that, and nobody looks it up elsewhere."""
        bound = self._bindings(name)
        if len(bound) != 1 or name in self.closed or name.startswith("__") or self.knows_all:
            return False
        number = self.number.get(id(bound[0].node), -1)
        return self.first_read.get(name, number if name in self.deferred else -1) >= number >= 0

    def injected_over(self, name: str, unit: Unit) -> bool:
        """Whether papermill gave this parameter another value in the next cell."""
        bound = self.bindings[name]
        return self._injected(bound) and unit is not bound[1] and unit.node is bound[0].node

    def _bindings(self, name: str) -> list[Unit]:
        bound = self.bindings.get(name, [])
        return bound[1:] if self._injected(bound) else bound

    def _injected(self, bound: Sequence[Unit]) -> bool:
        return [self.tags.get(unit.cell, "") for unit in bound] == [PARAMETERS, INJECTED]


def named_setting(
    unit: Unit, cell: Cell, pair: tuple[str, ast.expr], bound: Bound, path: bool = False
) -> Setting | None:
    """The setting that a constant's value becomes, None if it stays code; a `path` is one of its own kind."""
    name, value = pair[0], _literal(pair[1])
    if unit.piece.guarded or unit.piece.edits or value is ... or not plain(value):
        return None
    line = line_of(cell, unit.place.end_line)
    marked = bool(bound.tags.get(cell.index)) or is_form(line)
    edited = any((cell.index, number) in bound.edited for number in range(unit.place.line, unit.place.end_line + 1))
    kind = "parameter" if marked or edited else knob_kind(name, value, name in bound.asked)  # type: ignore[arg-type]
    if not kind or not (marked or bound.threads(name)) or (path and not marked):
        return None
    if kind == "constant" and name in bound.deferred:
        return None  # a function reads it: at module level it is at hand there
    says = comment_beside(cell, unit.place.line, unit.place.end_line) or sentence(name)
    setting = Setting("", kind_of_type(name, value), value, says, cell.index, kind)  # type: ignore[arg-type]
    return bounded(with_form(setting, line), name)


def _literal(node: ast.expr) -> object:
    """The value of a literal, `...` if it is none."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ...


def _asked(node: ast.stmt | None) -> set[str]:
    """The names that conditions of a statement ask for."""
    found: set[str] = set()
    for part in ast.walk(node) if node is not None else ():
        if isinstance(part, ast.If | ast.IfExp | ast.While):
            found |= {inner.id for inner in ast.walk(part.test) if isinstance(inner, ast.Name)}
    return found


def sentence(name: str) -> str:
    """A name as the beginning of a sentence."""
    return " ".join(part for part in name.lower().split("_") if part).capitalize() or name
