import re
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

STEP = pattern(
    r"^[\s>*\-\d.)#]*(?:first,?\s+|please\s+|then\s+|now\s+|next,?\s+"
    r"|you (?:need to|must|should|can|will need to)\s+|to run this[^.\n]{0,60},\s+)*"
    r"(?:manually\s+)?(?:download|obtain|request access|sign up|register)\b[^\n]{0,300}",
    re.IGNORECASE | re.MULTILINE,
)
SOURCE = pattern(
    r"https?://|\[[^\]\n]{1,80}\]\(|\.(?:csv|zip|xlsx?|json|tar|gz|parquet|h5|pkl|tsv|txt|data)\b", re.IGNORECASE
)
PLACING = pattern(
    r"\b(?:place|put|save|unzip|extract|copy|move|store) (?:it|them|the (?:files?|data|dataset|contents?))\b",
    re.IGNORECASE,
)


class ManualDownload(Rule):
    """The text tells whoever runs the notebook to fetch the data by hand.

    A scheduled run can't, and nobody knows whether the file is still the same.

    Fetch it in a step with a checksum, or put it where the project can reach it and say so in the configuration.
    """

    group = "manual"
    needs = "paths"
    bad = """
# %% [markdown]
Download the data from [the portal](https://example.org/data) and put it into this folder.  # [manual-download]
# %%
import pandas as pd
df = pd.read_csv("data.csv")
"""
    good = """
# %% [markdown]
The data were downloaded from https://example.org/data in 2020.
You can download this notebook from https://example.org.
# %%
import pandas as pd
df = pd.read_csv("https://example.org/data.csv")
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each such sentence, in a notebook that reads local files."""
        if not any(use.role == "read" and "://" not in use.text for use in context.paths):
            return
        for cell in context.notebook.cells:
            match = STEP.search(cell.source) if cell.kind == "markdown" else None
            if match is None or "notebook" in match.group().lower():
                continue
            if SOURCE.search(match.group()) and (
                PLACING.search(cell.source) or re.search(r"data|file", match.group(), re.IGNORECASE)
            ):
                line = cell.source.count("\n", 0, match.start() + len(match.group()) - len(match.group().lstrip())) + 1
                fix = Convert("becomes a task: who supplies the data, and how")
                yield context.finding(self, context.line(cell, line), "the data must be fetched by hand", fix=fix)
