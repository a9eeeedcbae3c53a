import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class ScatteredImports(Rule):
    """Imports stand all over the notebook.

    What the notebook needs can't be seen in one place, and a missing package stops the run half way.

    Put them into the first code cell. `convert` does so where it changes nothing.
    """

    group = "state"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %%
import numpy
x = 1
# %%
import pandas  # [scattered-imports]
"""
    good = """
# %%
%matplotlib inline
# %%
import numpy
import pandas
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each import below the first cell with imports."""
        imports = context.tops(ast.Import, ast.ImportFrom)
        below = [statement.node for statement in imports if statement.cell != imports[0].cell]
        yield from context.summary(self, below, "an import below the first cell with imports")
