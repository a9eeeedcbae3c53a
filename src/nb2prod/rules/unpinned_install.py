from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import listed, pattern

REQUIREMENT = pattern(r"[A-Za-z][\w.-]*(?:\[[\w, -]+\])?$")


class UnpinnedInstall(Rule):
    """A package is installed in whatever version is newest that day.

    Next month the notebook runs with another library, or not at all.

    Name the versions, or better a lock file. `convert` takes the versions of the environment at hand.
    """

    group = "reproducibility"
    severity = "info"
    profile = "ci"
    once = True
    needs = "commands"
    bad = """
# %%
!pip install seaborn  # [unpinned-install]
"""
    good = """
# %%
!pip install seaborn==0.13.2
!pip install -r requirements.txt
!pip install git+https://github.com/a/b@v1
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each install of a name without a version."""
        for command in context.commands:
            if (
                command.program not in {"pip", "pip3"}
                or "install" not in command.words
                or {"-r", "--requirement"} & set(command.words)
            ):
                continue
            at = command.words.index("install") + 1
            names = [word for word in command.words[at:] if REQUIREMENT.match(word) and word != "pip"]
            if names:
                yield context.finding(self, command.place, f"{listed(names)} in whatever version is newest")
