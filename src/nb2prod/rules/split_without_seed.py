import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._edits import adding
from nb2prod.rules._flow import constant, keyword, spreads
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

SHUFFLED = frozenset({"sklearn.model_selection.KFold", "sklearn.model_selection.StratifiedKFold"})
ALWAYS = frozenset(
    f"sklearn.model_selection.{name}"
    for name in words(
        "train_test_split ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit RepeatedKFold "
        "RepeatedStratifiedKFold"
    )
)


class SplitWithoutSeed(Rule):
    """Data are split at random and nothing fixes the split.

    Each run trains and tests on other rows: scores of two runs can't be compared.

    Pass `random_state=`. The fix writes `random_state=0`.
    """

    group = "reproducibility"
    calls = SHUFFLED | ALWAYS
    bad = """
# %%
from sklearn.model_selection import train_test_split
train, test = train_test_split(df)  # [split-without-seed]
"""
    fixed = """
# %%
from sklearn.model_selection import train_test_split
train, test = train_test_split(df, random_state=0)
"""
    good = """
# %%
from sklearn.model_selection import train_test_split, KFold
train, test = train_test_split(df, random_state=4)
first, last = train_test_split(df, shuffle=False)
folds = KFold(5)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A shuffled split without `random_state`; a seed of numpy's above it counts."""
        name = context.qualified(call.func)
        shuffles = constant(keyword(call, "shuffle"))
        if shuffles is False or (name in SHUFFLED and shuffles is not True) or spreads(call):
            return
        if keyword(call, "random_state") is not None or context.calls("numpy.random.seed"):
            return
        fix = adding(context, call, "random_state=0", "safe")
        yield context.finding(
            self, call, f"`{name.rpartition('.')[2]}` splits otherwise in each run: pass `random_state=`", fix=fix
        )
