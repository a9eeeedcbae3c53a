"""What the notebook prints and draws: printed lines go to the log, figures to a folder, nothing to a screen."""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.naming import free
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import slice_of, span
from nb2prod.model.plan import Edit

HELPERS = ("figures", "logger", "shell", "fetch", "Settings")
# The notebook handles standard output or logging itself: what it prints stays a print.
OWN_OUTPUT = (
    "sys.stdout",
    "sys.stderr",
    "contextlib.redirect_stdout",
    "contextlib.redirect_stderr",
    "logging",
    "io.StringIO",
    "builtins",
)
SHOWS = frozenset({"matplotlib.pyplot.show", "pylab.show", "matplotlib.pylab.show"})
DISPLAYS = frozenset({"display", "IPython.display.display"})
PLOTTERS = frozenset({"plot", "hist", "boxplot"})
BACKENDS = frozenset({"matplotlib.use", "matplotlib.pyplot.switch_backend"})
INLINE = ("inline", "module://matplotlib_inline")
# How long the texts of a line may be that become one format.
LONGEST = 80


@dataclass(frozen=True)
class Output:
    """How printing and drawing are handled in one notebook."""

    analysis: Analysis
    logs: bool
    closes_figures: bool
    helpers: Mapping[str, str]
    claimed: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, analysis: Analysis, names: frozenset[str], claimed: frozenset[tuple[int, int]]) -> "Output":
        """Decide for the whole notebook; helpers of ours take names that it does not use.

        `claimed` are the cells and lines where a literal leaves the code for a setting: texts stay apart there.
        """
        helpers = {name: free(name, names, "of_package") for name in HELPERS}
        draws = _draws(analysis) and not _own_backend(analysis)
        return cls(analysis, _may_log(analysis), draws, helpers, claimed)

    @cached_property
    def cells(self) -> dict[int, Cell]:
        """The code cells by index."""
        return {cell.index: cell for cell in self.analysis.notebook.code}

    @cached_property
    def drawing_functions(self) -> frozenset[str]:
        """The notebook's own functions that may draw."""
        nodes = (s.node for s in self.analysis.statements if may_plot(s))
        return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef))

    def draws(self, statement: Statement) -> bool:
        """Whether a statement may leave an open figure; one that only defines a function does not."""
        if isinstance(
            statement.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
        ):
            return False
        return may_plot(statement) or bool(statement.facts.reads & self.drawing_functions)

    def is_show(self, node: ast.AST) -> bool:
        """Whether a statement is `plt.show()`."""
        return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and self._shows(node.value)

    def asks(self, node: ast.stmt) -> bool:
        """Whether a statement is a `display` that asks an object for its text, which may act."""
        shown = node.value if isinstance(node, ast.Expr) else None
        return self.analysis.acts_when_shown and isinstance(shown, ast.Call) and self._displays(shown)

    def _displays(self, call: ast.Call) -> bool:
        return self.analysis.qualified(call.func) in DISPLAYS

    def _shows(self, call: ast.Call) -> bool:
        return self.analysis.qualified(call.func) in SHOWS

    def keep(self, cell: int) -> str:
        """The code that saves and closes the figures of a cell."""
        return f'{self.helpers["figures"]}.keep("cell-{cell}")'

    def edits(self, statement: Statement) -> Iterator[Edit]:
        """The edits that take a statement's output to the log and the folder of figures."""
        cell = self.cells[statement.cell]
        lines = cell.lines
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                text = self._shown(node.value, cell.index, lines)
                if text:
                    yield Edit(span(node.value, cell.index, lines), text, "figure" if ".keep(" in text else "display")
            if self.logs and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                yield from self._logged(node, cell.index, lines)

    def _logged(self, node: ast.Call, cell: int, lines: list[str]) -> Iterator[Edit]:
        """`print("a", b)` as `logger.info("a %s", b)`; what has no such form stays a print."""
        if node.keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
            return
        logger, name = self.helpers["logger"], span(node.func, cell, lines)
        opening = lines[name.end_line - 1].find("(", name.end_column - 1)
        if opening < 0 or lines[name.end_line - 1][name.end_column - 1 : opening].strip():
            return
        head = Place(cell, name.line, name.column, name.end_line, opening + 2)
        if not node.args:
            yield Edit(head, f'{logger}.info("" ', "print")
        elif len(node.args) == 1 and _is_text(node.args[0]):
            yield Edit(head, f"{logger}.info(", "print")
        else:
            places = [span(arg, cell, lines) for arg in node.args]
            apart = any((cell, line) in self.claimed for line in range(node.lineno, places[-1].end_line + 1))
            plain = not apart and _side_by_side([head, *places], lines)
            texts: list[str | None] = _own_texts(node.args) if plain else [None] * len(places)
            yield from _formatted(head, places, texts, logger)

    def is_displayed(self, statement: Statement) -> bool:
        """Whether the notebook shows the value of a statement: it is the last of its cell, and no semicolon hides it."""
        cell = self.cells[statement.cell]
        last = cell.tree is not None and cell.tree.body[-1] is statement.node
        place = statement.place
        hidden = cell.lines[place.end_line - 1][place.end_column - 1 :].partition("#")[0].strip().startswith(";")
        return (last and not hidden) or self.shows_all

    @cached_property
    def shows_all(self) -> bool:
        """Whether the notebook may have asked IPython to show every value."""
        return any("ast_node_interactivity" in cell.source for cell in self.cells.values())

    def noted(self, statement: Statement) -> Iterator[Edit]:
        """The edits that log a displayed value in detail: a fitted model may keep what it was asked for."""
        yield from self._wrapped(statement, f'{self.helpers["logger"]}.debug("%s", ', ")")

    def told(self, statement: Statement) -> Iterator[Edit]:
        """The edits that ask a displayed object for its text, as a notebook does: its answer may act."""
        yield from self._wrapped(statement, "repr(", ")")

    @staticmethod
    def _wrapped(statement: Statement, before: str, after: str) -> Iterator[Edit]:
        place, tuple_ = statement.place, isinstance(statement.node, ast.Expr) and isinstance(
            statement.node.value, ast.Tuple
        )
        start = Place(place.cell, place.line, place.column, place.line, place.column)
        end = Place(place.cell, place.end_line, place.end_column, place.end_line, place.end_column)
        yield Edit(start, before + "(" * tuple_, "display")
        yield Edit(end, ")" * tuple_ + after, "display")

    def _shown(self, call: ast.Call, cell: int, lines: list[str]) -> str:
        """What stands for a statement that shows something on a screen, "" if it does not."""
        if self._shows(call):
            made = [ast.unparse(arg) for arg in call.args if not isinstance(arg, ast.Name | ast.Constant)]
            first = not lines[call.lineno - 1].encode()[: call.col_offset].strip()
            apart = f"\n{' ' * call.col_offset}" if first else "; "
            return apart.join([*made, *([self.keep(cell)] if self.closes_figures else [])]) or "pass"
        if self._displays(call) and not call.keywords:
            if self.analysis.acts_when_shown:
                return ", ".join(f"repr({ast.unparse(arg)})" for arg in call.args) or "pass"
            return (
                ", ".join(ast.unparse(arg) for arg in call.args if not isinstance(arg, ast.Name | ast.Constant))
                or "pass"
            )
        return ""


