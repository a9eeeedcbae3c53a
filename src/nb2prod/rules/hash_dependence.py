import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class HashDependence(Rule):
    """A result depends on `hash()` or `id()`.

    `hash` of a text differs from run to run, `id` is an address in memory.

    Use `hashlib` for a value that lasts.
    """

    group = "reproducibility"
    profile = "ci"
    calls = frozenset({"hash", "id"})
    bad = """
# %%
bucket = hash(name) % 10  # [hash-dependence]
"""
    good = """
# %%
class Point:
    def __hash__(self):
        return hash((self.x, self.y))
print(id(x) == id(y))
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A call whose value is kept or computed with."""
        if isinstance(context.parent(call), (ast.Expr, ast.Compare, ast.FormattedValue)) or len(call.args) != 1:
            return
        around = context.within(call, (ast.FunctionDef, ast.Call))
        if getattr(around, "name", "") == "__hash__" or getattr(getattr(around, "func", None), "id", "") in {
            "print",
            "display",
        }:
            return
        yield context.finding(self, call, f"`{context.qualified(call.func)}()` gives another number in each run")
