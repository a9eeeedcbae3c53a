from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._shell import Command
from nb2prod.rules._words import short, words
from nb2prod.rules.notebook_install import PYTHON, SYSTEM
from nb2prod.rules.shell_download import ALWAYS, WITH
from nb2prod.rules.shell_file_operation import CHANGING

# Commands that only show something.
LOOKING = words(
    "ls pwd cat head tail nvidia-smi wc which df du free lscpu uname whoami date echo tree find file "
    "lsb_release env top ps"
)


class ShellCommand(Rule):
    """The work is done by a shell command.

    It needs a Unix shell with that program, and its failure goes unnoticed: the next cell runs on. Each cell is
    reported once; commands that only show something are not meant.

    Use a Python library, or `subprocess.run(..., check=True)`. `convert` does the latter, but
    goes on after a failure as the notebook did, and logs it.
    """

    group = "manual"
    needs = "commands"
    bad = """
# %%
!python train.py --epochs 3  # [shell-command]
# %%
import os
os.system("make figures")  # [shell-command]
"""
    good = """
# %%
!ls -la
!nvidia-smi
!pip install x
import subprocess
subprocess.run(["make", "figures"], check=True)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first such command of each cell."""
        found: dict[int, list[Command]] = {}
        for command in context.commands:
            if _works(command):
                found.setdefault(command.place.cell, []).append(command)
        for several in found.values():
            first = min(several, key=lambda command: command.place)
            message = f"{short(first.text)} is left to a shell, and its failure goes unnoticed"
            yield context.finding(
                self, first.place, message, fix=Convert("runs it with `subprocess.run`, and logs a failure")
            )


def _works(command: Command) -> bool:
    name = command.program
    if command.node is not None and "system" not in command.runner and "popen" not in command.runner.lower():
        return False
    return name not in LOOKING | PYTHON | SYSTEM | ALWAYS | set(WITH) | CHANGING | {"cd", "export", "set", "source"}
