from collections.abc import Iterator
from types import MappingProxyType

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class HugeOutput(Rule):
    """A saved output is so long that nobody reads it.

    The file grows, diffs drown in it, and data that should not be in version control may be in it.

    Show a part, or clear the output.
    """

    group = "secrets"
    severity = "info"
    profile = "ci"
    once = True
    options = MappingProxyType({"characters": 20_000})
    needs = "shown"
    bad = (
        """
# %%
print(everything)  # [huge-output]
# %% [output]
"""
        + "0123456789" * 2_001
        + """
"""
    )
    good = """
# %%
print(everything)
# %% [output]
1, 2, 3
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell with more text than `characters` in its outputs."""
        limit = context.number(self, "characters")
        for cell in context.code_cells:
            length = sum(len(output.text) for output in cell.outputs)
            if length >= limit:
                yield context.finding(self, context.line(cell, 1), f"{length:,} characters of saved output or more")
