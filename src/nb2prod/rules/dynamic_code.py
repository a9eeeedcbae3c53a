import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class DynamicCode(Rule):
    """Names are made or looked up by text while the notebook runs.

    `exec`, `eval` of something that is not a literal, and writing into `globals()` hide from readers and tools
    which names there are, and run whatever the text says.

    Use a dictionary for names that vary, `ast.literal_eval` for values. `convert` keeps such cells whole.
    """

    group = "state"
    severity = "error"
    calls = frozenset({"exec", "eval", "globals", "locals"})
    bad = """
# %%
for year in years:
    exec(f"df_{year} = load({year})")  # [dynamic-code]
    globals()["total_" + year] = 0  # [dynamic-code]
result = eval(input_text)  # [dynamic-code]
"""
    good = """
# %%
frames = {year: load(year) for year in years}
model.eval()
df.eval("a + b")
value = eval("1 + 1")
known = "x" in globals()
print(sorted(locals()))
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A call that makes names or runs text."""
        name = context.qualified(call.func)
        if name == "eval" and call.args and isinstance(call.args[0], ast.Constant):
            return
        if name in {"globals", "locals"}:
            if not _writes(call, context):
                return
            message = f"`{name}()` is written into: which names there are can't be seen"
        else:
            message = f"`{name}()` runs text as code: what it reads and binds can't be seen"
        yield context.finding(self, call, message)


def _writes(call: ast.Call, context: Context) -> bool:
    parent = context.parent(call)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, (ast.Store, ast.Del))
    return isinstance(parent, ast.Attribute) and parent.attr in {"update", "setdefault", "pop"}
