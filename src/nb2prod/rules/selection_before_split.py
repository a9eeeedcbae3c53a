import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._learning import SPLITS, ancestry
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

SELECTORS = frozenset(
    f"sklearn.feature_selection.{name}"
    for name in words(
        "SelectKBest SelectPercentile SelectFromModel RFE RFECV SequentialFeatureSelector SelectFdr SelectFpr "
        "SelectFwe GenericUnivariateSelect"
    )
)


class SelectionBeforeSplit(Rule):
    """Features are chosen by the target on all rows, before the data are split.

    The choice has already seen the answers of the test rows. On data with many columns this alone can make noise
    look like a good model.

    Split first, or put the selector into a `Pipeline` with the model.
    """

    group = "leakage"
    severity = "error"
    calls = frozenset(SPLITS)
    bad = """
# %%
from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import train_test_split
best = SelectKBest(k=10).fit_transform(X, y)  # [selection-before-split]
X_train, X_test, y_train, y_test = train_test_split(best, y, random_state=1)
"""
    good = """
# %%
from sklearn.feature_selection import SelectKBest, VarianceThreshold
from sklearn.model_selection import train_test_split
varied = VarianceThreshold().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(varied, y, random_state=1)
best = SelectKBest(k=10).fit_transform(X_train, y_train)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The selector that a later split's data went through."""
        seen: set[ast.AST] = set()
        for split in context.calls(*SPLITS):
            for call in (call for argument in split.args[:1] for call in ancestry(context, argument)):
                owner = call.func.value if isinstance(call.func, ast.Attribute) else None
                if owner is None or call in seen or context.flow.type_of(owner) not in SELECTORS:
                    continue
                seen.add(call)
                yield context.finding(
                    self, call, f"features are chosen on all rows, then split in cell {context.cell_of(split).index}"
                )
