import ast
from collections.abc import Iterator

from nb2prod.model import Drop, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class DisabledBlock(Rule):
    """A block is switched off or on by a constant.

    `if False:` is code that nobody runs or mends; `if True:` invites the next one to switch it off by hand.

    Delete it (version control keeps it), or make the switch a parameter. `convert` leaves dead code out.
    """

    group = "manual"
    bad = """
# %%
if False:  # [disabled-block]
    frame = reload()
if 1:  # [disabled-block]
    plot(frame)
"""
    good = """
# %%
RELOAD = False
if RELOAD:
    frame = reload()
while True:
    break
"""

    def on_if(self, node: ast.If, context: Context) -> Iterator[Finding]:
        """An `if` with a constant."""
        if isinstance(node.test, ast.Constant):
            runs = bool(node.test.value)
            fix = None if runs or node.orelse else Drop("it never runs")
            yield context.finding(self, node.test, "always runs" if runs else "never runs", fix=fix)
