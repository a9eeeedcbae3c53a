from collections.abc import Iterator

from nb2prod.model import Cell, Finding, Magic
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short


class CrossNotebookState(Rule):
    """The notebook takes its values from another notebook or session.

    `%store -r`, `%run other.ipynb` and `%load` bring names whose origin can't be seen here, in the version that
    happens to be there.

    Make what is shared a module, and what is computed a file with a name in the configuration.
    """

    group = "manual"
    magics = frozenset({"store", "run", "load", "loadpy"})
    bad = """
# %%
%run prepare.ipynb  # [cross-notebook-state]
%store -r frame  # [cross-notebook-state]
"""
    good = """
# %%
%load_ext autoreload
%matplotlib inline
"""

    def on_magic(self, magic: Magic, cell: Cell, context: Context) -> Iterator[Finding]:
        """The magic."""
        if magic.kind in {"line", "cell"}:
            text = short(f"%{magic.name} {magic.text}")
            yield context.finding(
                self, context.line(cell, magic.line), f"{text} brings names from outside this notebook"
            )
