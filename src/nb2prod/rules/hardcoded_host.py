import ast
import re
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

HOST = pattern(
    r"(?:[a-z]+://)?(?:(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?|localhost:\d{2,5}|[\w-]+(?:\.[\w-]+)*\.(?:internal|local|corp|lan|intranet)(?::\d{2,5})?)(?:/[^\s]{0,200})?$"
)
ENDS = ("localhost", ".internal", ".local", ".corp", ".lan", ".intranet")
# All interfaces of whatever machine it is: no address of one.
ANY = "0.0.0.0"  # noqa: S104  # looked for, not bound
NAMED = pattern(r"host|server|url|uri|addr|endpoint|broker|bootstrap|master|ip$|tracking", re.IGNORECASE)


class HardcodedHost(Rule):
    """The address of a machine is written into the code.

    It exists in one network only, and moving the service breaks the code.

    Keep it in the configuration. `convert` makes a setting of it.
    """

    group = "paths"
    profile = "ci"
    bad = """
# %%
client = connect(host="10.0.3.17")  # [hardcoded-host]
server = "http://localhost:8501/predict"  # [hardcoded-host]
"""
    good = """
# %%
client = connect(host=settings.host)
version = "1.2.3.4"
host = "localhost"
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each address, where the name or a scheme says that it is one."""
        for text, node in context.texts:
            if not 7 <= len(text) <= 300 or not _like_a_host(text) or not HOST.match(text) or text.startswith(ANY):
                continue
            if "://" in text or NAMED.search(_name(node, context)):
                yield context.finding(self, node, f"{short(text)} exists in one network only", fix=Lift("host"))


def _like_a_host(text: str) -> bool:
    """Whether it pays to look at a text: four numbers have three dots."""
    return text.count(".") >= 3 or any(map(text.__contains__, ENDS))


def _name(node: ast.Constant, context: Context) -> str:
    match context.parent(node):
        case ast.keyword(arg=str() as name):
            return name
        case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)]):
            return name
    return ""
