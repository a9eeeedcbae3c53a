from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._learning import SPLITS, fits
from nb2prod.rules._rule import Rule

FOLDS = (
    "cross_val",
    "KFold",
    "GridSearchCV",
    "RandomizedSearchCV",
    "ShuffleSplit",
    "TimeSeriesSplit",
    "HalvingGridSearchCV",
    "LeaveOneOut",
    "CV",
)


class SingleSplit(Rule):
    """A score comes from one split and has no interval.

    With another split it would be another number; how far apart is not known.

    Use cross-validation, or give the spread over several splits.
    """

    group = "evaluation"
    severity = "info"
    profile = "all"
    once = True
    calls = frozenset(SPLITS)
    bad = """
# %%
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
X_train, X_test = train_test_split(X, random_state=1)  # [single-split]
model = LinearRegression()
model.fit(X_train, y_train)
"""
    good = """
# %%
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score, train_test_split
X_train, X_test = train_test_split(X, random_state=1)
print(cross_val_score(LinearRegression(), X_train, y_train))
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The split, in a notebook without cross-validation."""
        found = context.calls(*SPLITS)
        folds = any(word in origin for origin in context.analysis.origins.values() for word in FOLDS)
        if found and fits(context) and not folds:
            yield context.finding(self, found[0], "one split, one number: how far it varies is not known")
