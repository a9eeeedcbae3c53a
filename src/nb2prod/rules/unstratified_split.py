from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant, keyword, spreads
from nb2prod.rules._learning import SPLITS
from nb2prod.rules._rule import Rule

CLASSES = (
    "Classifier",
    "LogisticRegression",
    ".SVC",
    "NB",
    "classification_report",
    "confusion_matrix",
    "accuracy_score",
    "f1_score",
    "roc_auc_score",
)


class UnstratifiedSplit(Rule):
    """Data with classes are split without keeping their shares.

    A rare class can be missing from one part, or be more frequent in the other.

    Pass `stratify=y`.
    """

    group = "evaluation"
    severity = "info"
    profile = "all"
    calls = frozenset(SPLITS)
    bad = """
# %%
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
a, b, c, d = train_test_split(X, y, random_state=1)  # [unstratified-split]
"""
    good = """
# %%
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
a, b, c, d = train_test_split(X, y, random_state=1, stratify=y)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each split without `stratify`, in a notebook that classifies."""
        classifies = any(
            origin.startswith("sklearn.") and origin.endswith(CLASSES) for origin in context.analysis.origins.values()
        )
        for call in context.calls(*SPLITS) if classifies else ():
            if (
                keyword(call, "stratify") is None
                and constant(keyword(call, "shuffle")) is not False
                and not spreads(call)
            ):
                yield context.finding(self, call, "the shares of the classes are left to chance: pass `stratify=`")
