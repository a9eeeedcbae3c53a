import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import root_name
from nb2prod.rules._context import Context
from nb2prod.rules._learning import MODELS, PREPARING, receiver
from nb2prod.rules._rule import Rule


class EvaluatedOnTrain(Rule):
    """A model is scored only on the data that it was fitted on.

    The score shows how well the model remembers, not how well it predicts.

    Keep some data back with a split, or use cross-validation.
    """

    group = "evaluation"
    profile = "ci"
    methods = frozenset({"score"})
    bad = """
# %%
from sklearn.linear_model import LinearRegression
model = LinearRegression()
model.fit(X, y)
print(model.score(X, y))  # [evaluated-on-train]
"""
    good = """
# %%
from sklearn.linear_model import LinearRegression
model = LinearRegression()
model.fit(X_train, y_train)
print(model.score(X_train, y_train))
print(model.score(X_test, y_test))
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A score on the very data of the fit, where no other data are scored or predicted."""
        owner = receiver(call)
        if not isinstance(owner, ast.Name) or not call.args:
            return
        kind = context.flow.type_of(owner)
        if not kind.startswith(MODELS) or kind.startswith(PREPARING) or "cluster" in kind or "CV" in kind:
            return
        same = ast.dump(call.args[0])
        fitted = [c for c in context.methods("fit") if root_name(c) == owner.id and c.args]
        others = [
            c for c in context.methods("score", "predict", "predict_proba") if root_name(c) == owner.id and c.args
        ]
        if any(ast.dump(c.args[0]) == same for c in fitted) and all(ast.dump(c.args[0]) == same for c in others):
            yield context.finding(self, call, f"`{owner.id}` is scored only on what it was fitted on")
