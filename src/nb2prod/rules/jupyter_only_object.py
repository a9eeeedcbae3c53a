import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class JupyterOnlyObject(Rule):
    """The code talks to the notebook program itself.

    `get_ipython()` is None, or missing, everywhere else: a script, a test, a scheduled run.

    Leave the line out, or use what it stands for (`subprocess`, `time`, matplotlib's own settings).
    `convert` translates the magics that it knows and lists the others.
    """

    group = "blockers"
    calls = frozenset({"get_ipython", "IPython.get_ipython", "IPython.core.getipython.get_ipython"})
    bad = """
# %%
shell = get_ipython()  # [jupyter-only-object]
shell.run_line_magic("matplotlib", "inline")
"""
    good = """
# %%
def get_ipython(): ...
get_ipython()
# %%
%matplotlib inline
display(3)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The call."""
        if isinstance(context.within(call, ast.If), ast.If) and isinstance(context.parent(call), ast.Compare):
            return
        yield context.finding(self, call, "`get_ipython()` exists inside a notebook only")
