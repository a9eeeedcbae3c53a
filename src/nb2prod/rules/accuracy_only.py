import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

METRICS = "sklearn.metrics."


class AccuracyOnly(Rule):
    """A classifier is judged by its accuracy alone.

    If 95 of 100 rows are of one class, a model that always says that class has 95 %.

    Look at recall, precision or a confusion matrix as well, and at what the rarer class costs.
    """

    group = "evaluation"
    profile = "ci"
    once = True
    calls = frozenset({"sklearn.metrics.accuracy_score"})
    bad = """
# %%
from sklearn.metrics import accuracy_score
print(accuracy_score(y_test, y_pred))  # [accuracy-only]
"""
    good = """
# %%
from sklearn.metrics import accuracy_score, f1_score
print(accuracy_score(y_test, y_pred), f1_score(y_test, y_pred))
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The only metric of the notebook."""
        used = {context.qualified(other.func) for other in context.calls_below(METRICS)}
        if used == {"sklearn.metrics.accuracy_score"}:
            yield context.finding(self, call, "accuracy alone hides how the rarer class fares")
