import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class UnguardedRead(Rule):
    """Files are read without a plan for one that is missing or broken.

    True of nearly every notebook, and right there. A pipeline needs an error that names the file and the reason.

    `convert` reads in functions that check and say so.
    """

    group = "errors"
    severity = "info"
    profile = "all"
    once = True
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("sales.csv")  # [unguarded-read]
"""
    good = """
# %%
import pandas as pd
try:
    df = pd.read_csv("sales.csv")
except FileNotFoundError as error:
    raise SystemExit("no sales.csv") from error
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each read outside a `try`."""
        for use in context.paths:
            if use.role == "read" and context.within(use.call, ast.Try) is None:
                fix = Convert("reads in a function that names the file and the reason")
                yield context.finding(
                    self, use.call, "a missing or broken file ends in somebody else's traceback", fix=fix
                )
