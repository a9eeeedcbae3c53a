import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class StarImport(Rule):
    """`from module import *` hides where names come from.

    No reader and no tool can tell which names are defined, and a new release of the module can replace one of
    yours, or a builtin, without a word.

    Import the names that are used, or the module. `convert` lists the names that the notebook reads.
    """

    group = "state"
    severity = "error"
    bad = """
# %%
from numpy import *  # [star-import]
"""
    good = """
# %%
from numpy import array, mean
import numpy as np
"""

    def on_import_from(self, node: ast.ImportFrom, context: Context) -> Iterator[Finding]:
        """The import."""
        if any(alias.name == "*" for alias in node.names):
            yield context.finding(self, node, f"the names that come from `{node.module or '.'}` can't be seen")
