"""Where runs happen: a temporary folder with a clean copy of the notebook's folder, at one and the same path."""

import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from nb2prod.errors import Nb2prodError

PASSED_OVER = {
    ".git",
    ".hg",
    "__pycache__",
    ".ipynb_checkpoints",
    ".venv",
    "venv",
    "node_modules",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".tox",
}
MOST_BYTES = 4 << 30
# What a download says on its way, such as its speed, is no result: in these homes `wget` and `curl` say nothing.
QUIET = {".wgetrc": "quiet = on\n", ".curlrc": "silent\n"}


class TraceError(Nb2prodError):
    """A run can't be begun: the folder is too large, or the interpreter is not there."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a run begins with: its working copy, its home, a folder of records, and the shell's words for its mounts."""

    work: Path
    home: Path
    records: Path
    mounts: str


class Workplace:
    """One temporary folder; each run begins with a fresh copy of the notebook's folder in `work`."""

    def __init__(self, root: Path, source: Path, leave_out: tuple[Path, ...]) -> None:
        """Copies come from `source`, without the folders in `leave_out`."""
        self.root, self.source = root, source
        self.leave_out = {path.resolve() for path in leave_out}
        self.numbers = count(1)

    def fresh(self, *, apart: bool = False) -> Start:
        """The folders of a new run; `apart` if others go on beside it, each with its own copy mounted at the same path."""
        records = self.root / f"run{next(self.numbers)}"
        records.mkdir()
        work, home = self.root / "work", self.root / "home"
        own = [records / folder.name if apart else folder for folder in (work, home)]
        if not apart:
            for folder in own:
                shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.source, own[0], ignore=self._ignored, ignore_dangling_symlinks=True)
        own[1].mkdir()
        for name, text in QUIET.items():
            (own[1] / name).write_text(text, encoding="utf-8")
        mounts = ""
        if apart:
            for copy, folder in zip(own, (work, home), strict=True):
                folder.mkdir(exist_ok=True)
                mounts += f"mount --bind {shlex.quote(str(copy))} {shlex.quote(str(folder))} && "
        return Start(work, home, records, mounts)

    def _ignored(self, folder: str, names: list[str]) -> set[str]:
        here = Path(folder)
        special = {name for name in names if not ((here / name).is_file() or (here / name).is_dir())}
        return special | {name for name in names if name in PASSED_OVER or (here / name).resolve() in self.leave_out}


@contextmanager
def workplace(notebook: str, project: str = "") -> Iterator[Workplace]:
    """A workplace for a notebook that is gone afterwards; its project's folder is not copied along.

    Raises TraceError if the notebook's folder is too large to copy.
    """
    source = Path(notebook).resolve().parent
    leave_out = (Path(project),) if project else ()
    size = 0
    for path in source.rglob("*"):
        if not PASSED_OVER & set(path.parts):
            size += path.stat().st_size if path.is_file() else 0
        if size > MOST_BYTES:
            raise TraceError(
                f"{source}: holds more than {MOST_BYTES >> 30} GB; verify works on copies: move the notebook and its data to a folder of their own"
            )
    with tempfile.TemporaryDirectory(prefix="nb2prod-", ignore_cleanup_errors=True) as root:
        yield Workplace(Path(root).resolve(), source, leave_out)
