import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import FRAME, SERIES
from nb2prod.rules._rule import Rule

# Attributes whose items may be written to.
PLAIN = frozenset({"loc", "iloc", "at", "iat", "values", "str", "columns", "index"})


class ChainedAssignment(Rule):
    """A value is written into a selection of a frame.

    `df[rows][column] = x` may write into a copy that is thrown away; from pandas 3 on it always does.

    Use `df.loc[rows, column] = x`.
    """

    group = "validation"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
df["price"][df["price"] < 0] = 0  # [chained-assignment]
df[df["a"] > 3]["b"] = 1  # [chained-assignment]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
df.loc[df["price"] < 0, "price"] = 0
nested = {"a": {"b": 1}}
nested["a"]["b"] = 2
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A target with two subscripts in a row on a frame."""
        for node in context.nodes(ast.Assign):
            target = node.targets[0]
            inner = target.value if isinstance(target, ast.Subscript) else None
            chained = isinstance(inner, ast.Subscript) or (isinstance(inner, ast.Attribute) and inner.attr not in PLAIN)
            if not chained or not isinstance(inner, (ast.Subscript, ast.Attribute)):
                continue
            if context.flow.type_of(inner.value) == FRAME and context.flow.type_of(inner) in {FRAME, SERIES}:
                yield context.finding(self, node, "this may write into a copy: use `.loc[rows, column]`")
