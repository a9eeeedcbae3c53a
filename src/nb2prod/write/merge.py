"""Three versions of a file become one: the user's, what was generated before, what is generated now."""

import shutil
import subprocess
import tempfile
from pathlib import Path

LABELS = ("yours", "as it was generated", "as it is generated now")
MARKS = (b"<<<<<<< yours\n", b">>>>>>> as it is generated now\n")
# More conflicts than that, and git says that it failed.
MOST = 127


def merged(mine: Path, base: bytes | None, new: bytes) -> tuple[bytes, bool] | None:
    """The merged content and whether it has conflicts, which are marked; None if there is nothing to merge with."""
    git = shutil.which("git")
    if git is None or base is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "base", Path(folder) / "new"
        ours.write_bytes(base)
        theirs.write_bytes(new)
        labels = [word for label in LABELS for word in ("-L", label)]
        command = [git, "merge-file", "-p", *labels, str(mine), str(ours), str(theirs)]
        done = subprocess.run(command, capture_output=True, check=False)
    return (done.stdout, done.returncode > 0) if 0 <= done.returncode <= MOST else None


def in_conflict(content: bytes) -> bool:
    """Whether a file still holds the marks of a conflict that nobody has resolved."""
    return all(mark in content for mark in MARKS)
