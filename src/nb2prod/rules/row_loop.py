import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class RowLoop(Rule):
    """A frame is gone through row by row.

    That is hundreds of times slower than working on whole columns, and each row loses its types.

    Work on columns; where a loop is needed, `itertuples`.
    """

    group = "operations"
    severity = "info"
    profile = "ci"
    methods = frozenset({"iterrows"})
    bad = """
# %%
for index, row in df.iterrows():  # [row-loop]
    total += row["a"]
"""
    good = """
# %%
for row in df.itertuples():
    total += row.a
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """`iterrows`."""
        yield context.finding(self, call, "`iterrows` is slow and loses the types of the columns")
