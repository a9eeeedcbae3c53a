import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

BUILTINS = words(
    "abs all any bool bytes callable chr dict dir enumerate eval exec filter float format frozenset getattr "
    "hasattr hash id input int isinstance iter len list map max min next object open ord pow print range repr "
    "reversed round set sorted str sum super tuple type vars zip"
)


class BuiltinShadowed(Rule):
    """A builtin's name is taken for a variable.

    From here on `list`, `sum` or `print` is something else, in every cell, until the kernel is restarted.

    Take another name.
    """

    group = "state"
    bad = """
# %%
list = [1, 2]  # [builtin-shadowed]
for id in names:  # [builtin-shadowed]
    print(id)
"""
    good = """
# %%
def total(sum):
    list = sum
    return list
frame.list = 3
class Reader:
    input = 1
"""

    def on_name(self, node: ast.Name, context: Context) -> Iterator[Finding]:
        """The first binding of such a name by the notebook itself."""
        if node.id not in BUILTINS or not isinstance(node.ctx, ast.Store) or not context.top_level(node):
            return
        if context.within(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            return
        stores = [n for n in context.nodes(ast.Name) if n.id == node.id and isinstance(n.ctx, ast.Store)]
        if next((n for n in stores if context.top_level(n)), None) is node:
            yield context.finding(self, node, f"`{node.id}` is no longer the builtin from here on")
