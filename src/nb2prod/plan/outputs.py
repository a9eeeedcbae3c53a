"""What goes out: files that may be written under another name and moved into place when the run is over."""

import ast
from collections import Counter
from collections.abc import Iterable

from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Setting, Stage
from nb2prod.plan.inputs import stirs
from nb2prod.plan.supplied import WRITERS, Supplied, supplied

DUMPS = frozenset({"joblib.dump", "numpy.savetxt"})
# With one of these a file is not written whole, or by more than its path.
OTHERWISE = frozenset({None, "mode", "storage_options", "partition_cols", "engine"})


def outputs_of(stages: Iterable[Stage], settings: Iterable[Setting], analysis: Analysis) -> tuple[str, ...]:
    """The settings of files that one plain writer writes, and that nothing in the notebook looks at afterwards."""
    uses = Counter[str]()
    found: set[str] = set()
    for stage in stages:
        for each in supplied(stage, analysis):
            if not isinstance(each, Supplied):
                if each.guarded:
                    return ()
                if "shell" in (each.code or ""):
                    found.clear()
                continue
            uses.update(each.mentions())
            if _looks(each, analysis):
                found.clear()
            if isinstance(each.statement.node, ast.Expr):
                found |= {name for call, name in each.writes() if _plain(call, analysis)}
    outputs = {setting.name for setting in settings if setting.kind == "output"}
    return tuple(sorted(name for name in found & outputs if uses[name] == 1))


def _looks(each: Supplied, analysis: Analysis) -> bool:
    """Whether a statement may look at a file that was written before."""
    statement = each.statement
    reads = "reads" in statement.facts.effects and not list(each.reads())
    return reads or "files" in statement.facts.effects or stirs(statement, analysis)


def _plain(call: ast.Call, analysis: Analysis) -> bool:
    if any(word.arg in OTHERWISE for word in call.keywords):
        return False
    known = analysis.qualified(call.func) in DUMPS
    return known or (isinstance(call.func, ast.Attribute) and call.func.attr in WRITERS)
