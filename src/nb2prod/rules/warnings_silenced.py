import ast
from collections.abc import Iterator

from nb2prod.model import Drop, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import argument, constant
from nb2prod.rules._rule import Rule


class WarningsSilenced(Rule):
    """All warnings are switched off.

    Deprecations, overflows, models that did not converge: what would have told of a problem is not shown.

    Switch off the one warning that is understood, by category and message. `convert` leaves the line out.
    """

    group = "errors"
    profile = "ci"
    once = True
    calls = frozenset({"warnings.filterwarnings", "warnings.simplefilter"})
    bad = """
# %%
import warnings
warnings.filterwarnings("ignore")  # [warnings-silenced]
"""
    good = """
# %%
import warnings
warnings.filterwarnings("ignore", category=FutureWarning, message="the palette")
warnings.filterwarnings("error")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    plot()
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A filter for everything, for the rest of the notebook."""
        narrow = len(call.args) > 1 or any(k.arg in {"category", "message", "module"} for k in call.keywords)
        if constant(argument(call, 0, "action")) == "ignore" and not narrow and context.within(call, ast.With) is None:
            yield context.finding(
                self, call, "every warning is switched off from here on", fix=Drop("warnings are wanted in production")
            )