def may_plot(statement: Statement) -> bool:
    """Whether a statement surely draws, or names a method that does on a table: of a value of unknown type nobody knows."""
    attributes = (node.attr for node in ast.walk(statement.node) if isinstance(node, ast.Attribute))
    return "plot" in statement.facts.effects or any(attr in PLOTTERS for attr in attributes)


def _may_log(analysis: Analysis) -> bool:
    """Whether `print` is the plain one, nobody captures what it writes, and objects only tell what they are."""
    if analysis.acts_when_shown:
        return False
    if any("print" in s.facts.touched or "print" in s.facts.deferred_writes for s in analysis.statements):
        return False
    if any(magic.name == "capture" for cell in analysis.notebook.code for magic in cell.magics):
        return False
    origins = set(analysis.origins.values())
    if any(origin == name or origin.startswith(f"{name}.") for origin in origins for name in OWN_OUTPUT):
        return False
    attributes = (n for tree in analysis.trees.values() for n in ast.walk(tree) if isinstance(n, ast.Attribute))
    return not any(analysis.qualified(node) in OWN_OUTPUT for node in attributes)


def _draws(analysis: Analysis) -> bool:
    """Whether figures may be open: with the standard library alone nothing draws, whatever it is called."""
    return any(module.distribution for module in analysis.modules) and any(may_plot(s) for s in analysis.statements)


def _own_backend(analysis: Analysis) -> bool:
    """Whether the notebook chose a backend that keeps figures open from cell to cell."""
    for node in (n for tree in analysis.trees.values() for n in ast.walk(tree)):
        if isinstance(node, ast.Call) and analysis.qualified(node.func) in BACKENDS:
            chosen = node.args[0] if node.args else None
            if not (isinstance(chosen, ast.Constant) and str(chosen.value).startswith(INLINE)):
                return True
    magics = (magic for cell in analysis.notebook.code for magic in cell.magics if magic.name == "matplotlib")
    return any(magic.text.strip() and not magic.text.strip().startswith("inline") for magic in magics)


def _formatted(head: Place, places: list[Place], texts: list[str | None], logger: str) -> Iterator[Edit]:
    """A call with a format in which the texts stand, and without the arguments that they were."""
    kept = [place for place, text in zip(places, texts, strict=True) if text is None]
    parts = ["%s" if text is None else text.replace("%", "%%") if kept else text for text in texts]
    form = json.dumps(" ".join(parts), ensure_ascii=False)
    last = places[-1]
    first = kept[0] if kept else Place(last.cell, last.end_line, last.end_column)
    if texts[0] is not None:
        head = replace(head, end_line=first.line, end_column=first.column)
    yield Edit(head, f"{logger}.info({form}{', ' if kept else ''}", "print")
    before: Place | None = None
    gone: Place | None = None
    for place, text in (*zip(places, texts, strict=True), (None, None)):
        if text is not None and place is not None:
            gone = place
            continue
        if before is not None and gone is not None:
            start = Place(before.cell, before.end_line, before.end_column, gone.end_line, gone.end_column)
            yield Edit(start, "", "print")
        before, gone = place, None


def _own_texts(args: list[ast.expr]) -> list[str | None]:
    """The arguments that are short plain texts, None for any other."""
    texts = [arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None for arg in args]
    whole = "".join(filter(None, texts))
    return texts if len(whole) <= LONGEST and whole.isprintable() else [None] * len(texts)


def _side_by_side(places: list[Place], lines: list[str]) -> bool:
    """Whether between neighbours there is nothing but a comma and blanks: no comment, no parenthesis."""
    gaps = (Place(a.cell, a.end_line, a.end_column, b.line, b.column) for a, b in pairwise(places))
    return not any(slice_of(lines, gap).strip(", \n") for gap in gaps)


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is certainly a string."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Mod()) | ast.BinOp(left=left, op=ast.Mult()):
            return _is_text(left)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_text(left) or _is_text(right)
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join")):
            return _is_text(value)
        case ast.Call(func=ast.Name(id="str" | "repr")):
            return True
    return False
