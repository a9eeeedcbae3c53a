from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._secrets import secrets


class SecretInOutput(Rule):
    """A saved output shows a password, key or token.

    It stays in the file when the code is cleaned, and most scanners skip outputs. A secret is known by its shape,
    or because the code of the same notebook holds it.

    Take the secret back at its issuer, clear the output, and keep the code from printing it.
    """

    group = "secrets"
    severity = "error"
    bad = """
# %%
print(connection)  # [secret-in-output]
# %% [output]
Engine(postgresql://lea:s3cr3tw0rd@db/sales)
# %%
password = "tr0ub4dor&3"  # [secret-literal]
# %%
print(settings)  # [secret-in-output]
# %% [output]
{'user': 'lea', 'password': 'tr0ub4dor&3'}
"""
    good = """
# %%
print(connection)
# %% [output]
Engine(postgresql://lea:***@db/sales)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell whose saved output shows a secret."""
        known = {s.value for s in secrets(context) if s.place == "code" and len(s.value) >= 8}
        shaped = {s.cell: s.kind for s in secrets(context) if s.place == "output"}
        for cell in context.code_cells:
            texts = [output.text for output in cell.outputs]
            copied = any(value in text for value in known for text in texts)
            if cell.index in shaped or copied:
                kind = shaped.get(cell.index, "a secret of the code")
                message = f"the saved output shows {kind}: take it back and clear the output"
                yield context.finding(self, context.line(cell, 1), message)
