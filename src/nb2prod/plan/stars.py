"""`from m import *`: at module level if it rebinds nothing that matters, else at its place, into the module's names."""

import ast
from collections.abc import Iterator, Sequence, Set

from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.notebook import Cell
from nb2prod.model.places import span
from nb2prod.model.plan import Edit
from nb2prod.plan.commands import SHELL
from nb2prod.plan.names import BUILTINS, DEFINITIONS, IMPORTS

NUMPY = frozenset("abs all any bool bytes divmod max min pow round sum".split())
# The builtins that well-known modules replace; of any other module nobody knows.
REPLACED = {
    **dict.fromkeys(
        "cmath random statistics datetime time itertools functools collections string typing decimal fractions json tkinter turtle "
        "matplotlib.pyplot sklearn.metrics sympy pathlib IPython.display scipy".split(),
        frozenset[str](),
    ),
    "math": frozenset({"pow"}), "os": frozenset({"open"}), "operator": frozenset({"abs", "pow"}),
    "scipy.stats": frozenset({"abs"}), "numpy": NUMPY, "pylab": NUMPY,
}  # fmt: skip
REASON = "from {} import * stands where it may bind names anew that the text does not show"


def is_star(node: ast.AST | None) -> bool:
    """Whether a node is `from m import *`."""
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def star_edits(statement: Statement, cell: Cell, analysis: Analysis) -> Iterator[tuple[Edit, str]]:
    """The edits that run star imports at their place, each with the reason."""
    if "import" not in cell.source or "*" not in cell.source:
        return
    for node in ast.walk(statement.node):
        if not isinstance(node, ast.ImportFrom) or not is_star(node):
            continue
        module = "." * node.level + (node.module or "")
        if node is statement.node and not _matters(statement, module, analysis):
            continue
        text = f"globals().update({SHELL}.star({module!r}))"
        yield Edit(span(node, cell.index, cell.lines), text, "reflection"), REASON.format(module)


def _matters(star: Statement, module: str, analysis: Analysis) -> bool:
    """Whether it would show if the import stood above all stages, once and for all runs."""
    before, after = analysis.statements[: star.index], analysis.statements[star.index + 1 :]
    untouched = BUILTINS - REPLACED.get(module, BUILTINS)
    values, known = _bound(before), {name for statement in before for name in statement.facts.touched}
    captured = (s.facts.deferred for s in analysis.statements if isinstance(s.node, DEFINITIONS))
    needed = _needed(after)
    if values & needed.union(*captured) or (needed & _bound(after)) - known - untouched:
        return True
    return bool(_read(before) - known - untouched)


def _bound(statements: Sequence[Statement]) -> Set[str]:
    """The names that some statements bind or unbind, but for imports."""
    values = (s for s in statements if not isinstance(s.node, IMPORTS))
    return frozenset().union(*(s.facts.touched | s.facts.deferred_writes for s in values))


def _read(statements: Sequence[Statement]) -> Set[str]:
    """The names that some statements look up when they run; a function that nobody names yet looks up nothing."""
    reads = frozenset().union(
        *(s.facts.exposed | s.facts.strings for s in statements if not isinstance(s.node, IMPORTS))
    )
    running = (s for s in statements if not isinstance(s.node, DEFINITIONS) or s.node.name in reads)
    return reads.union(*(s.facts.deferred | s.facts.nested_strings for s in running))


def _needed(after: Sequence[Statement]) -> frozenset[str]:
    """The names whose values from before some statements may still read at once."""
    bound: set[str] = set()
    needed: set[str] = set()
    for statement in after:
        needed |= statement.facts.exposed - bound
        bound |= statement.facts.must
    return frozenset(needed)
