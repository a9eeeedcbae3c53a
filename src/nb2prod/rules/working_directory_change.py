import ast
from collections.abc import Iterator

from nb2prod.model import Cell, Convert, Finding, Magic
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

FIX = Convert("later relative paths are resolved against the folder instead; the package never changes directory")


class WorkingDirectoryChange(Rule):
    """The working directory is changed in the middle of the notebook.

    Every relative path after it means something else, also when the cell runs twice. A package that does so
    changes its caller's paths as well.

    Keep a folder in a variable and join paths to it. `convert` does that for a folder that it can see.
    """

    group = "paths"
    severity = "error"
    calls = frozenset({"os.chdir", "os.fchdir"})
    magics = frozenset({"cd", "pushd", "popd"})
    bad = """
# %%
import os
os.chdir("/srv/project")  # [working-directory-change]
# %%
%cd data  # [working-directory-change]
"""
    good = """
# %%
import os
here = os.getcwd()
!cd data && ls
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """`os.chdir(...)`."""
        yield context.finding(self, call, "relative paths mean another folder from here on", fix=FIX)

    def on_magic(self, magic: Magic, cell: Cell, context: Context) -> Iterator[Finding]:
        """`%cd`."""
        where = context.line(cell, magic.line)
        yield context.finding(self, where, f"%{magic.name}: relative paths mean another folder from here on", fix=FIX)
