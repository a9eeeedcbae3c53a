"""Which calls of a stage read or write the file that a setting names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from nb2prod import catalogue
from nb2prod.catalogue._files import FILE_METHODS
from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.places import span
from nb2prod.model.plan import Piece, Stage

SIMPLE = ast.Assign | ast.AnnAssign | ast.Expr
LATER = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.ListComp | ast.GeneratorExp
# What a function does beyond its values.
LOUD = frozenset({"files", "shell", "cwd", "network", "database", "env", "exit", "input", "path", "sleep"})
MAYBE = ast.IfExp | ast.BoolOp | ast.SetComp | ast.DictComp
# Methods that write one file, whole, say nothing of its path, and look at the ending of it at most.
WRITERS = frozenset({"to_csv", "to_parquet", "to_json", "to_excel", "to_feather", "to_pickle", "to_html", "savefig"})


@dataclass(frozen=True, slots=True)
class Supplied:
    """A statement of a stage, with what settings supply to it."""

    statement: Statement
    piece: Piece
    stage: Stage
    analysis: Analysis

    def setting(self, value: ast.expr | None) -> str:
        """The setting whose value an expression is, "" if it is none."""
        params = {variable.name: variable.setting for variable in self.stage.supplies}
        if isinstance(value, ast.Name):
            return params.get(value.id, "")
        if not isinstance(value, ast.Constant):
            return ""
        place = span(value, self.statement.cell, self.analysis.notebook.cells[self.statement.cell - 1].lines)
        text = next((edit.text for edit in self.piece.edits if edit.why == "setting" and edit.place == place), "")
        return params.get(text) or (text.rpartition(".")[2] if "." in text else "")

    def reads(self) -> Iterator[tuple[ast.Call, str]]:
        """The calls that are surely made and that read the file of a setting, with that setting."""
        for call in _sure_calls(self.statement.node):
            known = catalogue.function(self.analysis.qualified(call.func))
            if known and known.reads and (not known.opens or _mode(call) == "r"):
                name = self.setting(argument(call, *known.reads))
                if name:
                    yield call, name

    def writes(self) -> Iterator[tuple[ast.Call, str]]:
        """The calls that may write the file of a setting, with that setting."""
        for call in (part for part in ast.walk(self.statement.node) if isinstance(part, ast.Call)):
            known = catalogue.function(self.analysis.qualified(call.func))
            spot = known.writes if known and known.writes else None
            if spot is None and isinstance(call.func, ast.Attribute) and call.func.attr in FILE_METHODS:
                spot = (0, "path")
            if spot is not None and (name := self.setting(argument(call, *spot))):
                yield call, name

    def mentions(self) -> Iterator[str]:
        """The settings that are used, each as often as it is."""
        params = {variable.name: variable.setting for variable in self.stage.supplies}
        names = (part.id for part in ast.walk(self.statement.node) if isinstance(part, ast.Name))
        texts = (edit.text for edit in self.piece.edits if edit.why == "setting")
        for text in (*names, *texts):
            name = params.get(text) or (text.rpartition(".")[2] if "." in text else "")
            if name:
                yield name


def supplied(stage: Stage, analysis: Analysis) -> Iterator[Supplied | Piece]:
    """The statements of a stage; a piece where code of ours stands for one, or one is expected to fail."""
    for piece in stage.pieces:
        if piece.statement is None or piece.code is not None or piece.guarded:
            yield piece
        else:
            yield Supplied(analysis.statements[piece.statement], piece, stage, analysis)


def unknown(call: ast.Call, analysis: Analysis) -> bool:
    """Whether nobody knows what a call does to files."""
    return _unknown(call, analysis, frozenset())


def _unknown(call: ast.Call, analysis: Analysis, inside: frozenset[str]) -> bool:
    """The same, in the bodies of some functions of the notebook's own."""
    name = analysis.qualified(call.func)
    if catalogue.function(name) or name in inside:
        return False
    if name in analysis.origins or "." in name or not name:
        return _foreign(call, name, analysis)
    bound = [statement.node for statement in analysis.statements if name in statement.facts.touched]
    if len(bound) != 1 or not isinstance(bound[0], ast.FunctionDef):
        return _foreign(call, name, analysis)
    calls = [part for part in ast.walk(bound[0]) if isinstance(part, ast.Call)]
    known = [catalogue.function(analysis.qualified(part.func)) for part in calls]
    loud = any(each and (each.reads or each.writes or each.effects & LOUD) for each in known)
    return loud or any(_unknown(part, analysis, inside | {name}) for part in calls)


def _foreign(call: ast.Call, name: str, analysis: Analysis) -> bool:
    """Whether a call of what the notebook does not define may have to do with files."""
    if isinstance(call.func, ast.Attribute) and _of_a_table(call.func.attr, call):
        return False
    imported = name.partition(".")[0] in {origin.partition(".")[0] for origin in analysis.origins.values()}
    harmless = isinstance(call.func, ast.Attribute) and call.func.attr not in FILE_METHODS - WRITERS
    return imported or not harmless


def _of_a_table(method: str, call: ast.Call) -> bool:
    """Whether a call can only be that of a table or a text, though files and sessions have such a method too."""
    match method:
        case "head":
            return all(isinstance(each, ast.Constant) and isinstance(each.value, int) for each in call.args)
        case "rename":
            return bool(call.keywords) and not call.args
        case "replace":
            return len(call.args) > 1 or bool(call.keywords)
    return False


def argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    """The argument of a call at a position or by a keyword."""
    if 0 <= position < len(call.args):
        return call.args[position]
    return next((word.value for word in call.keywords if word.arg == keyword), None)


def _sure_calls(node: ast.stmt) -> Iterator[ast.Call]:
    """The calls that a simple statement, or the head of a `with` or a loop, makes whatever happens."""
    waiting: list[ast.AST] = [node] if isinstance(node, SIMPLE) else []
    if isinstance(node, ast.For):
        waiting = [node.iter]
    if isinstance(node, ast.With):
        waiting = [item.context_expr for item in node.items]
    while waiting:
        part = waiting.pop()
        if isinstance(part, LATER | MAYBE):
            continue
        if isinstance(part, ast.Call):
            yield part
        waiting += ast.iter_child_nodes(part)


def _mode(call: ast.Call) -> str:
    mode = argument(call, 1, "mode")
    if mode is None:
        return "r"
    return mode.value[:1] if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else "?"
