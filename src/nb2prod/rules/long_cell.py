import ast
from collections.abc import Iterator
from types import MappingProxyType

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class LongCell(Rule):
    """A cell is too long to be understood at once.

    Split it where its subject changes. `convert` cuts at headings and where data are handed on.
    """

    group = "testability"
    severity = "info"
    profile = "ci"
    options = MappingProxyType({"lines": 60})
    bad = "# %%\nx = 0  # [long-cell]\n" + "x = x + 1\n" * 60
    good = """
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell of more than `lines` lines that is not one definition."""
        limit = context.number(self, "lines")
        for cell in context.code_cells:
            if cell.source.count("\n") < limit:
                continue
            tree = context.analysis.trees.get(cell.index)
            count = sum(1 for line in cell.source.split("\n") if line.strip())
            if tree is None or len(tree.body) < 2 or count <= limit:
                continue
            count -= sum(map(_lines_of_data, tree.body))
            if count > limit:
                yield context.finding(self, context.line(cell, 1), f"{count} lines in one cell")


def _lines_of_data(statement: ast.stmt) -> int:
    """How many lines of a statement are a table of literals, which takes no understanding."""
    values = [*ast.iter_child_nodes(statement)]
    values += [part for value in values if isinstance(value, ast.Call) for part in value.args]
    tables = [value for value in values if isinstance(value, (ast.List, ast.Tuple, ast.Dict, ast.Set))]
    return sum((table.end_lineno or table.lineno) - table.lineno for table in tables)
