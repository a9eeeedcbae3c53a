import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._edits import adding
from nb2prod.rules._flow import FRAME, SERIES, keyword, spreads
from nb2prod.rules._rule import Rule


class SampleWithoutSeed(Rule):
    """Rows are drawn at random and nothing fixes the draw.

    Each run goes on with other rows, or with the same in another order.

    Pass `random_state=`. The fix writes `random_state=0`.
    """

    group = "reproducibility"
    methods = frozenset({"sample"})
    bad = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
part = df.sample(100)  # [sample-without-seed]
"""
    fixed = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
part = df.sample(100, random_state=0)
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
df.sample(5)
part = df.sample(100, random_state=1)
posterior = model.sample(100)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A sample of a frame that is kept; one that is only shown does not matter."""
        if not isinstance(call.func, ast.Attribute) or spreads(call):
            return
        if isinstance(context.simple_statement(call), ast.Expr):
            return
        seeded = keyword(call, "random_state") is not None or context.calls("numpy.random.seed")
        if context.flow.type_of(call.func.value) in {FRAME, SERIES} and not seeded:
            fix = adding(context, call, "random_state=0", "safe")
            yield context.finding(self, call, "other rows are drawn in each run: pass `random_state=`", fix=fix)
