import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import root_name
from nb2prod.rules._context import Context
from nb2prod.rules._learning import PREPARING, SPLITS, ancestry
from nb2prod.rules._rule import Rule

# Encoders know only which values there are.
HARMLESS = (
    "LabelEncoder",
    "OrdinalEncoder",
    "OneHotEncoder",
    "LabelBinarizer",
    "FunctionTransformer",
    "VarianceThreshold",
    "CountVectorizer",
)


class TransformerFitBeforeSplit(Rule):
    """A scaler, imputer or projection is fitted on all rows, before the data are split.

    Statistics of the test rows reach the training. The effect on the score is mostly small (below 0.005 in AUC on
    two thousand data sets); what is not small is that the fitted transformer has to be kept for production.

    Put it into a `Pipeline` with the model.
    """

    group = "leakage"
    severity = "info"
    profile = "ci"
    calls = frozenset(SPLITS)
    bad = """
# %%
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
scaled = StandardScaler().fit_transform(X)  # [transformer-fit-before-split]
X_train, X_test = train_test_split(scaled, random_state=1)
# %%
df[["age", "size"]] = StandardScaler().fit_transform(df[["age", "size"]])  # [transformer-fit-before-split]
train, test = train_test_split(df.drop(columns="name"), random_state=1)
"""
    good = """
# %%
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
X_train, X_test = train_test_split(X, random_state=1)
scaled = StandardScaler().fit_transform(X_train)
X_train[["age"]] = StandardScaler().fit_transform(X_train[["age"]])
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The transformer that a later split's data went through."""
        seen: set[ast.AST] = set()
        for split in context.calls(*SPLITS):
            for call in (call for argument in split.args[:1] for call in _made_by(context, argument, split)):
                owner = call.func.value if isinstance(call.func, ast.Attribute) else None
                kind = context.flow.type_of(owner) if owner is not None and _fits(call) else ""
                selects = kind.startswith("sklearn.feature_selection.")
                if kind.startswith(PREPARING) and not selects and not kind.endswith(HARMLESS) and call not in seen:
                    seen.add(call)
                    name = kind.rpartition(".")[2]
                    yield context.finding(
                        self, call, f"`{name}` is fitted on all rows, then split in cell {context.cell_of(split).index}"
                    )


def _made_by(context: Context, node: ast.expr, split: ast.Call) -> Iterator[ast.Call]:
    """The calls that a value comes out of, and those that filled columns of its tables before they are split."""
    calls = list(ancestry(context, node))
    yield from calls
    tables = {root_name(part) for part in (node, *calls)} - {""}
    for call in context.methods("fit_transform"):
        stored = context.parent(call)
        targets = stored.targets if isinstance(stored, ast.Assign) else ()
        columns = {root_name(target) for target in targets if isinstance(target, ast.Subscript)}
        if columns & tables and context.place(call) < context.place(split):
            yield call


def _fits(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"fit_transform", "transform"}
