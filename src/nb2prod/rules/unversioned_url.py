from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

BRANCH = pattern(
    r"https?://(?:raw\.githubusercontent\.com/[^/]+/[^/]+/(?:refs/heads/)?(?:master|main|develop)/|github\.com/[^/]+/[^/]+/(?:raw|blob)/(?:master|main)/)"
)


class UnversionedUrl(Rule):
    """Data are read from the tip of a branch.

    Whoever owns the repository can change the file, and with it your results, at any time.

    Name a commit or a tag in the address, and check a checksum.
    """

    group = "reproducibility"
    severity = "info"
    profile = "ci"
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("https://raw.githubusercontent.com/someone/data/master/x.csv")  # [unversioned-url]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv("https://raw.githubusercontent.com/someone/data/v1.2/x.csv")
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each such address once."""
        seen: set[str] = set()
        for use in context.paths:
            if use.role == "read" and BRANCH.match(use.text) and use.text not in seen:
                seen.add(use.text)
                yield context.finding(self, use.literal, f"{short(use.text)} is whatever the branch holds that day")
