from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._python2 import python_2_line
from nb2prod.rules._rule import Rule


class Python2(Rule):
    """A cell is written in Python 2.

    `print x`, `exec "..."`, `raise E, "..."` and `except E, e:` are errors in every Python of today. The same text
    can also compute something else: `3 / 2` was 1.

    Translate the notebook (2to3 does most of it), then compare its results.
    """

    group = "blockers"
    severity = "error"
    bad = """
# %%
total = 3
print "total", total  # [python-2]
"""
    good = """
# %%
print("total", 3)
# %%
x = = 1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first statement of Python 2 in each cell."""
        if any(problem.rule == "old-python" for problem in context.notebook.problems):
            yield context.finding(
                self, Place(1, 1, 1, 1, 1), "the notebook was last run by Python 2", severity="warning"
            )
        for cell in context.code_cells:
            if cell.problem is not None and (line := python_2_line(cell)):
                yield context.finding(self, context.line(cell, line), "this is Python 2, which no Python of today runs")
