from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._paths import URL
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short, slug


class HardcodedUrl(Rule):
    """Data are read from an address that is written into the code.

    The run depends on somebody else's server, and on it still holding the same file.

    Keep the address in the configuration, and fetch in a step of its own with a checksum. `convert` makes a setting
    of it.
    """

    group = "paths"
    profile = "ci"
    needs = "paths"
    bad = """
# %%
import pandas as pd
df = pd.read_csv("https://example.org/prices.csv")  # [hardcoded-url]
"""
    good = """
# %%
import pandas as pd
df = pd.read_csv(settings.prices_url)
more = "https://example.org/about"
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each address that reaches a reader, once."""
        seen: set[str] = set()
        for use in context.paths:
            if use.role == "read" and URL.match(use.text) and use.text not in seen:
                seen.add(use.text)
                name = slug(use.text.rstrip("/").rpartition("/")[2].partition(".")[0]) or "data"
                yield context.finding(
                    self, use.literal, f"{short(use.text)} is read at run time", fix=Lift(f"{name}_url")
                )
