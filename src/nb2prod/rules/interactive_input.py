import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class InteractiveInput(Rule):
    """The notebook waits for somebody to type.

    A scheduled run has no keyboard: it hangs or fails with EOFError, and what was typed last time is not recorded.

    Make the value a parameter with a type and a default; a password comes from the environment.
    """

    group = "manual"
    severity = "error"
    calls = frozenset({"input", "raw_input", "getpass.getpass", "getpass.getuser", "click.prompt", "click.confirm"})
    bad = """
# %%
shop = input("Shop name")  # [interactive-input]
# %%
from getpass import getpass
key = getpass()  # [interactive-input]
"""
    good = """
# %%
class Model:
    def input(self): ...
Model().input()
def getpass(): ...
getpass()
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """The call that waits."""
        name = context.qualified(call.func)
        if name == "getpass.getuser":
            return
        message = f"`{name}()` waits for somebody to type"
        yield context.finding(self, call, message)
