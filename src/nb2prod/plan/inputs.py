"""What comes in: inputs that can be checked before a run, and stages that may try the network again."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nb2prod import catalogue
from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.plan import Input, Setting, Stage
from nb2prod.plan.constants import literal
from nb2prod.plan.supplied import LATER, Supplied, supplied, unknown

# After one of these, a file may be there that was not there before, or a path may mean another file.
STIRS = frozenset({"shell", "cwd", "network", "database", "env", "exit", "input", "path", "sleep"})
# These look at files, or make folders, and leave the files as they are.
LOOKS = frozenset("os.makedirs os.mkdir os.walk os.listdir os.scandir os.getcwd os.stat glob.glob glob.iglob".split())
# A reader that finds nothing says nothing.
FINDERS = ("glob.", "os.")
TABLES, FRAME = "pandas.read_", "pandas.DataFrame"


@dataclass(slots=True)
class Reach:
    """What has run so far, as far as it decides which files are there."""

    analysis: Analysis
    stirred: bool = False
    written: set[str] = field(default_factory=set)

    def after(self, statement: Statement) -> None:
        """Take in a statement."""
        self.stirred = self.stirred or stirs(statement, self.analysis)


def stirs(statement: Statement, analysis: Analysis) -> bool:
    """Whether a statement may change which files are there, other than by a plain reader or writer."""
    if isinstance(statement.node, LATER | ast.Import | ast.ImportFrom):
        return False
    calls = [part for part in ast.walk(statement.node) if isinstance(part, ast.Call)]
    changes = any(_changes_files(analysis.qualified(call.func)) or unknown(call, analysis) for call in calls)
    return changes or bool(statement.facts.effects & STIRS)


def _changes_files(name: str) -> bool:
    known = catalogue.function(name)
    return known is not None and "files" in known.effects and name not in LOOKS and not name.startswith("os.path.")


def inputs_of(stages: Iterable[Stage], settings: Iterable[Setting], analysis: Analysis) -> tuple[Input, ...]:
    """The inputs that a run surely reads before anything could have made them, in order, each once."""
    by_name = {setting.name: setting for setting in settings if setting.kind == "path"}
    reach, found = Reach(analysis), dict[str, Input]()
    for stage in stages:
        for each in supplied(stage, analysis):
            if not isinstance(each, Supplied):
                reach.stirred = reach.stirred or bool(each.guarded) or "shell" in (each.code or "")
                continue
            for call, name in each.reads():
                finds = analysis.qualified(call.func).startswith(FINDERS)
                if name in by_name and not finds and not reach.stirred and name not in reach.written:
                    setting = by_name[name]
                    reader = _reader(call, analysis)
                    found.setdefault(name, Input(name, str(setting.default), stage.name, setting.cell, *reader))
            written = {name for _, name in each.writes()}
            reach.written |= written
            reach.after(each.statement)
            reach.stirred = reach.stirred or _writes_unnamed(each.statement, written)
    return tuple(found.values())


def _writes_unnamed(statement: Statement, written: set[str]) -> bool:
    """Whether a statement may write a file whose name is computed: it may be the one that is read later."""
    writes = any(how == "write" for how, _ in statement.files) and not isinstance(statement.node, LATER)
    return writes and (not written or isinstance(statement.node, ast.For | ast.AsyncFor | ast.While))


def tables_read(analysis: Analysis) -> tuple[Input, ...]:
    """Every table that top-level code reads by a literal path, whether or not something may have made it before."""
    found: dict[str, Input] = {}
    for statement in analysis.statements:
        if isinstance(statement.node, LATER):
            continue
        for call in (part for part in ast.walk(statement.node) if isinstance(part, ast.Call)):
            reader, options = _reader(call, analysis)
            path = _literal_path(call, analysis) if reader else ""
            if path:
                found.setdefault(path, Input("", path, "", statement.cell, reader, options))
    return tuple(found.values())


def _literal_path(call: ast.Call, analysis: Analysis) -> str:
    """The path that a reader is given, as it stands or by a variable that is bound once to a literal."""
    node = call.args[0] if call.args else None
    if isinstance(node, ast.Name):
        bound = [s.node for s in analysis.statements if node.id in s.facts.touched]
        node = bound[0].value if len(bound) == 1 and isinstance(bound[0], ast.Assign) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _reader(call: ast.Call, analysis: Analysis) -> tuple[str, str]:
    """The function that reads a table, and its other arguments as code; empty if a run alone knows them."""
    name = catalogue.canonical(analysis.qualified(call.func))
    known = catalogue.function(name)
    if known is None or known.reads is None or not name.startswith(TABLES):
        return "", ""
    others = [word for word in call.keywords if word.arg != known.reads[1]]
    plain = len(call.args) <= 1 and all(word.arg and literal(word.value) for word in others)
    if not plain or known.result(len(call.args), {word.arg or "" for word in others}) != FRAME:
        return "", ""
    return name, "".join(f", {word.arg}={ast.unparse(word.value)}" for word in others)


def retried_of(stages: Iterable[Stage], settings: Sequence[Setting], analysis: Analysis) -> tuple[str, ...]:
    """The stages whose first statement alone reads from the network: when that fails, nothing has been done yet."""
    urls = {setting.name for setting in settings if setting.kind == "url"}
    return tuple(
        stage.name for stage in stages if urls and not stage.coroutine and _only_reads_first(stage, urls, analysis)
    )


def _only_reads_first(stage: Stage, urls: set[str], analysis: Analysis) -> bool:
    first, *rest = [*supplied(stage, analysis), None]
    if not isinstance(first, Supplied) or not isinstance(first.statement.node, ast.Assign):
        return False
    calls = [part for part in ast.walk(first.statement.node) if isinstance(part, ast.Call)]
    if len(calls) != 1 or not urls & {name for _, name in first.reads()}:
        return False
    return not any(isinstance(each, Supplied) and _may_fail(each.statement, analysis) for each in rest)


def _may_fail(statement: Statement, analysis: Analysis) -> bool:
    """Whether a statement may fail as a read from the network does."""
    return bool(statement.facts.effects & {"reads", "writes"}) or stirs(statement, analysis)
