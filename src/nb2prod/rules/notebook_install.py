from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._shell import Command
from nb2prod.rules._words import short

PYTHON = frozenset({"pip", "pip3", "pip2", "conda", "mamba", "micromamba", "uv", "easy_install", "poetry", "pipenv"})
SYSTEM = frozenset({"apt", "apt-get", "aptitude", "yum", "dnf", "apk", "brew", "choco", "npm", "yarn", "snap"})
VERBS = frozenset({"install", "add", "update", "upgrade", "i", "uninstall", "remove"})


class NotebookInstall(Rule):
    """A package is installed from inside the notebook.

    The install changes the environment in which it runs, takes whatever version is newest that day, and needs
    the network at run time. Each cell is reported once.

    Declare what the project needs in `pyproject.toml`; name system packages in the README or the image.
    `convert` drops the line and turns its requirements into dependencies.
    """

    group = "manual"
    needs = "commands"
    bad = """
# %%
!pip install -q seaborn==0.13  # [notebook-install]
!apt-get -y install graphviz
# %%
import os
os.system("pip install lightgbm")  # [notebook-install]
# %%
%conda install -c conda-forge cartopy  # [notebook-install]
"""
    good = """
# %%
!pip list
!pip --version
%pip show pandas
install = "pip install x"
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first install of each cell, with how many there are."""
        found: dict[int, list[Command]] = {}
        for command in context.commands:
            if _installs(command):
                found.setdefault(command.place.cell, []).append(command)
        for several in found.values():
            first = min(several, key=lambda command: command.place)
            system = first.program in SYSTEM
            fix = Convert(
                "left out; named in the README" if system else "left out; its requirements become dependencies"
            )
            more = f" (and {len(several) - 1} more in this cell)" if len(several) > 1 else ""
            yield context.finding(
                self, first.place, f"{short(first.text)} changes the environment while it runs{more}", fix=fix
            )


def _installs(command: Command) -> bool:
    if command.program not in PYTHON | SYSTEM:
        return False
    plain = [word for word in command.words[1:] if not word.startswith("-")]
    return bool(plain) and (plain[0] in VERBS or plain[:2] in (["pip", "install"], ["env", "update"]))
