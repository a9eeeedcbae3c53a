import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._paths import is_head
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short, slug


class ParentPath(Rule):
    """A path leads out of the notebook's folder.

    It holds only where the notebook stands now: not from the root of the repository, not from a test, not from
    the installed package.

    Name the data folder in the configuration. `convert` makes a setting of it.
    """

    group = "paths"
    severity = "info"
    profile = "ci"
    once = True
    mentions = ("..",)
    bad = """
# %%
import pandas as pd
df = pd.read_csv("../input/train.csv")  # [parent-path]
"""
    good = """
# %%
import pandas as pd
import sys
df = pd.read_csv("input/train.csv")
sys.path.append("../src")
text = "../"
"""

    def on_string(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        """A path that begins with `../`."""
        text = node.value
        if (
            isinstance(text, str)
            and text.startswith(("../", "..\\"))
            and 4 < len(text) < 300
            and "\n" not in text
            and is_head(context, node)
        ):
            around = (call for call in context.ancestors(node) if isinstance(call, ast.Call))
            if any(context.qualified(call.func).startswith("sys.path.") for call in around):
                return
            name = slug(text.rstrip("/").rpartition("/")[2].partition(".")[0]) or "data"
            yield context.finding(
                self, node, f"{short(text)} leads out of the notebook's folder", fix=Lift(f"{name}_path")
            )
