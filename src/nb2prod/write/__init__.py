"""Project → folder: nothing of the user's is overwritten, nothing is left half-written."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nb2prod.errors import WriteError
from nb2prod.model.project import File, Project

__all__ = ["Written", "write"]

STATE = ".nb2prod"
MANIFEST = f"{STATE}/manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files: written anew, left as they were, or set aside because the user had edited them."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    aside: tuple[str, ...]


def write(project: Project, folder: Path) -> Written:
    """Write the files; one that the user has edited since it was generated is kept, ours goes beside it as `.new`.

    Raises WriteError if the folder can't be written, or if a file of somebody else's is in the way.
    """
    root = folder.absolute()
    try:
        root.mkdir(parents=True, exist_ok=True)
        known = _manifest(root)
        if known is None:
            _refuse_foreign(project, root)
        return _write_all(project, root, known or {})
    except OSError as error:
        raise WriteError(
            f"{folder}: can't be written ({error.strerror or error}); choose another folder with -o"
        ) from error


def _manifest(root: Path) -> dict[str, str] | None:
    """The digests of the files as they were generated last time, None if nothing was."""
    path = root / MANIFEST
    if not path.is_file():
        return None
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise WriteError(f"{path}: not a manifest of nb2prod; remove the file and convert again") from error


def _refuse_foreign(project: Project, root: Path) -> None:
    for file in project.files:
        path = root / file.path
        if path.exists() and path.read_bytes() != file.text.encode("utf-8", "surrogatepass"):
            raise WriteError(f"{path}: is in the way and was not written by nb2prod; choose an empty folder with -o")


def _write_all(project: Project, root: Path, known: dict[str, str]) -> Written:
    written, unchanged, aside = [], [], []
    digests: dict[str, str] = {}
    for file in project.files:
        path, data = _inside(root, file), file.text.encode("utf-8", "backslashreplace")
        digests[file.path] = digest(data)
        old = path.read_bytes() if path.is_file() else None
        if old == data:
            unchanged.append(file.path)
        elif old is not None and digest(old) != known.get(file.path):
            _replace(path.with_name(path.name + ".new"), data)
            aside.append(file.path)
        else:
            _replace(path, data)
            written.append(file.path)
        _replace(root / STATE / "base" / file.path, data)
    for gone in sorted(known.keys() - digests.keys()):
        path = root / gone
        if path.is_file() and digest(path.read_bytes()) == known[gone]:
            path.unlink()
    manifest = json.dumps({"schema": 1, "files": digests}, indent=2, sort_keys=True) + "\n"
    _replace(root / MANIFEST, manifest.encode())
    return Written(root, tuple(written), tuple(unchanged), tuple(aside))


def _inside(root: Path, file: File) -> Path:
    path = root / file.path
    if not path.resolve().is_relative_to(root.resolve()):
        raise WriteError(f"{path}: leads out of the project; remove the link in the way")
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write beside the target, then rename: nobody sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".nb2prod-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as partial:
            partial.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest(data: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(data).hexdigest()
