from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, words

HOME = pattern(r"(?:/home/|/Users/|[A-Za-z]:\\+Users\\+)([A-Za-z][\w.-]{0,40})[/\\]")
# Accounts of services, not of people.
NOBODY = words(
    "jovyan runner user users docs travis circleci ubuntu vsts ec2-user vscode conda public default app root "
    "shared studio-lab-user sagemaker-user jupyter codespace builder rtd me username name you yourname foo "
    "test anaconda ray azureuser gitpod Public Shared"
)


class UserPathInOutput(Rule):
    """A saved output shows somebody's home folder.

    It tells the account's name, and that the result depends on that machine: warnings, tracebacks and printed
    paths hold it.

    Clear the output, or run the notebook where the project runs.
    """

    group = "secrets"
    once = True
    shows = ("/home/", "Users")
    bad = """
# %%
print(frame.path)  # [user-path-in-output]
# %% [output]
/Users/lea/work/data.csv
"""
    good = """
# %%
print(frame.path)
# %% [output]
/home/jovyan/data.csv
data/home/lea.csv
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each cell with such an output, first to last."""
        for cell, text in context.shown:
            if any(match.group(1) not in NOBODY for match in HOME.finditer(text)):
                yield context.finding(self, context.line(cell, 1), "the saved output shows a personal folder")
