from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._python2 import is_python_2
from nb2prod.rules._rule import Rule


class UnparsableCell(Rule):
    """A cell is not valid Python.

    It fails when it is run, and no tool can look into it: the names that it would bind are taken as known, and
    everything else is still checked.

    Mend it, or make it a markdown or raw cell if it is not meant to run. `convert` leaves it out and lists it.
    """

    group = "blockers"
    severity = "error"
    bad = """
# %%
x = 1
y = = 2  # [unparsable-cell]
# %%
print(x)
"""
    good = """
# %%
%time x = 1
!ls
# %%
await fetch()
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell that does not parse, at the place where the parser stopped."""
        for cell in context.code_cells:
            problem = cell.problem
            if problem is None or is_python_2(cell):
                continue
            line = min(max(problem.line, 1), cell.source.count("\n") + 1)
            column = max(problem.column, 1)
            place = Place(cell.index, line, column, line, column + 1)
            yield context.finding(self, place, f"not valid Python: {problem.message}")
