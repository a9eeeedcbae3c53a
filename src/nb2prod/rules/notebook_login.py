import ast
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import keyword
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import short

WORDS = (
    ("gcloud", "auth"),
    ("huggingface-cli", "login"),
    ("wandb", "login"),
    ("az", "login"),
    ("kaggle", "login"),
    ("hf", "auth"),
)


class NotebookLogin(Rule):
    """Somebody logs in by hand while the notebook runs.

    A scheduled run can't, and the results depend on that person's rights.

    Give the job an account of its own, with its token in the environment.
    """

    group = "manual"
    calls = frozenset(
        {
            "huggingface_hub.notebook_login",
            "huggingface_hub.login",
            "huggingface_hub.interpreter_login",
            "wandb.login",
            "google.colab.auth.authenticate_user",
            "ee.Authenticate",
            "neptune.login",
        }
    )
    needs = "commands"
    bad = """
# %%
from huggingface_hub import notebook_login
notebook_login()  # [notebook-login]
!wandb login  # [notebook-login]
"""
    good = """
# %%
import os
from huggingface_hub import login
login(token=os.environ["HF_TOKEN"])
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A login without a token."""
        if call.args or any(keyword(call, name) is not None for name in ("token", "key", "api_key", "credentials")):
            return
        message = f"`{context.qualified(call.func)}()` waits for somebody to log in"
        yield context.finding(self, call, message, fix=Convert("the token comes from the environment"))

    def finish(self, context: Context) -> Iterator[Finding]:
        """A login in the shell."""
        for command in context.commands:
            if command.words[:2] in WORDS and len(command.words) == 2:
                yield context.finding(self, command.place, f"{short(command.text)} waits for somebody to log in")
