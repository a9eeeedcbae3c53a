from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._learning import FITTED, fits
from nb2prod.rules._rule import Rule
from nb2prod.rules.preprocessing_not_saved import saved_names


class ModelNeverSaved(Rule):
    """A model is fitted and never saved.

    It is gone when the kernel stops; nothing can be deployed, compared or rolled back to.

    Save the fitted pipeline with the versions, the columns and the score that belong to it.
    """

    group = "operations"
    profile = "ci"
    once = True
    methods = FITTED
    bad = """
# %%
from sklearn.linear_model import LinearRegression
model = LinearRegression()
model.fit(X, y)  # [model-never-saved]
"""
    good = """
# %%
import pickle
from sklearn.linear_model import LinearRegression
model = LinearRegression()
model.fit(X, y)
with open("model.pkl", "wb") as file:
    pickle.dump(model, file)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The last fit of the notebook."""
        fitted = fits(context)
        if fitted and not saved_names(context):
            yield context.finding(self, fitted[-1], "the model is fitted and never saved")
