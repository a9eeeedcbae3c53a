from collections.abc import Iterator

from nb2prod.model import Convert, Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._secrets import secrets


class SecretLiteral(Rule):
    """A password, key or token is written in the notebook.

    Whoever can read the notebook, its history or a copy of it can use the secret. A secret is known by the name
    under which it is kept and its value, or by its shape alone; placeholders and tokens of text are not secrets.
    Its value is never shown by nb2prod.

    Take it back at its issuer first, it is in the history; then read it from the environment. `convert` makes a
    secret setting of it, without a default.
    """

    group = "secrets"
    severity = "error"
    bad = """
# %%
password = "tr0ub4dor&3"  # [secret-literal]
client = connect(api_key="9f8e7d6c5b4a39281706")  # [secret-literal]
# %%
from sqlalchemy import create_engine
engine = create_engine("postgresql://lea:s3cr3tw0rd@db/sales")  # [secret-literal]
"""
    good = """
# %%
import os
password = os.environ["DB_PASSWORD"]
api_key = "<YOUR API KEY>"
pad_token = "[PAD]"
token_pattern = r"[a-z]+1234567890"
client = connect(api_key="your-key-here")
url = "https://example.org/a:b@c"
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each secret of the code and the prose, at the place where it stands."""
        seen: set[tuple[int, int]] = set()
        for secret in secrets(context):
            if secret.place == "output" or (secret.cell, secret.line) in seen:
                continue
            seen.add((secret.cell, secret.line))
            where = secret.node or _line(context, secret.cell, secret.line)
            message = (
                f"{secret.kind} is written here ({len(secret.value)} characters): take it back, it is in the history"
            )
            yield context.finding(self, where, message, fix=Convert("becomes a secret setting without a default"))


def _line(context: Context, cell: int, line: int) -> Place:
    return context.line(context.cells[cell], line)
