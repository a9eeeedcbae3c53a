import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._edits import adding
from nb2prod.rules._flow import argument, keyword, spreads
from nb2prod.rules._rule import Rule

VERBS = "get post put patch delete head options request"
# Position of `timeout`, -1 if it is only ever a keyword; httpx has a default of five seconds.
CALLS = {f"requests.{verb}": -1 for verb in VERBS.split()} | {"urllib.request.urlopen": 2, "urllib2.urlopen": 2}
SESSIONS = frozenset({"requests.Session", "requests.session", "requests.sessions.Session"})


class RequestWithoutTimeout(Rule):
    """A request over the network may wait for ever.

    `requests` and `urlopen` have no time limit of their own: one server that does not answer stops the whole run.

    Pass `timeout=` in seconds. The fix adds `timeout=30`.
    """

    group = "errors"
    calls = frozenset(CALLS)
    methods = frozenset(VERBS.split())
    bad = """
# %%
import requests
page = requests.get("https://example.org")  # [request-without-timeout]
# %%
session = requests.Session()
reply = session.post(url, json={"a": 1})  # [request-without-timeout]
"""
    fixed = """
# %%
import requests
page = requests.get("https://example.org", timeout=30)
# %%
session = requests.Session()
reply = session.post(url, json={"a": 1}, timeout=30)
"""
    good = """
# %%
import requests
page = requests.get("https://example.org", timeout=10)
other = requests.get(url, **options)
value = {"a": 1}.get("a")
def requests_get(url): ...
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A request without `timeout`."""
        name = context.qualified(call.func)
        if name not in CALLS and not _of_session(call, context):
            return
        if (
            spreads(call)
            or keyword(call, "timeout") is not None
            or argument(call, CALLS.get(name, -1), "timeout") is not None
        ):
            return
        message = f"`{name or 'the session'}` has no time limit: pass `timeout=`"
        fix = adding(context, call, "timeout=30", "safe")
        yield context.finding(self, call, message, fix=fix)


def _of_session(call: ast.Call, context: Context) -> bool:
    if not isinstance(call.func, ast.Attribute) or not context.calls(*SESSIONS):
        return False
    source = context.flow.value(call.func.value)
    return isinstance(source, ast.Call) and context.qualified(source.func) in SESSIONS
