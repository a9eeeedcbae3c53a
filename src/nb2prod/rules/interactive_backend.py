import ast
from collections.abc import Iterator

from nb2prod.model import Cell, Convert, Finding, Magic
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class InteractiveBackend(Rule):
    """Figures go to a window or a widget.

    A run without a screen fails or waits.

    Save figures to files. `convert` uses a backend without a screen and saves them where a setting says.
    """

    group = "manual"
    severity = "info"
    profile = "ci"
    once = True
    calls = frozenset({"cv2.imshow", "cv2.waitKey", "cv2.namedWindow"})
    magics = frozenset({"matplotlib"})
    bad = """
# %%
%matplotlib widget  # [interactive-backend]
import cv2
cv2.imshow("picture", picture)
"""
    good = """
# %%
%matplotlib inline
import matplotlib.pyplot as plt
plt.show()
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A window."""
        yield context.finding(
            self, call, f"`{context.qualified(call.func)}()` needs a screen", fix=Convert("saved to a file")
        )

    def on_magic(self, magic: Magic, cell: Cell, context: Context) -> Iterator[Finding]:
        """A backend that waits for a person."""
        if magic.text.strip() in {
            "notebook",
            "widget",
            "qt",
            "qt5",
            "tk",
            "nbagg",
            "ipympl",
            "osx",
            "gtk",
            "wx",
            "auto",
        }:
            where = context.line(cell, magic.line)
            yield context.finding(
                self, where, f"`%matplotlib {magic.text.strip()}` needs a screen", fix=Convert("left out")
            )
