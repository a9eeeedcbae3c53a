from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._learning import FITTED, fits
from nb2prod.rules._rule import Rule


class NoBaseline(Rule):
    """No model is compared with a simple guess.

    Whether 0.83 is good depends on what always guessing the mean, the last value or the commonest class gives.

    Score a `DummyClassifier` or `DummyRegressor` on the same data.
    """

    group = "evaluation"
    severity = "info"
    profile = "all"
    once = True
    methods = FITTED
    bad = """
# %%
from sklearn.linear_model import LinearRegression
model = LinearRegression()
model.fit(X, y)  # [no-baseline]
"""
    good = """
# %%
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LinearRegression
model = LinearRegression()
model.fit(X, y)
base = DummyRegressor().fit(X, y)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first fit, in a notebook without a dummy model."""
        fitted = fits(context)
        dummy = any(origin.startswith("sklearn.dummy") for origin in context.analysis.origins.values())
        if fitted and not dummy and "baseline" not in " ".join(context.bound).lower():
            yield context.finding(self, fitted[0], "no simple guess to compare the model with")
