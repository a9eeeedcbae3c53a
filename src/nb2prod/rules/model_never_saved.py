from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._learning import FITTED, fits, receiver
from nb2prod.rules._rule import Rule
from nb2prod.rules.preprocessing_not_saved import saved_names

# What is fitted here is read off and kept as numbers: no later run predicts with it.
READ_OFF = ("statsmodels.",)


class ModelNeverSaved(Rule):
    """A model is fitted and never saved.

    It is gone when the kernel stops; nothing can be deployed, compared or rolled back to. What statsmodels fits is read
    off as numbers and is not meant.

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
# %%
import statsmodels.api as sm
result = sm.OLS(y, X).fit()
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The last fit of the notebook."""
        owners = ((call, receiver(call)) for call in fits(context))
        fitted = [call for call, owner in owners if owner and not context.flow.type_of(owner).startswith(READ_OFF)]
        if fitted and not saved_names(context):
            yield context.finding(self, fitted[-1], "the model is fitted and never saved")
