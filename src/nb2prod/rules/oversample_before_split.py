import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._learning import SPLITS, ancestry
from nb2prod.rules._rule import Rule


class OversampleBeforeSplit(Rule):
    """Rows are copied or made up before the data are split.

    Copies of one row, or neighbours made from it, land in the training and in the test part: the test is passed by
    heart, and the score says nothing about new data.

    Split first, then oversample the training part only (imbalanced-learn's own `Pipeline` does that).
    """

    group = "leakage"
    severity = "error"
    calls = frozenset(SPLITS)
    bad = """
# %%
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split
X_more, y_more = SMOTE(random_state=1).fit_resample(X, y)  # [oversample-before-split]
X_train, X_test, y_train, y_test = train_test_split(X_more, y_more, random_state=1)
"""
    good = """
# %%
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
X_more, y_more = SMOTE(random_state=1).fit_resample(X_train, y_train)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The resampling that a later split is made from."""
        seen: set[ast.AST] = set()
        for split in context.calls(*SPLITS):
            for source in (call for argument in split.args for call in ancestry(context, argument)):
                name = (
                    source.func.attr
                    if isinstance(source.func, ast.Attribute)
                    else context.qualified(source.func).rpartition(".")[2]
                )
                if (
                    name in {"fit_resample", "fit_sample", "resample"}
                    and source not in seen
                    and _grows(source, context)
                ):
                    seen.add(source)
                    cell = context.cell_of(split).index
                    message = f"rows are resampled here and split in cell {cell}: copies reach the test data"
                    yield context.finding(self, source, message)


def _grows(call: ast.Call, context: Context) -> bool:
    """Whether rows are copied: undersampling only leaves some out, `df.resample` is about time."""
    if not isinstance(call.func, ast.Attribute):
        return context.qualified(call.func) == "sklearn.utils.resample"
    if call.func.attr == "resample":
        return context.qualified(call.func) == "sklearn.utils.resample"
    kind = context.flow.type_of(call.func.value)
    return "under_sampling" not in kind
