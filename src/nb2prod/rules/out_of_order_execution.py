from collections.abc import Iterator
from itertools import pairwise

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class OutOfOrderExecution(Rule):
    """The saved results come from running the cells in another order than they stand in.

    What is shown need not be what a run from top to bottom gives: `Restart & Run All` is the only order that
    anybody else can repeat.

    Run all cells from a fresh kernel and save. `convert` takes the order of the document, `verify` shows whether
    it gives the saved results.
    """

    group = "state"
    once = True
    needs = "executed"
    bad = """
# %% [1]
x = 1
# %% [3]
x = x * 2  # [out-of-order-execution]
# %% [2]
print(x)
"""
    good = """
# %% [4]
x = 1
# %%
never_run()
# %% [7]
print(x)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first cell that ran later than one below it."""
        ran = [
            (cell, cell.execution_count) for cell in context.code_cells if cell.execution_count and cell.source.strip()
        ]
        for (cell, count), (after, next_count) in pairwise(ran):
            if count > next_count:
                place = context.line(cell, 1)
                later = f"the cell {after.index} below it as [{next_count}]"
                message = f"this cell ran as [{count}], {later}: run all from the top"
                yield context.finding(self, place, message)
                return
