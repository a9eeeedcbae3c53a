import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import FRAME, SERIES
from nb2prod.rules._rule import Rule

NUMPY = {
    f"numpy.{name}": instead
    for name, instead in {
        "int": "int",
        "float": "float",
        "bool": "bool",
        "object": "object",
        "str": "str",
        "float_": "numpy.float64",
        "NaN": "numpy.nan",
        "Inf": "numpy.inf",
        "product": "numpy.prod",
        "cumproduct": "numpy.cumprod",
        "in1d": "numpy.isin",
        "row_stack": "numpy.vstack",
        "trapz": "numpy.trapezoid",
    }.items()
}
FRAMES = {
    "append": "pandas.concat",
    "ix": "loc or iloc",
    "as_matrix": "to_numpy",
    "get_value": "at",
    "set_value": "at",
    "applymap": "map",
    "iteritems": "items",
    "lookup": "loc",
}
CALLS = {
    "sklearn.cross_validation.train_test_split": "sklearn.model_selection",
    "sklearn.externals.joblib.dump": "joblib",
    "sklearn.externals.joblib.load": "joblib",
    "seaborn.distplot": "histplot or displot",
    "seaborn.factorplot": "catplot",
    "scipy.misc.imread": "imageio",
    "pandas.Panel": "a MultiIndex",
    "sklearn.datasets.load_boston": "another data set",
    "sklearn.metrics.plot_confusion_matrix": "ConfusionMatrixDisplay",
    "sklearn.metrics.plot_roc_curve": "RocCurveDisplay",
}

GONE = frozenset(FRAMES.keys() | {name.rpartition(".")[2] for name in NUMPY})


class DeprecatedApi(Rule):
    """Something is used that current versions of the library no longer have.

    The notebook runs only in an environment of its time.

    Use what took its place, or pin the old versions.
    """

    group = "reproducibility"
    profile = "ci"
    calls = frozenset(CALLS)
    attributes = GONE
    bad = """
# %%
import numpy as np
import pandas as pd
import seaborn as sns
df = pd.read_csv("a.csv")
x = np.float(3)  # [deprecated-api]
df = df.append({"a": 1}, ignore_index=True)  # [deprecated-api]
sns.distplot(x)  # [deprecated-api]
"""
    good = """
# %%
import numpy as np
x = np.float64(3)
rows = []
rows.append(1)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A function that is gone."""
        name = context.qualified(call.func)
        yield context.finding(self, call, f"`{name}` is gone from current versions: use {CALLS[name]}")

    def finish(self, context: Context) -> Iterator[Finding]:
        """A name of numpy's, or an attribute of frames, that is gone."""
        for name in GONE & context.attributes.keys():
            for node in context.attributes[name]:
                yield from self._of(node, context)

    def _of(self, node: ast.Attribute, context: Context) -> Iterator[Finding]:
        if node.attr in FRAMES and context.flow.type_of(node.value) in {FRAME, SERIES}:
            yield context.finding(self, node, f"`.{node.attr}` is gone from pandas: use {FRAMES[node.attr]}")
        elif isinstance(node.value, ast.Name) and f"numpy.{node.attr}" in NUMPY and context.qualified(node) in NUMPY:
            yield context.finding(self, node, f"`numpy.{node.attr}` is gone: use {NUMPY[f'numpy.{node.attr}']}")
