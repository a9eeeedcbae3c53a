from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short, slug


class LiteralOutputPath(Rule):
    """The names of the files that are written stand in the code.

    Two runs overwrite each other's results, and the folder must exist.

    `convert` makes a setting of each, below one output folder.
    """

    group = "paths"
    severity = "info"
    profile = "all"
    once = True
    needs = "paths"
    bad = """
# %%
frame.to_csv("submission.csv")  # [literal-output-path]
"""
    good = """
# %%
frame.to_csv(path)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each path that is written."""
        for use in context.paths:
            if use.role == "write":
                name = slug(use.text.rpartition("/")[2].partition(".")[0]) or "output"
                yield context.finding(self, use.literal, f"{short(use.text)} is written", fix=Lift(f"{name}_path"))
