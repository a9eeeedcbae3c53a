import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

CALLS = frozenset(
    f"{library}.{verb}" for library in ("requests", "httpx") for verb in ("get", "post", "put", "patch", "request")
)
USES = frozenset({"json", "text", "content"})
CHECKS = frozenset({"raise_for_status", "status_code", "ok", "is_success", "is_error", "reason"})


class ResponseStatusIgnored(Rule):
    """A reply from the network is used without asking whether it is an error page.

    A server that is down or refuses answers too: its error text is then parsed as data.

    Call `raise_for_status()` on the reply before using it.
    """

    group = "errors"
    bad = """
# %%
import requests
reply = requests.get(url, timeout=9)  # [response-status-ignored]
rows = reply.json()
more = requests.get(url, timeout=9).text  # [response-status-ignored]
"""
    good = """
# %%
import requests
reply = requests.get(url, timeout=9)
reply.raise_for_status()
rows = reply.json()
other = requests.get(url, timeout=9)
if other.status_code == 200:
    print(other.text)
checked(requests.get(url))
"""

    calls = CALLS

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A request whose reply is read but never checked."""
        parent = context.parent(call)
        message = "the reply is used unchecked: call `raise_for_status()` first"
        if isinstance(parent, ast.Attribute) and parent.attr in USES:
            yield context.finding(self, call, message)
        target = parent.targets[0] if isinstance(parent, ast.Assign) else None
        if not isinstance(target, ast.Name):
            return
        attributes = {
            node.attr
            for node in context.nodes(ast.Attribute)
            if isinstance(node.value, ast.Name) and node.value.id == target.id
        }
        passed = any(_passes(other, target.id) for other in context.nodes(ast.Call))
        if attributes & USES and not attributes & CHECKS and not passed:
            yield context.finding(self, call, message)


def _passes(call: ast.Call, name: str) -> bool:
    """Whether a reply is handed to something that may check it."""
    builtin = isinstance(call.func, ast.Name) and call.func.id in {"print", "type", "display", "str", "dir", "len"}
    return not builtin and any(isinstance(argument, ast.Name) and argument.id == name for argument in call.args)
