import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

CALLS = frozenset(
    f"{library}.{verb}" for library in ("requests", "httpx") for verb in ("get", "post", "put", "patch", "request")
)
USES = frozenset({"json", "text", "content"})
MESSAGE = "the reply is used unchecked: call `raise_for_status()` first"
SHOWING = frozenset({"print", "type", "display", "str", "dir", "len"})
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

    def finish(self, context: Context) -> Iterator[Finding]:
        """The requests whose replies are read but never checked."""
        named: dict[str, list[ast.Call]] = {}
        for call in context.calls_of(self):
            parent = context.parent(call)
            if isinstance(parent, ast.Attribute) and parent.attr in USES:
                yield context.finding(self, call, MESSAGE)
            target = parent.targets[0] if isinstance(parent, ast.Assign) else None
            if isinstance(target, ast.Name):
                named.setdefault(target.id, []).append(call)
        for name, calls in named.items():
            if _read_unchecked(name, context):
                yield from (context.finding(self, call, MESSAGE) for call in calls)


def _read_unchecked(name: str, context: Context) -> bool:
    """Whether a reply under this name is read, and neither checked nor handed to something that may check it."""
    around = [(use, context.parent(use)) for use in context.names[name]]
    attributes = {parent.attr for _, parent in around if isinstance(parent, ast.Attribute)}
    passed = any(isinstance(parent, ast.Call) and use in parent.args and _checks(parent) for use, parent in around)
    return bool(attributes & USES) and not attributes & CHECKS and not passed


def _checks(call: ast.Call) -> bool:
    """Whether a function may look at the status of a reply: any that is not one of these."""
    return not (isinstance(call.func, ast.Name) and call.func.id in SHOWING)
