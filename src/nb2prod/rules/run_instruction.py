import re
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

INSTRUCTION = pattern(
    r"\b(?:(?:re-?)?run (?:this|the (?:next|following|above|previous|last)) cells? "
    r"(?:again|twice|once|only|first|before|after|if|when|until)"
    r"|(?:do not|don't|only|skip) (?:re-?)?(?:run|execute|running) (?:this|the (?:next|following)) (?:cell|block)"
    r"|restart (?:the |your )?(?:kernel|runtime|session)|run (?:this|it) (?:only )?(?:once|twice)"
    r"|re-?run (?:this|the) cell"
    r"|skip (?:this|the next|the following) cell)",
    re.IGNORECASE,
)
WORDS = ("un th", "un it", "estart", "kip th", "xecute ")


class RunInstruction(Rule):
    """A text tells by hand in which order, or how often, cells are to be run.

    Whoever doesn't read it gets another result, and a scheduled run never reads.

    Make the cell right whenever it runs once, in its place.
    """

    group = "manual"
    profile = "ci"
    bad = """
# %%
# run this cell again for the next set  # [run-instruction]
load_more()
# %% [markdown]
Now restart the kernel and go on.  # [run-instruction]
"""
    good = """
# %%
# run the model
fit()
# %% [markdown]
We run the analysis again with other data. Who likes the defaults can skip this step.
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first instruction of each cell."""
        for cell in context.notebook.cells if _told(context.everything) else ():
            if not _told(cell.source):
                continue
            if cell.kind == "code":
                texts = [(comment.line, comment.text) for comment in context.comments(cell)]
            else:
                texts = list(enumerate(cell.source.split("\n"), 1))
            for line, text in texts:
                if match := INSTRUCTION.search(text[:2000]):
                    yield context.finding(
                        self, context.line(cell, line), f"to be followed by hand: {short(match.group())}"
                    )
                    break


def _told(text: str) -> bool:
    return any(map(text.__contains__, WORDS))
