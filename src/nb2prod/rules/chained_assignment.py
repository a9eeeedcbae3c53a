import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import FRAME
from nb2prod.rules._rule import Rule


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

    def on_assign(self, node: ast.Assign, context: Context) -> Iterator[Finding]:
        """A target with two subscripts in a row on a frame."""
        target = node.targets[0]
        match target:
            case ast.Subscript(value=ast.Subscript(value=owner) | ast.Attribute(value=owner, attr=_) as inner):
                chained = isinstance(inner, ast.Subscript) or inner.attr not in {
                    "loc",
                    "iloc",
                    "at",
                    "iat",
                    "values",
                    "str",
                    "columns",
                    "index",
                }
                if (
                    chained
                    and context.flow.type_of(owner) == FRAME
                    and context.flow.type_of(inner) in {FRAME, "pandas.Series"}
                ):
                    yield context.finding(self, node, "this may write into a copy: use `.loc[rows, column]`")
