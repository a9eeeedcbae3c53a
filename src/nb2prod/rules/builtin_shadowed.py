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

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first binding of each such name by the notebook itself."""
        for name in sorted(BUILTINS & context.names.keys()):
            stores = (node for node in context.names[name] if isinstance(node.ctx, ast.Store))
            first = next((node for node in stores if _lasting(node, context)), None)
            if first is not None:
                yield context.finding(self, first, f"`{name}` is no longer the builtin from here on")


def _lasting(node: ast.Name, context: Context) -> bool:
    """Whether a binding outlives its expression, function or class."""
    comprehensions = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return context.top_level(node) and context.within(node, comprehensions) is None
