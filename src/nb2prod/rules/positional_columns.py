import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import within
from nb2prod.rules._context import Context
from nb2prod.rules._flow import ARRAY, FRAME
from nb2prod.rules._rule import Rule


class PositionalColumns(Rule):
    """Columns are chosen by their position.

    One more column in the file and every later line computes with another one, without any error.

    Name the columns.
    """

    group = "validation"
    profile = "ci"
    once = True
    attributes = frozenset({"iloc", "values"})
    bad = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
X = df.iloc[:, 1:4]  # [positional-columns]
y = df.iloc[:, 5].values
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
X = df[["a", "b"]]
first = df.iloc[0]
rows = df.iloc[:10, :]
corner = df.iloc[1, 1]
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """`iloc[:, n]` and `values[:, n]` of a frame."""
        for name in ("iloc", "values"):
            for owner in context.attributes.get(name, ()):
                node = context.parent(owner)
                if not isinstance(node, ast.Subscript) or node.value is not owner or not _by_position(node.slice):
                    continue
                if context.flow.type_of(owner.value) in {FRAME, "", ARRAY}:
                    yield context.finding(self, node, "columns are chosen by their position")


def _by_position(index: ast.expr) -> bool:
    """Whether an index chooses columns of several rows by numbers: not all of them, and not all but the last."""
    if not isinstance(index, ast.Tuple) or not isinstance(index.elts[0], ast.Slice):
        return False
    column = index.elts[-1]
    whole = isinstance(column, ast.Slice) and column.lower is None and column.upper is None
    last = isinstance(column, ast.Slice) and column.lower is None and isinstance(column.upper, ast.UnaryOp)
    numbers = any(isinstance(part, ast.Constant) and isinstance(part.value, int) for part in within([column]))
    return numbers and not whole and not last
