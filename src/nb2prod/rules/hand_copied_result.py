from collections.abc import Iterator

from nb2prod.model import Cell, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

NUMBER = pattern(r"(?<![\w.])\d{1,15}\.\d{1,17}(?:e[+-]?\d{1,3})?(?![\w.])")
KNOWN = (
    "3.1415",
    "2.7182",
    "1.4142",
    "0.6931",
    "1.6180",
    "9.8066",
    "9.80665",
    "6371.",
    "0.0174",
    "57.295",
    "1.9599",
    "299792",
)
LEAST_DIGITS = 5


class HandCopiedResult(Rule):
    """A number in the code was copied by hand from an earlier output.

    With new data the output changes and the copy does not: the notebook goes on computing with the old result.
    Numbers with five or more significant digits count, if an earlier cell shows the same digits and no earlier
    code holds them.

    Use the value itself: the variable, attribute or call that was shown.
    """

    group = "manual"
    severity = "error"
    bad = """
# %%
print(model.intercept_)
# %% [output]
180616.43834
# %%
price = 135.2 * area + 180616.438  # [hand-copied-result]
"""
    good = """
# %%
print(3.14159265, 12.5)
x = 48.85341
print(x)
# %% [output]
3.14159265 12.5
48.85341
# %%
area = 3.14159 * 12.5 ** 2
latitude = 48.85341
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each copied number, with the cell that shows it."""
        floats = context.literals.get(float, ()) if context.output else ()
        candidates = [node for node in floats if isinstance(node.value, float) and _precise(node.value)]
        if not candidates:
            return
        shown: list[tuple[Cell, set[str]]] = [(c, numbers) for c in context.code_cells if (numbers := _numbers(c))]
        for node in candidates:
            cell, text = context.cell_of(node), _plain(node.value)
            source = next((c for c, numbers in shown if c.index < cell.index and _shows(numbers, text)), None)
            if source is not None and not _written_before(context, text, cell):
                yield context.finding(self, node, f"{text} was copied by hand from the output of cell {source.index}")


def _plain(value: object) -> str:
    return repr(value)


def _precise(value: float) -> bool:
    text = _plain(value)
    digits = text.partition("e")[0].replace(".", "").strip("0")
    return (
        "e" not in text
        and "n" not in text
        and len(digits) >= LEAST_DIGITS
        and not text.startswith(KNOWN)
        and "999" not in text
    )


def _numbers(cell: Cell) -> set[str]:
    """The numbers that a cell's saved outputs show."""
    return {number for output in cell.outputs for number in NUMBER.findall(output.text[:200_000])}


def _shows(numbers: set[str], text: str) -> bool:
    """Whether a number is among those shown, exactly or rounded to as many places."""
    if text in numbers:
        return True
    places = len(text.partition(".")[2])
    head = text.partition(".")[0]
    return any(number.partition(".")[0] == head and f"{float(number):.{places}f}" == text for number in numbers)


def _written_before(context: Context, text: str, cell: Cell) -> bool:
    return any(text in earlier.source for earlier in context.notebook.cells if earlier.index < cell.index)
