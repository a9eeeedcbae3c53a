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
    mentions = ("verify", "_create_unverified")
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

    def on_keyword(self, keyword: ast.keyword, context: Context) -> Iterator[Finding]:
        """`verify=False` in a request or a session."""
        call = context.parent(keyword)
        if keyword.arg in OPTIONS and constant(keyword.value) is False and isinstance(call, ast.Call):
            library = context.qualified(call.func).partition(".")[0] in LIBRARIES
            if library or keyword.arg != "verify":
                yield context.finding(self, keyword.value, "the identity of the server is not checked")

    def on_assign(self, node: ast.Assign, context: Context) -> Iterator[Finding]:
        """The check switched off for the whole process."""
        if isinstance(node.value, ast.Attribute) and context.qualified(node.value) == "ssl._create_unverified_context":
            yield context.finding(self, node, "the identity of every server is not checked from here on")
