import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import root_name
from nb2prod.rules._context import Context
from nb2prod.rules._learning import MODELS, PREPARING
from nb2prod.rules._rule import Rule

DUMPS = (
    "pickle.dump",
    "pickle.dumps",
    "joblib.dump",
    "sklearn.externals.joblib.dump",
    "dill.dump",
    "cloudpickle.dump",
    "skops.io.dump",
)
SAVES = ("save", "save_model", "to_pickle", "export")
BUNDLES = ("sklearn.pipeline.", "sklearn.compose.", "sklearn.model_selection.", "imblearn.pipeline.")


def saved_names(context: Context) -> dict[str, ast.Call]:
    """The variables that are written to a file by a call, each with the call."""
    found: dict[str, ast.Call] = {}
    for call in context.calls(*DUMPS):
        for part in ast.walk(call.args[0]) if call.args else ():
            if isinstance(part, ast.Name):
                found.setdefault(part.id, call)
    for call in context.methods(*SAVES):
        found.setdefault(root_name(call), call)
    return found


class PreprocessingNotSaved(Rule):
    """The model is saved, the scaler or encoder that its inputs went through is not.

    Whoever loads the model can't make its inputs: new rows can only be scaled by their own statistics, which
    gives other predictions without any error.

    Save one `Pipeline` that holds both.
    """

    group = "operations"
    severity = "error"
    once = True
    attributes = frozenset({"fit_transform"})
    bad = """
# %%
import joblib
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
scaler = StandardScaler()
X = scaler.fit_transform(X_raw)  # [preprocessing-not-saved]
model = LogisticRegression().fit(X, y)
joblib.dump(model, "model.joblib")
"""
    good = """
# %%
import joblib
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler, MinMaxScaler
scaler = StandardScaler()
X = scaler.fit_transform(X_raw)
model = LogisticRegression().fit(X, y)
joblib.dump(model, "model.joblib")
joblib.dump(scaler, "scaler.joblib")
shown = MinMaxScaler().fit_transform(y)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Fitted preparations that are never saved, where a model that was fitted on their results is."""
        fits = [call for call in context.methods("fit_transform") if call.args]
        if not fits or not (saved := saved_names(context)):
            return
        models = [name for name in saved if self._type(name, context).startswith(MODELS)]
        models = [name for name in models if not self._type(name, context).startswith((*BUNDLES, *PREPARING))]
        inputs = {
            part.id
            for fit in context.methods("fit")
            if models and root_name(fit) in models
            for argument in fit.args[:1]
            for part in ast.walk(argument)
            if isinstance(part, ast.Name)
        }
        inputs |= {part.id for name in models for part in self._fitted_where_made(name, context)}
        for call in fits:
            owner = root_name(call)
            target = context.parent(call)
            results = {root_name(t) for t in target.targets} if isinstance(target, ast.Assign) else set()
            kind = context.flow.type_of(call.func.value) if isinstance(call.func, ast.Attribute) else ""
            if kind.startswith(PREPARING) and owner not in saved and results & inputs:
                yield context.finding(
                    self,
                    call,
                    f"the model is saved, the `{kind.rpartition('.')[2]}` that its inputs went through is not",
                )

    def _type(self, name: str, context: Context) -> str:
        bindings = context.flow.bindings(name)
        return context.flow.type_of(bindings[-1].value) if bindings and bindings[-1].value is not None else ""

    def _fitted_where_made(self, name: str, context: Context) -> Iterator[ast.Name]:
        """The names in the first argument of `model = Model().fit(X, y)`."""
        for binding in context.flow.bindings(name):
            match binding.value:
                case ast.Call(func=ast.Attribute(attr="fit"), args=[first, *_]):
                    yield from (part for part in ast.walk(first) if isinstance(part, ast.Name))
