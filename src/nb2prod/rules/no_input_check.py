import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

CHECKS = ("pandera", "great_expectations", "pydantic", "pandas_schema", "cerberus", "frictionless")


class NoInputCheck(Rule):
    """Nothing checks what comes in.

    Columns, types, ranges and missing values are taken as they are: bad input gives bad results, not errors.

    Check each input against a schema. `convert` writes one from the data at hand, to be reviewed.
    """

    group = "validation"
    severity = "info"
    profile = "all"
    once = True
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")  # [no-input-check]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("a.csv")
assert list(df.columns) == ["a", "b"]
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first read, in a notebook without an assertion or a validating library."""
        reads = [use for use in context.paths if use.role == "read"]
        origins = context.analysis.origins.values()
        checks = context.nodes(ast.Assert) or any(origin.startswith(CHECKS) for origin in origins)
        if reads and not checks:
            yield context.finding(
                self, reads[0].call, "nothing checks what is read", fix=Convert("a schema from the data at hand")
            )
