from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._names import unbound_names, undecidable
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import listed


class UndefinedName(Rule):
    """A name is used that nothing in the notebook defines.

    A run from the top ends here with NameError: the cell that defined it was changed or deleted, or the name is
    misspelt. Names that a cell which does not parse mentions are taken as defined; where a star import or `%run`
    hides which names there are, that is said once and nothing is guessed.

    Restore the definition, or mend the name.
    """

    group = "state"
    severity = "error"
    bad = """
# %%
delivery = [3, 4]
# %%
print(sum(elivery))  # [undefined-name]
# %%
def report():
    return totals  # [undefined-name]
# %%
del delivery
print(delivery)  # [undefined-name]
"""
    good = """
# %%
import pandas as pd
display(pd.Series([1]))
print(_, Out, [i for i in range(3)])
# %%
def first():
    return second()
def second():
    return 1
# %%
x = = spam
# %%
print(spam)
# %%
try:
    ready
except NameError:
    ready = True
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each name once, where it is first read."""
        missing = [
            unbound for unbound in unbound_names(context) if not unbound.below or _deleted(unbound.name, context)
        ]
        reason = undecidable(context) if missing else ""
        if reason:
            names = listed([unbound.name for unbound in missing])
            yield context.finding(
                self, missing[0].node, f"whether {names} is defined can't be decided: {reason}", severity="info"
            )
            return
        for unbound in missing:
            hint = _nearest(unbound.name, context)
            yield context.finding(self, unbound.node, f"nothing defines `{unbound.name}`{hint}")


def _deleted(name: str, context: Context) -> bool:
    first = next(s for s in context.analysis.statements if name in s.binds)
    unbound = next(u for u in unbound_names(context) if u.name == name)
    return first.number < unbound.statement.number


def _nearest(name: str, context: Context) -> str:
    from difflib import get_close_matches  # only when there is something to say

    close = get_close_matches(name, sorted(context.bound), 1, 0.8) if len(name) > 3 else []
    return f"; `{close[0]}` is defined" if close else ""
