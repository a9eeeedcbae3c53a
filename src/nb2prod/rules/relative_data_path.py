from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._paths import ANY_ABSOLUTE, URL
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short, slug


class RelativeDataPath(Rule):
    """The names of the input files are written into the code.

    That is fine for one run of one notebook. A pipeline is run on other files, too.

    `convert` makes a setting of each, with the old name as default.
    """

    group = "paths"
    severity = "info"
    profile = "all"
    once = True
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("sales.csv")  # [relative-data-path]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv(path)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each relative path that is read."""
        for use in context.paths:
            if use.role == "read" and not ANY_ABSOLUTE.match(use.text) and not URL.match(use.text) and use.whole:
                name = slug(use.text.rpartition("/")[2].partition(".")[0]) or "data"
                yield context.finding(self, use.literal, f"{short(use.text)} is read", fix=Lift(f"{name}_path"))
