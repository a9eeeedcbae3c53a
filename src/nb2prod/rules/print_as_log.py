import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class PrintAsLog(Rule):
    """Messages are printed.

    A print has no time, no level and no switch. `convert` logs the same text.
    """

    group = "operations"
    severity = "info"
    profile = "all"
    once = True
    calls = frozenset({"print"})
    bad = """
# %%
print("loaded")  # [print-as-log]
"""
    good = """
# %%
import logging
logging.info("loaded")
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """Each `print`."""
        yield context.finding(self, call, "a message without time and level", fix=Convert("logged with the same text"))
