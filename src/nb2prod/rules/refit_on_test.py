import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Place, Replace
from nb2prod.rules._context import Context
from nb2prod.rules._learning import holds_test_data, receiver, root_name
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

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A fit on test data of something that was fitted before."""
        if not call.args or not isinstance(call.func, ast.Attribute):
            return
        test = holds_test_data(context, call.args[0])
        if not test and not ("test" in root_name(call.args[0]).lower() and self._fitted_before(call, context)):
            return
        place = context.place(call.func)
        end = place.end_column
        edit = Replace(
            "transform",
            Place(place.cell, place.end_line, end - len("fit_transform"), place.end_line, end),
            safety="unsafe",
        )
        fix = edit if call.func.attr == "fit_transform" and len(call.args) == 1 else None
        yield context.finding(
            self, call, f"`{call.func.attr}` on the test data: fit on the training data only", fix=fix
        )

    def _fitted_before(self, call: ast.Call, context: Context) -> bool:
        """Whether the same object was fitted on something else above."""
        owner = root_name(receiver(call) or call)
        for other in context.methods("fit_transform", "fit"):
            above = context.order(other) < context.order(call)
            if above and other.args and isinstance(receiver(other), ast.Name) and root_name(other) == owner:
                return "test" not in root_name(other.args[0]).lower()
        return False
