import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
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
    keywords = frozenset({"inplace"})
    bad = """
# %%
df.dropna(inplace=True)  # [inplace-mutation]
"""
    good = """
# %%
df = df.dropna()
df.sort(inplace=False)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """`inplace=True`."""
        for keyword in context.keywords.get("inplace", ()):
            call = context.parent(keyword)
            if constant(keyword.value) is not True or not isinstance(call, ast.Call):
                continue
            yield context.finding(self, call, "a frame is changed in place")
