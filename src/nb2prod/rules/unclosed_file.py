import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import argument, constant
from nb2prod.rules._rule import Rule


class UnclosedFile(Rule):
    """A file is opened and never closed.

    What was written may not be on the disk when it is needed, and on Windows nobody else can touch the file.

    Open it in a `with` statement.
    """

    group = "errors"
    calls = frozenset({"open", "gzip.open", "bz2.open", "codecs.open"})
    bad = """
# %%
import pickle
pickle.dump(model, open("model.pkl", "wb"))  # [unclosed-file]
out = open("log.txt", "w")  # [unclosed-file]
out.write("done")
"""
    good = """
# %%
with open("log.txt") as file:
    text = file.read()
out = open("log.txt", "w")
out.close()
text = open("a.txt").read()
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A file that is written and never closed; reading one at once is left alone."""
        mode = constant(argument(call, 1, "mode"))
        if not isinstance(mode, str) or not set(mode) & set("wax+"):
            return
        parent = context.parent(call)
        if isinstance(parent, ast.withitem) or context.within(call, (ast.Lambda, ast.Return)):
            return
        if (
            isinstance(parent, ast.Assign)
            and isinstance(parent.targets[0], ast.Name)
            and _closed(parent.targets[0].id, context)
        ):
            return
        if (
            isinstance(parent, ast.Call)
            and isinstance(parent.func, ast.Attribute)
            and parent.func.attr == "enter_context"
        ):
            return
        yield context.finding(self, call, "the file is written and never closed: use `with`")


def _closed(name: str, context: Context) -> bool:
    around = [context.parent(use) for use in context.names[name][:200]]
    return any(isinstance(node, ast.withitem) or getattr(node, "attr", "") == "close" for node in around)
