"""Project → folder: nothing of the user's is overwritten, nothing is left half-written."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nb2prod.errors import WriteError
from nb2prod.model.project import File, Project
from nb2prod.write.merge import in_conflict, merged

__all__ = ["Generated", "Written", "digest", "drift", "generated", "write"]

STATE = ".nb2prod"
MANIFEST = f"{STATE}/manifest.json"
BASE = f"{STATE}/base"


@dataclass(frozen=True, slots=True)
class Generated:
    """What was generated into a folder last time: the digest of each file, and that of the notebook's cells."""

    root: Path
    files: dict[str, str]
    sources: str

    def content(self, name: str) -> bytes:
        """A file as it was generated, without the user's edits."""
        return (self.root / BASE / name).read_bytes()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files.

    Some were written anew, some left as they were. Of those that the user had edited, `kept` had nothing new, `merged`
    have the news and the edits, `conflicts` have both versions between marks where they touch each other; `aside` could
    not be merged: the new version lies beside them. `orphaned` are no longer generated, and were edited.
    """

    folder: Path
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()


def write(project: Project, folder: Path) -> Written:
    """Write the files; the user's edits of what was generated before are merged with what is generated now.

    Raises WriteError if the folder can't be written, or if a file of somebody else's is in the way.
    """
    root = folder.absolute()
    try:
        root.mkdir(parents=True, exist_ok=True)
        known = generated(root)
        if known is None:
            _refuse_foreign(project, root)
        return _write_all(project, root, known.files if known else {})
    except OSError as error:
        raise WriteError(
            f"{folder}: can't be written ({error.strerror or error}); choose another folder with -o"
        ) from error


def drift(project: Project, folder: Path) -> list[str]:
    """Why a folder is not what the notebook becomes now; empty if it is."""
    root = folder.absolute()
    known = generated(root)
    if known is None:
        return [f"{folder}: holds no project; convert the notebook first"]
    found = []
    if known.sources != project.sources:
        found.append(f"{folder}: the notebook has changed since; convert it again")
    there = [name for name in known.files if (root / name).is_file()]
    found += [f"{folder / name}: is missing; convert the notebook again" for name in known.files if name not in there]
    marked = (name for name in there if in_conflict((root / name).read_bytes()))
    return found + [f"{folder / name}: has marks of a conflict; resolve it" for name in marked]


def generated(folder: Path) -> Generated | None:
    """What was generated last time, None if nothing was; raises WriteError if that can't be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Generated(folder, dict(content["files"]), str(content.get("sources", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WriteError(f"{path}: not a manifest of nb2prod; remove the file and convert again") from error


def _refuse_foreign(project: Project, root: Path) -> None:
    for file in project.files:
        path = root / file.path
        if path.exists() and path.read_bytes() != file.content:
            raise WriteError(f"{path}: is in the way and was not written by nb2prod; choose an empty folder with -o")


def _write_all(project: Project, root: Path, known: dict[str, str]) -> Written:
    became: dict[str, list[str]] = {}
    digests: dict[str, str] = {}
    for file in project.files:
        path, data = _inside(root, file), file.content
        digests[file.path] = digest(data)
        became.setdefault(_write_one(path, root / BASE / file.path, data, known.get(file.path)), []).append(file.path)
        _replace(root / BASE / file.path, data)
    for gone in sorted(known.keys() - digests.keys()):
        path = root / gone
        (root / BASE / gone).unlink(missing_ok=True)
        if path.is_file() and digest(path.read_bytes()) == known[gone]:
            path.unlink()
        elif path.is_file():
            became.setdefault("orphaned", []).append(gone)
    content = {"schema": 1, "sources": project.sources, "files": digests}
    _replace(root / MANIFEST, (json.dumps(content, indent=2, sort_keys=True) + "\n").encode())
    return Written(root, **{name: tuple(paths) for name, paths in became.items()})


def _write_one(path: Path, base: Path, data: bytes, known: str | None) -> str:
    """Write one file, with care for what is there; what became of it, as a field of `Written`."""
    old = path.read_bytes() if path.is_file() else None
    if old == data:
        return "unchanged"
    if old is None or digest(old) == known:
        _replace(path, data)
        return "written"
    if digest(data) == known:
        return "kept"
    made = merged(path, base, data)
    if made is None:
        _replace(path.with_name(path.name + ".new"), data)
        return "aside"
    _replace(path, made[0])
    return "conflicts" if made[1] else "merged"


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
