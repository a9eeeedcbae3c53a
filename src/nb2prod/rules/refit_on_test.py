import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Place, Replace
from nb2prod.model.nodes import root_name
from nb2prod.rules._context import Context
from nb2prod.rules._learning import holds_test_data, receiver
from nb2prod.rules._rule import Rule


class RefitOnTest(Rule):
    """A transformer is fitted again, on the test data.

    The test data are scaled or encoded by their own statistics, not by those that the model was trained with.
    In production there is nothing to fit on: the model sees other numbers than the ones that were tested.

    Fit on the training data and only `transform` the rest. The fix writes `transform`.
    """

    group = "leakage"
    severity = "error"
    methods = frozenset({"fit_transform", "fit"})
    bad = """
# %%
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X_train, X_test = train_test_split(X, random_state=1)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.fit_transform(X_test)  # [refit-on-test]
"""
    fixed = """
# %%
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X_train, X_test = train_test_split(X, random_state=1)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
"""
    good = """
# %%
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X_train, X_test = train_test_split(X, random_state=1)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
other = StandardScaler().fit(X_all)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The fits on test data; data that are only called so count if the same object was fitted on others above."""
        fitted: set[str] = set()
        for call in context.calls_of(self):
            owner = receiver(call)
            if not call.args or not isinstance(call.func, ast.Attribute) or owner is None:
                continue
            called_test = "test" in root_name(call.args[0]).lower()
            again = isinstance(owner, ast.Name) and owner.id in fitted
            if holds_test_data(context, call.args[0]) or (called_test and again):
                yield self._of(call, call.func, context)
            if isinstance(owner, ast.Name) and not called_test:
                fitted.add(owner.id)

    def _of(self, call: ast.Call, func: ast.Attribute, context: Context) -> Finding:
        place = context.place(func)
        end = place.end_column
        name = Place(place.cell, place.end_line, end - len("fit_transform"), place.end_line, end)
        fix = Replace("transform", name) if func.attr == "fit_transform" and len(call.args) == 1 else None
        return context.finding(self, call, f"`{func.attr}` on the test data: fit on the training data only", fix=fix)
