"""What leaves the code for the configuration: paths, URLs, tagged parameters, form fields."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from nb2prod.model.facts import Analysis, PathUse
from nb2prod.model.finding import Finding
from nb2prod.model.naming import RESERVED, free, slug
from nb2prod.model.notebook import Cell, Place, lines_of
from nb2prod.model.plan import Edit, Literals, Setting
from nb2prod.plan.constants import assigned
from nb2prod.plan.places import span
from nb2prod.plan.units import Program, Unit, with_edits

SECRETS = frozenset({"secret-literal", "connection-string"})
PARAMETERS, INJECTED = "parameters", "injected-parameters"
FOLDERS = frozenset({"makedirs", "mkdir", "listdir", "chdir", "rmtree", "copytree", "walk", "iterdir"})
FORM = re.compile(r"#\s*@param\s*(?P<choices>\[[^\]]*\])?\s*(?P<options>\{[^}]*\})?")
TAKEN = frozenset(dir(object())) | {
    "model_config",
    "model_fields",
    "copy",
    "json",
    "dict",
    "schema",
    "validate",
    "construct",
}
OPTION = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*(['\"][^'\"]*['\"]|-?[\d.]+(?:e-?\d+)?|true|false)", re.IGNORECASE)
COMMENT = re.compile(r"#+\s*(?!@|\s*noqa|\s*type:)(.+)$")


@dataclass(slots=True)
class Settings:
    """The settings found.

    `bound` are names of the notebook that a setting binds before any stage runs; `params` are the parameter
    names under which stages get the others, by setting.
    """

    settings: list[Setting] = field(default_factory=list)
    bound: dict[str, Setting] = field(default_factory=dict)
    params: dict[str, Setting] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def add(self, setting: Setting, wanted: str) -> Setting:
        """Keep a setting under a free name."""
        ending = "path" if setting.kind in {"path", "output"} else "setting"
        made = replace(setting, name=free(wanted, {s.name for s in self.settings} | TAKEN, ending))
        self.settings.append(made)
        return made

    def param(self, setting: Setting) -> str:
        """The name of the parameter by which a stage gets a setting."""
        known = next((name for name, other in self.params.items() if other == setting), None)
        if known is None:
            known = free(setting.name, self.names | self.params.keys(), "setting")
            self.params[known] = setting
        return known


def lift_settings(program: Program, analysis: Analysis, names: frozenset[str], findings: Sequence[Finding]) -> Settings:
    """Move literals of the program to settings; the units get the edits that use them.

    A literal that a finding calls a secret goes to the environment, wherever it stands.
    """
    found = Settings(names=names)
    secrets = {finding.place: finding for finding in findings if finding.rule in SECRETS}
    program.units = [with_edits(unit, *_secret_edits(unit, secrets, found, program)) for unit in program.units]
    lifting = _Lifting(program.units, {cell.index: cell for cell in analysis.notebook.code}, found)
    made = (lifting.unit(unit, analysis) for unit in program.units)
    program.units = [unit for unit in made if unit is not None]
    return found


class _Lifting:
    """One pass over the units."""

    def __init__(self, units: list[Unit], cells: dict[int, Cell], found: Settings) -> None:
        self.units, self.cells, self.found = units, cells, found
        self.by_literal: dict[tuple[str, str], Setting] = {}
        self.bindings: dict[str, list[Unit]] = {}
        self.hidden: set[str] = set()
        for unit in units:
            for name in unit.facts.touched | unit.facts.deferred_writes:
                self.bindings.setdefault(name, []).append(unit)
            facts = unit.facts
            self.hidden |= facts.deferred | facts.nested_strings | facts.class_bound
        self.read = frozenset().union(*(unit.facts.reads | unit.facts.strings for unit in units))

    def unit(self, unit: Unit, analysis: Analysis) -> Unit | None:
        """The unit with its literals lifted, None if nothing of it is left."""
        cell = self.cells[unit.cell]
        pair = _parameter(unit, cell)
        if pair is not None:
            return self._parameter(unit, cell, *pair)
        if unit.index < 0 or unit.piece.guarded or unit.piece.code is not None:
            return unit
        uses = list({use.place: use for use in analysis.statements[unit.index].paths if not use.nested}.values())
        named = assigned(unit)
        if len(uses) == 1 and uses[0].kind == "name" and named and self._threads(named[0]):
            self.found.bound[named[0]] = self._setting(uses[0], unit)
            return None
        return with_edits(
            unit, *(Edit(use.place, self.found.param(self._setting(use, unit)), "setting") for use in uses)
        )

    def _threads(self, name: str) -> bool:
        """Whether a setting can bind a name before the first stage: bound once, read, and captured by nobody."""
        return len(self.bindings[name]) == 1 and name in self.read and name not in self.hidden and name not in RESERVED

    def _parameter(self, unit: Unit, cell: Cell, name: str, value: Literals) -> Unit | None:
        bound = self.bindings[name]
        if len(bound) == 2 and _tag(self.cells, bound) == [PARAMETERS, INJECTED] and name not in self.hidden:
            if unit is bound[0]:
                return None  # what papermill injected is the value of the run: it becomes the default
            self.bindings[name] = [unit]
        form = _form(_line(cell, unit.place.end_line))
        comment = COMMENT.search(_line(cell, unit.place.end_line))
        says = comment.group(1).strip() if comment and not form else _sentence(name)
        if value not in form.get("choices", (value,)):  # type: ignore[operator]
            del form["choices"]
        wanted = slug(name, 6) or "parameter"
        setting = self.found.add(Setting("", _type(value), value, says, cell.index, "parameter", **form), wanted)  # type: ignore[arg-type]
        if self._threads(name):
            self.found.bound[name] = setting
            return None
        assert isinstance(unit.node, ast.Assign | ast.AnnAssign)
        assert unit.node.value is not None
        return with_edits(
            unit, Edit(span(unit.node.value, cell.index, cell.lines), self.found.param(setting), "setting")
        )

    def _setting(self, use: PathUse, unit: Unit) -> Setting:
        key = (
            use.callee if use.kind == "name" else "",
            use.value,
        )  # one file is one setting, whoever reads or writes it
        if key not in self.by_literal:
            self.by_literal[key] = self.found.add(*_path_setting(use, unit.cell))
        return self.by_literal[key]


def _secret_edits(unit: Unit, secrets: dict[Place, Finding], found: Settings, program: Program) -> Iterator[Edit]:
    """Read the secrets of a statement from the environment."""
    for place in sorted(secrets):
        if place.cell == unit.cell and unit.place.line <= place.line <= unit.place.end_line:
            wanted = slug(secrets[place].code.partition("=")[0], 4) or "secret"
            says = "read from the environment alone; the notebook's value must be taken back"
            setting = found.add(Setting("", "str", None, says, unit.cell, "secret"), wanted)
            yield Edit(place, f'{program.helpers["Settings"]}.secret("{setting.name}")', "secret")


def _tag(cells: dict[int, Cell], units: list[Unit]) -> list[str]:
    return [next(iter(cells[unit.cell].tags & {PARAMETERS, INJECTED}), "") for unit in units]


# parameters: a tagged cell, a form field


def _parameter(unit: Unit, cell: Cell) -> tuple[str, Literals] | None:
    """The name and value of an assignment that somebody marked as a parameter."""
    pair = assigned(unit)
    if pair is None or unit.piece.guarded or unit.piece.edits:
        return None
    if not cell.tags & {PARAMETERS, INJECTED} and FORM.search(_line(cell, unit.place.end_line)) is None:
        return None
    try:
        value = ast.literal_eval(pair[1])
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return (pair[0], value) if value is None or type(value) in {str, int, float, bool} else None


def _line(cell: Cell, line: int) -> str:
    lines = lines_of(cell.source)
    return lines[line - 1] if line <= len(lines) else ""


def _form(line: str) -> dict[str, object]:
    """Bounds and choices of a form field: `#@param {type:"slider", min:0, max:10}`, `#@param ["a", "b"]`."""
    match = FORM.search(line)
    if match is None:
        return {}
    found: dict[str, object] = {}
    raw = "raw" in (match["options"] or "")
    if match["choices"] and not raw:
        try:
            choices = ast.literal_eval(match["choices"])
        except (ValueError, SyntaxError):
            choices = []
        allowed = dict(OPTION.findall(match["options"] or ""))
        if choices and all(isinstance(c, str | int | float) for c in choices) and allowed.get("allow-input") != "true":
            found["choices"] = tuple(choices)
    for key, value in OPTION.findall(match["options"] or ""):
        if key in {"min", "max"} and value[:1] not in "'\"":
            found["minimum" if key == "min" else "maximum"] = float(value)
    return found


def _type(value: Literals) -> str:
    return "str | None" if value is None else type(value).__name__


def _sentence(name: str) -> str:
    return " ".join(part for part in name.lower().split("_") if part).capitalize() or name


# paths and URLs


def _path_setting(use: PathUse, cell: int) -> tuple[Setting, str]:
    """The setting for a path or URL and the name wanted for it."""
    url = re.match(r"[a-z][a-z0-9+.-]*://", use.value) is not None
    kind: Literal["url", "output", "path"] = "url" if url else "output" if use.kind == "write" else "path"
    what = "URL that" if url else "Folder that" if use.callee in FOLDERS else "File that"
    verb = {"url": "reads", "output": "writes", "path": "reads"}[kind]
    if use.kind == "name":
        return Setting("", "str", use.value, _sentence(use.callee), cell, kind), slug(use.callee, 6) or f"input_{kind}"
    wanted = _name_of(use.value, "url" if url else "path") or f"input_{kind}"
    return Setting("", "str", use.value, f"{what} {use.callee}() {verb}", cell, kind), wanted


def _name_of(value: str, ending: str) -> str:
    text = value.split("?")[0].rstrip("/\\")
    name = text.replace("\\", "/").rpartition("/")[2]
    stem = name.split(".")[0] if not name.startswith(".") else name
    found = slug(stem, 5)
    return f"{found}_{ending}" if found and not found.endswith(ending) else found
