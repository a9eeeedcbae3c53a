"""Which interpreter runs both sides: a given one, or that of a fresh environment with the project's dependencies."""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nb2prod.trace.workplace import TraceError

# What the notebook's side needs beside the project's own dependencies.
KERNEL = ("ipython", "matplotlib-inline")


@contextmanager
def interpreter(kind: str, python: str, project: str) -> Iterator[str]:
    """The path of the interpreter; a fresh environment is gone afterwards.

    Raises TraceError if there is no such interpreter or its environment can't be made.
    """
    if kind not in {"current", "venv", "uv"}:
        raise TraceError(f"--env {kind}: there is no such kind of environment; choose current, venv or uv")
    if kind == "current":
        _call(
            [python, "-c", "import sys; sys.exit(sys.version_info < (3, 9))"],
            f"--python {python}: needs Python 3.9 or newer",
        )
        yield python
        return
    wanted = [*requirements(Path(project)), *KERNEL]
    with tempfile.TemporaryDirectory(prefix="nb2prod-env-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        if kind == "uv":
            _call(["uv", "venv", "--quiet", "--python", python, folder], "--env uv: can't make an environment")
            _call(
                ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", str(made), *wanted],
                "--env uv: can't install the project's dependencies",
            )
        else:
            _call([python, "-m", "venv", folder], "--env venv: can't make an environment")
            _call(
                [str(made), "-m", "pip", "install", "--quiet", *wanted],
                "--env venv: can't install the project's dependencies",
            )
        yield str(made)


def requirements(project: Path) -> list[str]:
    """The dependencies in the project's pyproject.toml."""
    path = project / "pyproject.toml"
    try:
        return [str(each) for each in tomllib.loads(path.read_text(encoding="utf-8"))["project"]["dependencies"]]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise TraceError(f"{path}: has no list of dependencies ({error}); use --env current") from error


def _call(command: Sequence[str], what: str) -> None:
    try:
        done = subprocess.run(  # the words are our own and the user's interpreter
            command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise TraceError(f"{what} ({command[0]}: {error.strerror})") from error
    if done.returncode:
        said = (done.stderr.strip() or "no message").splitlines()
        raise TraceError(f"{what} ({said[-1][:300]})")
