import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class UndocumentedFunction(Rule):
    """Functions do not say what they take and return.

    Write a docstring with shapes and units. `convert` adds types where a run shows them.
    """

    group = "documentation"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %%
def area(r):  # [undocumented-function]
    x = r * r
    return x * 3.14
"""
    good = """
# %%
def area(r):
    '''The area of a circle.'''
    return r * r * 3.14
def half(x): return x / 2
"""

    def on_function_def(self, node: ast.FunctionDef, context: Context) -> Iterator[Finding]:
        """Each function of more than one line without a docstring."""
        if len(node.body) > 1 and ast.get_docstring(node, clean=False) is None and context.top_level(node):
            yield context.finding(self, node, f"`{node.name}` has no docstring")
