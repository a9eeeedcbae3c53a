import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import root_name
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant, keyword
from nb2prod.rules._learning import SPLITS, ancestry
from nb2prod.rules._rule import Rule

LAGS = frozenset({"shift", "rolling", "ewm", "expanding", "asfreq"})


class RandomSplitOnTime(Rule):
    """Data with an order in time are split at random.

    The model learns from days after the ones that it is tested on. In production it never can.

    Test on the last stretch of time, or use `TimeSeriesSplit`.
    """

    group = "leakage"
    severity = "error"
    profile = "ci"
    calls = frozenset(SPLITS)
    bad = """
# %%
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("sales.csv").set_index("day").sort_index()
df["before"] = df["sold"].shift(1)
train, test = train_test_split(df, random_state=1)  # [random-split-on-time]
"""
    good = """
# %%
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("sales.csv")
df["before"] = df["sold"].shift(1)
train, test = train_test_split(df, shuffle=False)
other = pd.read_csv("people.csv")
a, b = train_test_split(other, random_state=1)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A shuffled split of a frame that has lagged columns."""
        lagged = {root_name(call) for call in context.methods(*LAGS)} - {""}
        for split in context.calls(*SPLITS):
            if not split.args or constant(keyword(split, "shuffle")) is False:
                continue
            names = {root_name(split.args[0])} | {root_name(call) for call in ancestry(context, split.args[0])}
            source = {name.id for name in ast.walk(split.args[0]) if isinstance(name, ast.Name)}
            if found := (names | source) & lagged:
                message = f"`{min(found)}` has columns made from earlier rows, and is split at random"
                yield context.finding(self, split, message)
