import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule

OPTIONS = frozenset({"verify", "verify_ssl", "verify_certs", "ssl_verify"})
LIBRARIES = frozenset({"requests", "httpx", "urllib3", "elasticsearch", "aiohttp"})


class TlsCheckOff(Rule):
    """The identity of a server is not checked.

    Anybody on the way can read and change what is sent and received.

    Name the authority's certificate instead (`verify="/path/to/ca.pem"`).
    """

    group = "secrets"
    attributes = frozenset({"_create_unverified_context"})
    keywords = OPTIONS
    bad = """
# %%
import requests
import ssl
page = requests.get(url, verify=False, timeout=3)  # [tls-check-off]
ssl._create_default_https_context = ssl._create_unverified_context  # [tls-check-off]
"""
    good = """
# %%
import requests
page = requests.get(url, timeout=3)
plot(verify=False)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """`verify=False` in a request or a session, and the check switched off for the whole process."""
        for name in OPTIONS & context.keywords.keys():
            for keyword in context.keywords[name]:
                call = context.parent(keyword)
                if constant(keyword.value) is not False or not isinstance(call, ast.Call):
                    continue
                if name != "verify" or context.qualified(call.func).partition(".")[0] in LIBRARIES:
                    yield context.finding(self, keyword.value, "the identity of the server is not checked")
        for node in context.attributes.get("_create_unverified_context", ()):
            assign = context.parent(node)
            if isinstance(assign, ast.Assign) and context.qualified(node) == "ssl._create_unverified_context":
                yield context.finding(self, assign, "the identity of every server is not checked from here on")
