from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short


class SameFileReadTwice(Rule):
    """One file is read in several places.

    Each place has its own idea of the columns and types, and a change must be made in all of them.

    Read it once, in a function, and hand the result on.
    """

    group = "paths"
    severity = "info"
    profile = "ci"
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("sales.csv")
# %%
again = pd.read_csv("sales.csv")  # [same-file-read-twice]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("sales.csv")
other = pd.read_csv("people.csv")
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The second read of each file."""
        first: dict[str, int] = {}
        told: set[str] = set()
        for use in context.paths:
            if use.role != "read" or not use.whole:
                continue
            if use.text in first and use.text not in told:
                told.add(use.text)
                yield context.finding(self, use.call, f"{short(use.text)} was read in cell {first[use.text]} already")
            first.setdefault(use.text, context.cell_of(use.call).index)
