from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._shell import Command
from nb2prod.rules._words import short

ALWAYS = frozenset({"wget", "curl", "gdown", "aria2c", "unzip", "gunzip", "unrar", "7z", "axel"})
# What `convert` makes a step of.
FETCHED = frozenset({"wget", "curl"})
WITH = {
    "git": ("clone",),
    "kaggle": ("datasets", "competitions"),
    "aws": ("s3",),
    "gsutil": ("cp", "-m", "rsync"),
    "gcloud": ("storage",),
    "dvc": ("pull",),
    "huggingface-cli": ("download",),
    "tar": (),
}


class ShellDownload(Rule):
    """Data or code is fetched by a shell command.

    Nobody notices when the download fails, is cut short or brings something else than last time: a shell line
    in a notebook never stops the run. Each cell is reported once.

    Fetch the data in a step of its own, with a checksum, and let it fail loudly. `convert` makes such a
    step of `wget` and `curl`, and lists the other ones as work for a person.
    """

    group = "manual"
    needs = "commands"
    bad = """
# %%
!wget -q https://example.org/data.zip  # [shell-download]
!unzip data.zip
# %%
import os
os.system("git clone https://github.com/someone/project")  # [shell-download]
# %%
%%bash
cd data
curl -O https://example.org/more.csv  # [shell-download]
"""
    good = """
# %%
!git status
!tar --version
!ls | grep wget
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first download of each cell."""
        found: dict[int, list[Command]] = {}
        for command in context.commands:
            if _fetches(command):
                found.setdefault(command.place.cell, []).append(command)
        for several in found.values():
            first = min(several, key=lambda command: command.place)
            more = f" (and {len(several) - 1} more in this cell)" if len(several) > 1 else ""
            message = f"{short(first.text)} fetches what the notebook needs, unchecked{more}"
            steps = all(command.program in FETCHED for command in several)
            fix = Convert("becomes a step that tries again and can check what came") if steps else None
            yield context.finding(self, first.place, message, fix=fix)


def _fetches(command: Command) -> bool:
    words = command.words[1:]
    if command.program in ALWAYS:
        return bool(words) and words != ("--version",)
    if command.program == "tar":
        return any(word.lstrip("-")[:1] == "x" or "-x" in word[:2] for word in words[:1])
    return command.program in WITH and any(word in WITH[command.program] for word in words[:2])
