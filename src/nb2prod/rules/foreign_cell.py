from collections.abc import Iterator

from nb2prod.model import Cell, Convert, Finding, Magic
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._shell import SHELL_CELLS

# Cells that only show something, or that hold no code of the notebook's own.
SHOWN = frozenset({"html", "javascript", "js", "svg", "latex", "markdown", "html_output"})


class ForeignCell(Rule):
    """A cell is written in another language.

    No rule looks into it, and it needs an interpreter beside Python. Shell cells have rules of their own.

    Move it to a file of its language, or translate it. `convert` keeps it as a file and lists it.
    """

    group = "blockers"
    bad = """
# %%
%%R  # [foreign-cell]
plot(x)
"""
    good = """
# %%
%%time
x = 1
# %%
%%html
<b>x</b>
"""

    def on_magic(self, magic: Magic, cell: Cell, context: Context) -> Iterator[Finding]:
        """The first line of such a cell."""
        if magic.kind == "cell" and not magic.code and magic.name.lower() not in SHOWN | SHELL_CELLS:
            fix = Convert("kept as a file of its own and listed")
            yield context.finding(
                self,
                context.line(cell, magic.line),
                f"a `%%{magic.name}` cell is not Python: no rule looks into it",
                fix=fix,
            )
