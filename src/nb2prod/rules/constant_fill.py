import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import argument, constant
from nb2prod.rules._rule import Rule


class ConstantFill(Rule):
    """Missing values are filled with a constant or with a statistic of all rows.

    Why they are missing is no longer visible, and new data are filled with another mean, or not at all.

    Keep what was filled with the model (`SimpleImputer` in a `Pipeline`), and count how many there were.
    """

    group = "validation"
    severity = "info"
    profile = "ci"
    once = True
    methods = frozenset({"fillna"})
    bad = """
# %%
df["age"] = df["age"].fillna(df["age"].mean())  # [constant-fill]
df = df.fillna(0)
"""
    good = """
# %%
df = df.fillna(method="ffill")
df["age"] = imputer.transform(df["age"])
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A fill with a number or a statistic."""
        value = argument(call, 0, "value")
        number = isinstance(constant(value), (int, float))
        statistic = (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
            and value.func.attr in {"mean", "median", "mode"}
        )
        if number or statistic:
            yield context.finding(self, call, "missing values are filled with a constant or a statistic of all rows")
