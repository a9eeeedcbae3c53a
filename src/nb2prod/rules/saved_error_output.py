import re
from collections.abc import Iterator

from nb2prod.model import Cell, Finding, Output
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

ARROW = pattern(r"^-+> *(\d+) ?(.*)$", re.MULTILINE)
COLOUR = pattern(r"\x1b\[[0-9;]*m")


class SavedErrorOutput(Rule):
    """The notebook was saved with a cell that failed.

    The cells below it ran on what an earlier run had left behind, or did not run at all.

    Mend the cell, or tag it `raises-exception` if the failure is what it shows.
    """

    group = "state"
    severity = "error"
    needs = "shown"
    bad = """
# %% [1]
frame = load()
frame["prise"]  # [saved-error-output]
# %% [error]
KeyError: 'prise'
Traceback (most recent call last)
----> 2 frame["prise"]
"""
    good = """
# %% [1]
print("Error: none")
# %% [output]
Error: none
# %% tags=raises-exception
1 / 0
# %% [error]
ZeroDivisionError: division by zero
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell with a saved error."""
        for cell in context.code_cells:
            error = next((output for output in cell.outputs if output.kind == "error"), None)
            passed = cell.problem is not None or "raises-exception" in cell.tags
            if error is None or passed or error.error == "KeyboardInterrupt":
                continue
            said = f"{error.error}: {_last_line(error)}" if _last_line(error) else error.error
            yield context.finding(
                self,
                context.line(cell, _failed_line(error, cell)),
                f"the cell failed when it was saved: {short(said, 80)}",
            )


def _last_line(error: Output) -> str:
    lines = [line for line in COLOUR.sub("", error.text).split("\n") if line.strip()]
    return next((line.partition(": ")[2] for line in reversed(lines) if line.startswith(f"{error.error}: ")), "")


def _failed_line(error: Output, cell: Cell) -> int:
    """The line of the cell that the traceback points at, if it still reads the same; else its first."""
    lines = cell.source.split("\n")
    for match in ARROW.finditer(COLOUR.sub("", error.text)):
        number, text = int(match.group(1)[:9]), match.group(2).strip()
        if 0 < number <= len(lines) and lines[number - 1].strip() == text:
            return number
    return 1
