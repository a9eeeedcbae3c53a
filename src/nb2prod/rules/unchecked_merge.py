import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import FRAME, keyword, spreads
from nb2prod.rules._rule import Rule


class UncheckedMerge(Rule):
    """Tables are joined without saying how many partners a row may have.

    A key that occurs twice multiplies rows, a key that is missing loses them; sums are wrong and nothing fails.

    Pass `validate="one_to_one"` or `"many_to_one"`. `convert` adds what holds on the data at hand.
    """

    group = "errors"
    profile = "ci"
    once = True
    calls = frozenset({"pandas.merge"})
    methods = frozenset({"merge"})
    bad = """
# %%
import pandas as pd
both = pd.merge(left, right, on="id")  # [unchecked-merge]
"""
    good = """
# %%
import pandas as pd
both = pd.merge(left, right, on="id", validate="many_to_one")
git.merge("main")
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A merge of frames without `validate`."""
        method = isinstance(call.func, ast.Attribute) and context.qualified(call.func) != "pandas.merge"
        if method and isinstance(call.func, ast.Attribute) and context.flow.type_of(call.func.value) != FRAME:
            return
        if keyword(call, "validate") is None and not spreads(call):
            yield context.finding(self, call, "how many partners a row may have is not checked: pass `validate=`")
