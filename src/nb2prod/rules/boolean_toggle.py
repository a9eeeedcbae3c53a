import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class BooleanToggle(Rule):
    """A constant switches parts of the notebook on and off.

    Which parts ran depends on the last edit, and the other branch is never tested.

    Make it a parameter. `convert` makes a setting of it.
    """

    group = "manual"
    severity = "info"
    profile = "ci"
    bad = """
# %%
TRAIN = False  # [boolean-toggle]
# %%
if TRAIN:
    model = fit()
"""
    good = """
# %%
found = False
for row in rows:
    found = found or row
if found:
    print(row)
VERBOSE = True
work(verbose=VERBOSE)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A name in capitals that is bound once, to a constant, and only asked."""
        for node in map(context.parent, context.literals.get(bool, ())):
            name = getattr(node.targets[0], "id", "") if isinstance(node, ast.Assign) else ""
            if node is None or not name.isupper() or len(context.flow.bindings(name)) > 1:
                continue
            uses = [use for use in context.names[name] if isinstance(use.ctx, ast.Load)]
            if uses and all(self._asked(use, context) for use in uses):
                yield context.finding(self, node, f"`{name}` switches code on and off by hand", fix=Lift(name.lower()))

    def _asked(self, use: ast.Name, context: Context) -> bool:
        parent = context.parent(use)
        if isinstance(parent, (ast.UnaryOp, ast.BoolOp)):
            parent = context.parent(parent)
        return isinstance(parent, (ast.If, ast.IfExp))
