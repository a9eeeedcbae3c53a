from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short, words

FILE = pattern(r"[^/\\]\.\w+$")
# Reading a model back right after saving it checks that it can be loaded.
RELOADS = words("joblib.load torch.load keras.models.load_model tensorflow.keras.models.load_model")


class IntermediateFile(Rule):
    """A file is written in one cell and read in a later one.

    The later cell works as long as any file of that name is there, also one of last week: skip the first cell and
    nothing fails. A text format can also change types on the way.

    Hand the value over in memory, or make the file a named artifact of a step.
    """

    group = "paths"
    needs = "paths"
    bad = """
# %%
import pandas as pd
frame.to_csv("between.csv")
# %%
frame = pd.read_csv("between.csv")  # [intermediate-file]
"""
    good = """
# %%
import pandas as pd
frame.to_csv("result.csv")
# %%
other = pd.read_csv("input.csv")
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first read of each such file."""
        written: dict[str, int] = {}
        read: set[str] = set()
        for use in sorted(context.paths, key=lambda use: context.order(use.call)):
            cell = context.cell_of(use.call).index
            reload = context.qualified(use.call.func) in RELOADS
            if not use.whole or reload or not FILE.search(use.text):
                continue
            if use.role == "write":
                written.setdefault(use.text, cell)
            elif use.text in written and written[use.text] < cell and use.text not in read:
                read.add(use.text)
                yield context.finding(
                    self,
                    use.call,
                    f"{short(use.text)} is what cell {written[use.text]} writes: any old file of that name will do",
                )
