from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class NoTitle(Rule):
    """The notebook does not say what it is about.

    Begin with a heading and a sentence on purpose, data and result. `convert` makes the README of it.
    """

    group = "documentation"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %%
x = 1  # [no-title]
"""
    good = """
# %% [markdown]
# Sales of 2020
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A notebook without a heading among its first three cells."""
        first = context.notebook.cells[:3]
        heads = any(
            c.kind == "markdown" and (c.source.lstrip().startswith(("#", "<h")) or "\n===" in c.source) for c in first
        )
        if context.code_cells and not heads:
            yield context.finding(self, Place(1, 1, 1, 1, 1), "no heading says what this is about")
