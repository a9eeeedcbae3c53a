from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

WARNING = pattern(
    r"\b(\w*(?:Deprecat|Future)\w*Warning|ConvergenceWarning|RuntimeWarning"
    r"|SettingWithCopyWarning|DtypeWarning)\b: ?([^\n]*)"
)


class WarningInOutput(Rule):
    """A saved output shows a warning.

    What is deprecated today fails with the next version; a model that did not converge is no result.

    Mend what is warned of.
    """

    group = "errors"
    severity = "info"
    profile = "all"
    once = True
    shows = ("Warning",)
    bad = """
# %%
model.fit(X, y)  # [warning-in-output]
# %% [output]
/lib/x.py:3: ConvergenceWarning: lbfgs failed to converge
"""
    good = """
# %%
print("no warnings")
# %% [output]
no warnings
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell with a warning in its output."""
        for cell, text in context.shown:
            match = WARNING.search(text) if "Warning" in text else None
            if match is not None:
                yield context.finding(self, context.line(cell, 1), f"the saved output shows a {match.group(1)}")
