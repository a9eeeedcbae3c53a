import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

HISTORY = frozenset({"Out", "In", "_", "__", "___", "_ih", "_oh", "_i", "_ii"})


class OutputHistory(Rule):
    """A value is taken from IPython's history of outputs.

    `Out[3]`, `_` and `_5` are whatever was run third, last or fifth: another order gives another value, and outside
    a notebook there is none.

    Give the value a name.
    """

    group = "state"
    severity = "error"
    bad = """
# %%
frame.describe()
best = _.max()  # [output-history]
old = Out[3]  # [output-history]
"""
    good = """
# %%
for _ in range(3):
    work()
first, _ = pair
print(_)
Out = {3: 1}
old = Out[3]
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each read of a name of the history that the notebook does not bind itself."""
        parameters = {argument.arg for argument in context.nodes(ast.arg)}
        for name, uses in context.names.items():
            numbered = name[:1] == "_" and name.lstrip("_i").isdigit()
            if not (name in HISTORY or numbered) or name in context.bound or name in parameters:
                continue
            if any(isinstance(use.ctx, ast.Store) for use in uses):
                continue
            for use in uses:
                yield context.finding(self, use, f"`{name}` is whatever was run before: give the value a name")
