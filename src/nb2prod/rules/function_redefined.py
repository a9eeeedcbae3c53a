import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class FunctionRedefined(Rule):
    """A function or class is defined twice.

    Which one is meant depends on which cell ran last; often one was copied and changed a little.

    Give them two names, or keep one.
    """

    group = "state"
    profile = "ci"
    bad = """
# %%
def load():
    return 1
# %%
def load():  # [function-redefined]
    return 2
"""
    good = """
# %%
try:
    from fast import load
except ImportError:
    def load():
        return 1
class A:
    def load(self): ...
class B:
    def load(self): ...
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The second definition at the top level of another cell."""
        first: dict[str, int] = {}
        for statement in context.tops(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
            node = statement.node
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.decorator_list:
                if node.name in first and first[node.name] != statement.cell:
                    yield context.finding(self, node, f"`{node.name}` was defined in cell {first[node.name]} already")
                first[node.name] = statement.cell
