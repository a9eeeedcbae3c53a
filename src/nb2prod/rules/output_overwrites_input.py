from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short


class OutputOverwritesInput(Rule):
    """A file that the notebook reads is written over by the notebook.

    The second run reads what the first one made: the data are gone, and the results change from run to run.

    Write to another file.
    """

    group = "paths"
    severity = "error"
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("sales.csv")
# %%
df.dropna().to_csv("sales.csv")  # [output-overwrites-input]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("sales.csv")
df.to_csv("clean.csv")
again = pd.read_csv("clean.csv")
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each write to a path that was read above."""
        reads = [use for use in context.paths if use.role == "read" and use.whole]
        writes = [use for use in context.paths if use.role == "write" and use.whole]
        for write in writes:
            at = context.order(write.call)
            earlier = [use for use in reads if use.text == write.text and context.order(use.call) < at]
            made_here = (
                any(
                    other.text == write.text and context.order(other.call) < context.order(earlier[0].call)
                    for other in writes
                )
                if earlier
                else True
            )
            if not made_here:
                cell = context.cell_of(earlier[0].call).index
                yield context.finding(
                    self, write.call, f"{short(write.text)}, which cell {cell} reads, is written over"
                )
