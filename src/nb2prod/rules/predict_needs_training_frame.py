import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules.preprocessing_not_saved import saved_names


class PredictNeedsTrainingFrame(Rule):
    """The columns that a saved model expects come from `get_dummies` on the training data.

    New rows give other columns: a category that is missing today leaves its column out, a new one adds one. The
    same columns can't be made without the training data.

    Use `OneHotEncoder(handle_unknown="ignore")` in a `Pipeline`, and save that.
    """

    group = "operations"
    severity = "error"
    once = True
    calls = frozenset({"pandas.get_dummies"})
    bad = """
# %%
import joblib
import pandas as pd
X = pd.get_dummies(frame)  # [predict-needs-training-frame]
model.fit(X, y)
joblib.dump(model, "model.joblib")
"""
    good = """
# %%
import joblib
import pandas as pd
X = pd.get_dummies(frame)
model.fit(X, y)
joblib.dump(model, "model.joblib")
joblib.dump(list(X.columns), "columns.joblib")
# %%
def prepare(new):
    return pd.get_dummies(new).reindex(columns=columns, fill_value=0)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A `get_dummies` in a notebook that saves a model but not the columns."""
        saved = saved_names(context)
        keeps = any(
            isinstance(part, ast.Attribute) and part.attr == "columns" for c in saved.values() for part in ast.walk(c)
        )
        fitted = bool(context.methods("fit"))
        if saved and fitted and not keeps and not context.methods("reindex", "align"):
            yield context.finding(
                self, call, "the saved model expects the columns that `get_dummies` makes of the training data"
            )
