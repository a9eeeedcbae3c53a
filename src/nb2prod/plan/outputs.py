"""What goes out: files that may be written under another name and moved into place when the run is over."""

import ast
from collections import Counter
from collections.abc import Iterable

from nb2prod import catalogue
from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Setting, Stage
from nb2prod.plan.inputs import stirs
from nb2prod.plan.supplied import WRITERS, Supplied, argument, supplied

OPENERS = frozenset({"open", "builtins.open", "io.open"})
DUMPS = frozenset({"joblib.dump", "numpy.savetxt"})
# With one of these a file is not written whole, or by more than its path.
OTHERWISE = frozenset({None, "mode", "storage_options", "partition_cols", "engine"})


def outputs_of(stages: Iterable[Stage], settings: Iterable[Setting], analysis: Analysis) -> tuple[str, ...]:
    """The settings of files that plain writers write whole, and that nothing looks at but by the setting afterwards."""
    uses, known = Counter[str](), Counter[str]()
    found: set[str] = set()
    for stage in stages:
        for each in supplied(stage, analysis):
            if not isinstance(each, Supplied):
                if each.guarded:
                    return ()
                if "shell" in (each.code or ""):
                    found.clear()
                continue
            if _looks(each, analysis):
                found.clear()
            writes = {name for call, name in each.writes() if _plain(call, analysis)}
            if isinstance(each.statement.node, ast.Expr | ast.With):
                found |= {name for name in writes if not uses[name]}
            known.update([*writes, *(name for _, name in each.reads())])
            uses.update(each.mentions())
    outputs = {setting.name for setting in settings if setting.kind == "output"}
    return tuple(sorted(name for name in found & outputs if uses[name] == known[name]))


def _looks(each: Supplied, analysis: Analysis) -> bool:
    """Whether a statement may look at a file that was written before."""
    statement = each.statement
    reads = "reads" in statement.facts.effects and not list(each.reads()) and not _only_opens_to_write(each, analysis)
    return reads or "files" in statement.facts.effects or stirs(statement, analysis)


def _only_opens_to_write(each: Supplied, analysis: Analysis) -> bool:
    """Whether all files that a statement opens are written, whole."""
    calls = [part for part in ast.walk(each.statement.node) if isinstance(part, ast.Call)]
    known = [(call, catalogue.function(analysis.qualified(call.func))) for call in calls]
    readers = [call for call, function in known if function and function.reads]
    return bool(readers) and all(_plain(call, analysis) for call in readers)


def _plain(call: ast.Call, analysis: Analysis) -> bool:
    name = analysis.qualified(call.func)
    if name in OPENERS:
        mode = argument(call, 1, "mode")
        return isinstance(mode, ast.Constant) and str(mode.value)[:1] == "w" and "+" not in str(mode.value)
    if any(word.arg in OTHERWISE for word in call.keywords):
        return False
    return name in DUMPS or (isinstance(call.func, ast.Attribute) and call.func.attr in WRITERS)
