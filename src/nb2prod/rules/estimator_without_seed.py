import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import keyword, spreads
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

# They draw only with certain solvers or options, not by default.
SETTLED = words(
    "LogisticRegression Ridge RidgeClassifier SVC LinearSVC PCA TruncatedSVD Lasso ElasticNet SVR "
    "DecisionTreeClassifier LassoCV ElasticNetCV MultiTaskLasso MultiTaskLassoCV MultiTaskElasticNet "
    "MultiTaskElasticNetCV LogisticRegressionCV LinearSVR NuSVC Lars LassoLars"
)


class EstimatorWithoutSeed(Rule):
    """A model that draws random numbers is made without a seed.

    Two fits on the same data give two models.

    Pass `random_state=`, from the configuration.
    """

    group = "reproducibility"
    profile = "ci"
    bad = """
# %%
from sklearn.ensemble import RandomForestClassifier
model = RandomForestClassifier(100)  # [estimator-without-seed]
"""
    good = """
# %%
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression
model = RandomForestClassifier(100, random_state=1)
other = LinearRegression()
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A class of which the catalogue knows that it has a seed."""
        for call in context.calls_below("sklearn.", "xgboost.", "lightgbm."):
            yield from self._of(call, context)

    def _of(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        name = context.qualified(call.func)
        if "model_selection" in name or spreads(call):
            return
        known = context.flow.known(call)
        if known is None or known.seed != "random_state" or keyword(call, "random_state") is not None:
            return
        if name.rpartition(".")[2] in SETTLED or context.calls("numpy.random.seed"):
            return
        if known.role in {"train", "transform"}:
            yield context.finding(
                self, call, f"`{name.rpartition('.')[2]}` gives another model in each run: pass `random_state=`"
            )
