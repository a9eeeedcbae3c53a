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

    def on_name(self, node: ast.Name, context: Context) -> Iterator[Finding]:
        """A name of the history that the notebook does not bind itself."""
        numbered = node.id[:1] == "_" and node.id.lstrip("_i").isdigit()
        if not isinstance(node.ctx, ast.Load) or not (node.id in HISTORY or numbered):
            return
        if (
            node.id in context.bound
            or node.id in context.flow.bindings
            or any(a.arg == node.id for a in context.nodes(ast.arg))
        ):
            return
        if any(n.id == node.id and isinstance(n.ctx, ast.Store) for n in context.nodes(ast.Name)):
            return
        yield context.finding(self, node, f"`{node.id}` is whatever was run before: give the value a name")
