import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant, keyword
from nb2prod.rules._rule import Rule


class InplaceMutation(Rule):
    """Frames are changed in place.

    Every name of the frame sees the change, also in earlier cells; a function that does so changes its caller's
    data. It saves no memory.

    Assign the result. `convert` keeps such statements together with what they change.
    """

    group = "validation"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %%
df.dropna(inplace=True)  # [inplace-mutation]
"""
    good = """
# %%
df = df.dropna()
df.sort(inplace=False)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """`inplace=True`."""
        if constant(keyword(call, "inplace")) is True:
            yield context.finding(self, call, "a frame is changed in place")
