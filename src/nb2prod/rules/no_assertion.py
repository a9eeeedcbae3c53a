import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class NoAssertion(Rule):
    """Nothing in the notebook is checked.

    Whether a result is right is seen by looking at it. `convert` writes tests from the values at hand.
    """

    group = "testability"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %%
x = compute()  # [no-assertion]
"""
    good = """
# %%
x = compute()
assert x > 0
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A notebook without `assert` or a call of a testing library."""
        checked = context.nodes(ast.Assert) or any(
            "test" in origin.partition(".")[2] for origin in context.analysis.origins.values()
        )
        if context.analysis.statements and not checked:
            yield context.finding(
                self, context.analysis.statements[0].node, "nothing is checked: no assertion in the whole notebook"
            )
