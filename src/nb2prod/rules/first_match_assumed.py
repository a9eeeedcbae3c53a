import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule

LISTS = frozenset({"glob.glob", "os.listdir", "re.findall"})


class FirstMatchAssumed(Rule):
    """The first of a list that may be empty, or long, is taken.

    With no match this is an IndexError that says nothing; with several, whichever comes first is used.

    Say what is expected, and fail with a message when it is not so.
    """

    group = "errors"
    bad = """
# %%
import glob
path = glob.glob("data/*.csv")[0]  # [first-match-assumed]
"""
    good = """
# %%
import glob
paths = glob.glob("data/*.csv")
path = paths[0] if paths else None
parts = text.split(",")[0]
"""

    def on_subscript(self, node: ast.Subscript, context: Context) -> Iterator[Finding]:
        """A listing or search with `[0]` behind it."""
        call = node.value
        if (
            isinstance(call, ast.Call)
            and context.qualified(call.func) == "sorted"
            and call.args
            and isinstance(call.args[0], ast.Call)
        ):
            call = call.args[0]
        if isinstance(call, ast.Call) and context.qualified(call.func) in LISTS and constant(node.slice) in {0, -1}:
            yield context.finding(self, node, f"`{context.qualified(call.func)}()` may find nothing, or more than one")
