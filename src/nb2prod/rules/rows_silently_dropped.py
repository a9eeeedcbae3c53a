import ast
from collections.abc import Iterator
from functools import lru_cache

from nb2prod.model import Convert, Finding
from nb2prod.model.nodes import within
from nb2prod.rules._context import Context
from nb2prod.rules._flow import FRAME, argument, constant, keyword
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

# What leaves gaps by itself: the first rows of a lag or a window have no value.
LAGS = words("diff shift pct_change rolling reindex lag asfreq resample ewm expanding align unstack pivot")
COUNTS = ("len(", ".shape", ".info(", ".isna(", ".isnull(", ".count(", "value_counts", ".size", ".describe(")


class RowsSilentlyDropped(Rule):
    """Rows or values are thrown away and nobody counts them.

    `dropna()`, `drop_duplicates()`, lines that can't be parsed (`on_bad_lines="skip"`) and values that can't be
    converted (`errors="coerce"`): with bad input everything may go, and the results look as good as ever.

    Count before and after, and stop above a share that you can defend. A count in the same cell is enough here.
    `convert` logs both counts.
    """

    group = "errors"
    methods = frozenset({"dropna", "drop_duplicates"})
    bad = """
# %%
import pandas as pd
df = pd.read_csv("a.csv", on_bad_lines="skip")  # [rows-silently-dropped]
df = df.dropna()  # [rows-silently-dropped]
df.drop_duplicates(inplace=True)  # [rows-silently-dropped]
df["day"] = pd.to_datetime(df["day"], errors="coerce")  # [rows-silently-dropped]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
# %%
df = df.dropna()
print(len(df))
# %%
df = df.dropna()
print(df.describe())
# %%
wide = df.dropna(axis=1)
moved = df.diff()
moved = moved.dropna()
some = df.dropna(subset=["a"])
plot(df["a"].dropna())
"""

    calls = frozenset(
        {"pandas.read_csv", "pandas.read_table", "pandas.to_numeric", "pandas.to_datetime", "pandas.to_timedelta"}
    )

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A call that drops, in a cell that counts nothing."""
        loss = _loss(call, context)
        if loss and not _counts(context.cell_of(call).source):
            fix = Convert("logs how many rows there were before and after")
            yield context.finding(self, call, f"{loss}, and nobody counts how many", fix=fix)


@lru_cache(maxsize=64)
def _counts(source: str) -> bool:
    return any(word in source for word in COUNTS)


def _loss(call: ast.Call, context: Context) -> str:
    """What a call throws away, "" if nothing or if its result is not kept."""
    if constant(keyword(call, "errors")) == "coerce":
        return "values that can't be converted become missing"
    if constant(keyword(call, "on_bad_lines")) == "skip" or constant(keyword(call, "error_bad_lines")) is False:
        return "lines that can't be parsed are skipped"
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"dropna", "drop_duplicates"}:
        return ""
    if any(k.arg in {"subset", "axis", "thresh", "how"} for k in call.keywords) or call.args:
        return ""
    inplace = constant(keyword(call, "inplace")) is True
    kept = inplace or (isinstance(context.parent(call), ast.Assign) and argument(call, 0, "axis") is None)
    owner = call.func.value
    frame = context.flow.type_of(owner) in {FRAME, ""} and not isinstance(owner, (ast.Subscript, ast.Attribute))
    made = within([owner, context.flow.value(owner)])
    lagged = any(isinstance(part, ast.Attribute) and part.attr in LAGS for part in made)
    what = "rows with a missing value" if call.func.attr == "dropna" else "rows that occur twice"
    return f"{what} are dropped" if kept and frame and not lagged else ""
