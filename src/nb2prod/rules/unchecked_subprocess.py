import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._edits import adding
from nb2prod.rules._flow import keyword, spreads
from nb2prod.rules._rule import Rule


class UncheckedSubprocess(Rule):
    """A program is run and nobody asks whether it failed.

    `subprocess.run` without `check=True` and `subprocess.call` go on after a failure.

    Pass `check=True`. The fix does so.
    """

    group = "errors"
    calls = frozenset({"subprocess.run", "subprocess.call"})
    bad = """
# %%
import subprocess
subprocess.run(["make", "data"])  # [unchecked-subprocess]
"""
    fixed = """
# %%
import subprocess
subprocess.run(["make", "data"], check=True)
"""
    good = """
# %%
import subprocess
subprocess.run(["make", "data"], check=True)
done = subprocess.run(["make", "data"])
print(done.returncode)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A call whose result is dropped."""
        if not isinstance(context.parent(call), ast.Expr) or spreads(call) or keyword(call, "check") is not None:
            return
        name = context.qualified(call.func)
        fix = adding(context, call, "check=True", "unsafe") if name == "subprocess.run" else None
        yield context.finding(self, call, f"`{name}` goes on when the program fails", fix=fix)
