from collections import Counter
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

# Characters that a cell must have to be worth a word.
LEAST = 60


class DuplicateCell(Rule):
    """Two cells hold the same code.

    A change in one is forgotten in the other.

    Make a function of it.
    """

    group = "state"
    severity = "info"
    profile = "ci"
    bad = """
# %%
frame = load(path)
frame = frame.dropna()
plot(frame, "all the rows")
# %%
frame = load(path)  # [duplicate-cell]
frame = frame.dropna()
plot(frame,  "all the rows")
"""
    good = """
# %%
plt.show()
# %%
plt.show()
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The second cell, if it has three lines or more."""
        seen: dict[str, int] = {}
        long = [
            # what cells of the same code have in common, whatever their blanks
            (cell, (cell.source.count("("), cell.source.count("="), cell.source.count(",")))
            for cell in context.code_cells
            if len(cell.source) >= LEAST and cell.source.count("\n") >= 2
        ]
        alike = Counter(signs for _, signs in long)
        for cell, signs in long:
            text = "".join(cell.source.split()) if alike[signs] > 1 else ""
            if len(text) < LEAST or cell.source.strip().count("\n") < 2:
                continue
            if text in seen:
                yield context.finding(self, context.line(cell, 1), f"the same code as in cell {seen[text]}")
            seen.setdefault(text, cell.index)
