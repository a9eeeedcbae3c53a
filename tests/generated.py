"""Running what was generated: the project's own code, with the project's sources on the path."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notebooks"


def needs(*modules: str) -> pytest.MarkDecorator:
    """Skip a test where one of these modules is not installed."""
    missing = [module for module in modules if find_spec(module) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every generated file below a folder, those of an archive included: its path and its text."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{name}/{each}", archive.read(each).decode("utf-8")) for each in archive.namelist())
        elif "__pycache__" not in path.parts:
            yield name, path.read_text(encoding="utf-8")


def environment_of(project: Path, **variables: str) -> dict[str, str]:
    """The environment that a project's processes run in."""
    return {**os.environ, "PYTHONPATH": str(project / "src"), "MPLBACKEND": "Agg", **variables}


def python(project: Path, *command: object, folder: Path | None = None, fails: bool = False, **variables: str) -> str:
    """What Python prints with the project on its path, in a folder or the project's own; what it says if it `fails`."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=folder or project, env=environment_of(project, **variables), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode != 0) == fails, f"{done.stdout}\n{done.stderr}"
    return done.stderr if fails else done.stdout
