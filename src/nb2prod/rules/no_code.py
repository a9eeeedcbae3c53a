from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class NoCode(Rule):
    """The notebook has no code.

    Nothing can be converted or checked: its code cells are empty or hold only comments.
    """

    group = "blockers"
    bad = """
# %%
# read the data  # [no-code]
"""
    good = """
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The notebook, at its first code cell."""
        code = context.code_cells
        if context.analysis.statements or any(cell.problem or cell.magics for cell in code):
            return
        if any(tree.body for tree in context.analysis.trees.values()):
            return
        cell = code[0].index if code else 1
        yield context.finding(self, Place(cell, 1, 1, 1, 1), "no cell holds any code")
