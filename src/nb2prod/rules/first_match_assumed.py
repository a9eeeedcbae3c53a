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
    calls = LISTS
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

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A listing or search, perhaps sorted, with `[0]` behind it."""
        name, listing, around = context.qualified(call.func), call, context.parent(call)
        if isinstance(around, ast.Call) and around.args[:1] == [call] and context.qualified(around.func) == "sorted":
            listing, around = around, context.parent(around)
        if isinstance(around, ast.Subscript) and around.value is listing and constant(around.slice) in {0, -1}:
            yield context.finding(self, around, f"`{name}()` may find nothing, or more than one")
