import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class MetricNotStored(Rule):
    """A score is only printed.

    Nobody can compare it with the last run, and no gate can stop a worse model.

    Write scores to a file or a tracker. `convert` returns them and writes `metrics.json`.
    """

    group = "evaluation"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %%
from sklearn.metrics import r2_score
print("R2", r2_score(y_test, y_pred))  # [metric-not-stored]
"""
    good = """
# %%
from sklearn.metrics import r2_score
score = r2_score(y_test, y_pred)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A metric inside a `print`, or shown."""
        for call in context.calls_below("sklearn.metrics."):
            yield from self._of(call, context)

    def _of(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        statement = context.simple_statement(call)
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print" | "display"))):
                yield context.finding(self, call, "the score is printed and forgotten")
            case ast.Expr(value=value) if value is call:
                yield context.finding(self, call, "the score is shown and forgotten")
