import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class ImportPathEdit(Rule):
    """The import path is changed so that a module is found.

    The import works only from this folder layout, and the module may be another one elsewhere.

    Make the module part of the package, or an installed dependency.
    """

    group = "paths"
    calls = frozenset({"sys.path.append", "sys.path.insert", "sys.path.extend", "site.addsitedir"})
    bad = """
# %%
import sys
sys.path.append("../src")  # [import-path-edit]
"""
    good = """
# %%
import sys
print(sys.path)
path.append("../src")
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The change."""
        yield context.finding(self, call, "imports below depend on a folder beside the notebook")
