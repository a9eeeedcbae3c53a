import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class TopLevelAwait(Rule):
    """`await` stands outside any function.

    Only notebooks can do that: in a module it is a syntax error.

    Put it into an `async` function and run that. `convert` makes the stage a coroutine.
    """

    group = "state"
    bad = """
# %%
page = await fetch(url)  # [top-level-await]
"""
    good = """
# %%
async def page():
    return await fetch(url)
"""

    def on_await(self, node: ast.Await, context: Context) -> Iterator[Finding]:
        """An `await` of a cell itself."""
        if context.top_level(node):
            yield context.finding(
                self,
                node,
                "`await` outside a function works in notebooks only",
                fix=Convert("the stage becomes a coroutine"),
            )
