from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class PartlyExecuted(Rule):
    """Some cells were run before saving and others were not.

    The results that are shown may rest on cells that are not shown as run, or the notebook was never run to its end.

    Run all cells from a fresh kernel and save.
    """

    group = "state"
    severity = "info"
    profile = "ci"
    once = True
    needs = "executed"
    bad = """
# %% [1]
x = 1
# %%
y = x + 1  # [partly-executed]
# %% [2]
print(y)
"""
    good = """
# %% [1]
x = 1
# %% [2]
print(x)
# %%
# only a remark
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell that was not run, where others were."""
        cells = [cell for cell in context.code_cells if cell.source.strip()]
        if not any(cell.execution_count for cell in cells):
            return
        for cell in cells:
            tree = context.analysis.trees.get(cell.index)
            if not cell.execution_count and not cell.outputs and (tree is None or tree.body):
                yield context.finding(self, context.line(cell, 1), "this cell was not run before saving, others were")
