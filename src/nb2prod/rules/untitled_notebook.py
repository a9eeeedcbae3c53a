import re
from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

UNNAMED = pattern(
    r"(?:untitled\d*|notebook\d*|test\d*|.*-copy\d*|copy[ _]of.*|new[ _]notebook.*|temp\d*)$", re.IGNORECASE
)


class UntitledNotebook(Rule):
    """The file's name says nothing.

    `Untitled3.ipynb` and `model-Copy1.ipynb` tell neither what they do nor which one counts.

    Name it after what it does. `convert` takes the package's name from it.
    """

    group = "documentation"
    severity = "info"
    profile = "all"
    once = True
    bad = """
# %% [name]
Untitled1
# %%
x = 1  # [untitled-notebook]
"""
    good = """
# %%
x = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The notebook, by its name."""
        if UNNAMED.match(context.notebook.name):
            yield context.finding(
                self, Place(1, 1, 1, 1, 1), f"`{context.notebook.name}` says nothing about what this does"
            )
