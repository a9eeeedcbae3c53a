import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.secret_names import names_secret
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule


class PrintedSecret(Rule):
    """A password, key or token is printed.

    It ends up in the saved outputs and in the logs.

    Print that it is there, not what it is.
    """

    group = "secrets"
    calls = frozenset({"print", "display", "logging.info", "logging.debug"})
    bad = """
# %%
import os
print(os.environ["API_KEY"])  # [printed-secret]
print("using", db_password)  # [printed-secret]
"""
    good = """
# %%
import os
print(os.environ["HOME"])
print(len(password))
print("token", token)
print(tokens, pad_token)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A `print` of a variable or an environment variable with such a name."""
        for argument in call.args:
            parts = (
                [part.value for part in argument.values if isinstance(part, ast.FormattedValue)]
                if isinstance(argument, ast.JoinedStr)
                else [argument]
            )
            for part in parts:
                name = _name(part, context)
                if name and names_secret(name) and name.lower() not in {"token", "tokens", "key", "secret"}:
                    yield context.finding(self, call, f"`{name}` is printed")
                    return


def _name(node: ast.expr, context: Context) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value, slice=index) if context.qualified(value) == "os.environ":
            return str(constant(index) or "")
        case ast.Call(func=func, args=[first, *_]) if context.qualified(func) in {"os.getenv", "os.environ.get"}:
            return str(constant(first) or "")
    return ""
