import ast
from collections.abc import Iterator

from nb2prod.model import Drop, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule


class KaggleBoilerplate(Rule):
    """The cell that Kaggle puts into every new notebook is still there.

    It lists the input files and has no part in the result.

    Delete it. `convert` leaves it out.
    """

    group = "manual"
    severity = "info"
    profile = "ci"
    once = True
    calls = frozenset({"os.walk"})
    bad = """
# %%
import os
for dirname, _, filenames in os.walk("/kaggle/input"):  # [kaggle-boilerplate]
    for filename in filenames:
        print(os.path.join(dirname, filename))
"""
    good = """
# %%
import os
for dirname, _, filenames in os.walk("data"):
    rows.append(load(dirname))
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The walk over the inputs."""
        path = constant(call.args[0]) if call.args else None
        if isinstance(path, str) and path.startswith(("/kaggle/input", "../input")):
            yield context.finding(self, call, "Kaggle's own first cell", fix=Drop("it only lists files"))
