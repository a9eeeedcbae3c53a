"""Lines that a shell command printed, kept in a variable: IPython's list has its text as attributes, a plain list has not."""

import ast
from collections import Counter
from collections.abc import Iterator

from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.notebook import Cell
from nb2prod.model.places import span
from nb2prod.model.plan import Edit

TEXTS = {
    **dict.fromkeys(("n", "nlstr"), '"\\n".join({})'), **dict.fromkeys(("s", "spstr"), '" ".join({})'),
    **dict.fromkeys(("l", "list"), "list({})"),
}  # fmt: skip


def listings(analysis: Analysis) -> frozenset[str]:
    """The names that only ever hold the lines of a shell command."""
    kept = Counter(m.target for cell in analysis.notebook.code for m in cell.magics if m.kind == "shell" and m.target)
    bound = Counter(name for s in analysis.statements for name in s.facts.touched | s.facts.deferred_writes)
    return frozenset(name for name, count in kept.items() if bound[name] <= count)


def listing_edits(statement: Statement, cell: Cell, names: frozenset[str]) -> Iterator[Edit]:
    """The edits that make the texts of such lists of the lists themselves."""
    if not names & (statement.facts.reads | statement.facts.deferred):
        return
    for node in ast.walk(statement.node):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in names and attr in TEXTS:
                yield Edit(span(node, cell.index, cell.lines), TEXTS[attr].format(name), "magic")
