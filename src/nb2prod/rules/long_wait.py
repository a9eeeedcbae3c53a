import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule


class LongWait(Rule):
    """The notebook waits for a fixed time.

    It is too short on a bad day and wasted on a good one.

    Wait for the thing itself, with a limit.
    """

    group = "manual"
    severity = "info"
    profile = "ci"
    calls = frozenset({"time.sleep"})
    bad = """
# %%
import time
time.sleep(60)  # [long-wait]
"""
    good = """
# %%
import time
time.sleep(0.5)
time.sleep(pause)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A pause of more than five seconds."""
        seconds = constant(call.args[0]) if call.args else None
        if isinstance(seconds, (int, float)) and seconds > 5:
            yield context.finding(self, call.args[0], f"waits {seconds} seconds, whatever happens", fix=Lift("pause"))
