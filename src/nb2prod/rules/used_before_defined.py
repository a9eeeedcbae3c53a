from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._names import unbound_names, undecidable
from nb2prod.rules._rule import Rule


class UsedBeforeDefined(Rule):
    """A name is used above the cell that defines it.

    It worked because the lower cell had been run before. A run from the top ends here with NameError.

    Move the defining cell up. `convert` keeps the order of the document and says that this stage can't run.
    """

    group = "state"
    severity = "error"
    bad = """
# %%
print(limit)  # [used-before-defined]
# %%
limit = 3
"""
    good = """
# %%
def show():
    print(limit)
# %%
limit = 3
show()
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each name once, where it is first read too early."""
        early = [u for u in unbound_names(context) if u.below and (u.below, 0) >= (u.statement.cell, 0)]
        if early and undecidable(context):
            return
        for unbound in early:
            first = next(s for s in context.analysis.statements if unbound.name in s.binds | s.rebinds)
            if first.number >= unbound.statement.number:
                where = "below in this cell" if first.cell == unbound.statement.cell else f"in cell {first.cell}, below"
                yield context.finding(self, unbound.node, f"`{unbound.name}` is defined only {where}")
