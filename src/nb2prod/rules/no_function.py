import ast
from collections.abc import Iterator
from types import MappingProxyType

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class NoFunction(Rule):
    """A long notebook has no function of its own.

    Nothing can be tested or used again. `convert` makes functions of its stages.
    """

    group = "testability"
    severity = "info"
    profile = "all"
    once = True
    options = MappingProxyType({"statements": 30})
    bad = "# %%\nx = 0  # [no-function]\n" + "x = x + 1\n" * 40
    good = """
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A notebook of more than `statements` statements without a function or class."""
        several = len(context.analysis.statements) > context.number(self, "statements")
        if several and not context.nodes(ast.FunctionDef) and not context.nodes(ast.ClassDef):
            first = context.analysis.statements[0].node
            yield context.finding(self, first, f"{len(context.analysis.statements)} statements and no function")
