"""Where a line of the notebook stands in the generated code."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from nb2prod.model.notebook import Notebook, Place
from nb2prod.model.plan import FileLine, Plan
from nb2prod.model.project import Project

# A line of which a literal became a setting is still more alike than this.
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Function:
    """A stage function: its file, its first line, and its lines."""

    at: FileLine
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Finds lines of cells in the generated code; `functions` are the stage functions by stage."""

    functions: Mapping[str, Function] = field(default_factory=dict)
    modules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stages: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notebook: Notebook | None = None

    def of(self, place: Place) -> FileLine | None:
        """The line that says the same; else where the function begins that the cell became; None if nowhere."""
        text = self._text(place)
        named = [self.functions[name] for name in self.stages.get(place.cell, ()) if name in self.functions]
        for function in named:
            at = _same(text, function.lines)
            if at is not None:
                return FileLine(function.at.file, function.at.line + at)
        for file, lines in self.modules.items():
            if text in lines:
                return FileLine(file, lines.index(text) + 1)
        return named[0].at if named else None

    def setting(self, name: str) -> FileLine | None:
        """Where a setting is declared."""
        for file, lines in self.modules.items():
            found = (number for number, line in enumerate(lines, 1) if line.startswith(f"    {name}:"))
            at = next(found, 0) if file.endswith("settings.py") else 0
            if at:
                return FileLine(file, at)
        return None

    def _text(self, place: Place) -> str:
        cells = self.notebook.cells if self.notebook else ()
        lines = cells[place.cell - 1].lines if 0 < place.cell <= len(cells) else []
        return lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""


def lines_of(notebook: Notebook, plan: Plan, project: Project) -> Lines:
    """Take the stage functions out of the project's code."""
    names = {stage.name for stage in plan.stages}
    functions: dict[str, Function] = {}
    modules: dict[str, tuple[str, ...]] = {}
    for file in project.files:
        if not (file.path.startswith("src/") and file.path.endswith(".py")):
            continue
        modules[file.path] = lines = tuple(file.text.split("\n"))
        for node in ast.parse(file.text).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in names - functions.keys():
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                functions[node.name] = Function(FileLine(file.path, first), lines[first - 1 : node.end_lineno])
    stages: dict[int, tuple[str, ...]] = {}
    for stage in plan.stages:
        for cell in stage.cells:
            stages[cell] = (*stages.get(cell, ()), stage.name)
    return Lines(functions, modules, stages, notebook)


def _same(text: str, lines: tuple[str, ...]) -> int | None:
    """The first line with this text, whatever its indentation, quotes and comment; else the most similar one."""
    wanted = _bare(text)
    if not wanted:
        return None
    bare = [_bare(line) for line in lines]
    if wanted in bare:
        return bare.index(wanted)
    likeness = [SequenceMatcher(None, wanted, line, autojunk=False).ratio() if line else 0.0 for line in bare]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= ALIKE else None


def _bare(line: str) -> str:
    return line.partition("  #")[0].strip().replace("'", '"').replace(" ", "")
