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
            count = sum(1 for line in cell.source.split("\n") if line.strip())
            tree = context.analysis.trees.get(cell.index)
            if count > limit and tree is not None and len(tree.body) > 1:
                yield context.finding(self, context.line(cell, 1), f"{count} lines in one cell")
