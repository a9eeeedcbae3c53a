import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class EndlessLoop(Rule):
    """A loop has no end of its own.

    `while True` without `break` or `return` runs until somebody interrupts it.

    Give it a condition, a limit or a deadline.
    """

    group = "errors"
    profile = "ci"
    bad = """
# %%
while True:  # [endless-loop]
    poll()
"""
    good = """
# %%
while True:
    if poll():
        break
"""

    def on_while(self, node: ast.While, context: Context) -> Iterator[Finding]:
        """A constant condition and no way out."""
        leaves = (ast.Break, ast.Return, ast.Raise, ast.Yield, ast.YieldFrom)
        if (
            isinstance(node.test, ast.Constant)
            and node.test.value
            and not any(isinstance(p, leaves) for p in ast.walk(node))
        ):
            yield context.finding(self, node.test, "nothing ends this loop")
