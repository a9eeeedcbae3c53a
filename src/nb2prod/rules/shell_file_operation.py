from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._shell import Command
from nb2prod.rules._words import short, words

CHANGING = words("rm mv cp mkdir chmod chown rmdir ln touch dd rsync")


class ShellFileOperation(Rule):
    """Files are moved, made or deleted by a shell command.

    It needs a Unix shell, works on whatever is there, and its failure goes unnoticed. Each cell is reported once.

    Use `pathlib` and `shutil`. `convert` does so for the usual ones.
    """

    group = "manual"
    needs = "commands"
    bad = """
# %%
!mkdir -p out  # [shell-file-operation]
!cp a.csv out/
# %%
!rm -rf results  # [shell-file-operation]
"""
    good = """
# %%
import shutil
shutil.copy("a.csv", "out")
!ls out
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first such command of each cell; deleting a folder is an error."""
        found: dict[int, list[Command]] = {}
        for command in context.commands:
            if command.program in CHANGING:
                found.setdefault(command.place.cell, []).append(command)
        for several in found.values():
            first = min(several, key=lambda command: command.place)
            deletes = any(
                c.program == "rm" and any(w.startswith("-") and "r" in w for w in c.words[1:2]) for c in several
            )
            message = f"{short(first.text)} changes files by a shell command"
            fix = Convert("does it with `pathlib` and `shutil`")
            yield context.finding(self, first.place, message, fix=fix, severity="error" if deletes else None)
