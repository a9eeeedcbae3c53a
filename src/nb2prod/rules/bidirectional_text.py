from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

CONTROLS = pattern("[\u202a-\u202e\u2066-\u2069]")


class BidirectionalText(Rule):
    """Code holds invisible characters that change the order in which it is shown.

    What a reviewer sees is not what Python runs (the "Trojan source" attack). Letters of right-to-left scripts
    are not meant, only the control characters.

    Delete them, or write them as escapes in a string.
    """

    group = "blockers"
    severity = "error"
    bad = """
# %%
access = "user\u202e \u2066# admin\u2069 \u2066"  # [bidirectional-text]
"""
    good = r"""
# %%
name = "\u05e9\u05dc\u05d5\u05dd"
mark = "\\u202e"
# %% [markdown]
text
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first such character of each line of code."""
        for cell in context.code_cells if not context.code.isascii() else ():
            if cell.source.isascii():
                continue
            for number, line in enumerate(cell.source.split("\n"), 1):
                if match := CONTROLS.search(line):
                    place = Place(cell.index, number, match.start() + 1, number, match.end() + 1)
                    code = f"U+{ord(match.group()):04X}"
                    yield context.finding(
                        self, place, f"the invisible character {code} changes the order in which the line is shown"
                    )
