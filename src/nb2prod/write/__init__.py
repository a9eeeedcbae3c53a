"""Project → folder: nothing of the user's is overwritten, nothing is left half-written."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nb2prod.errors import WriteError
from nb2prod.model.project import File, Project
from nb2prod.write.archive import archived, content
from nb2prod.write.merge import in_conflict, merged

__all__ = ["Generated", "Written", "digest", "drift", "generated", "write"]

STATE = ".nb2prod"
MANIFEST = f"{STATE}/manifest.json"
BASE = f"{STATE}/base.zip"


@dataclass(frozen=True, slots=True)
class Generated:
    """What was generated into a folder last time: the digest of each file, and that of the notebook's cells.

    `deleted` are those that the user has removed since.
    """

    root: Path
    files: dict[str, str]
    sources: str = ""
    deleted: frozenset[str] = frozenset()

    def content(self, name: str) -> bytes | None:
        """A file as it was generated, without the user's edits; None if that is not known."""
        return content(self.root / BASE, name)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files.

    Some were written anew, some left as they were. Of those that the user had edited, `kept` had nothing new, `merged`
    have the news and the edits, `conflicts` have both versions between marks where they touch each other; `aside` could
    not be merged: the new version lies beside them. `orphaned` are no longer generated, and were edited. `deleted` were
    removed by the user and stay so.
    """

    folder: Path
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


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
        return _write_all(project, root, known or Generated(root, {}))
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
    missing = (name for name in known.files if name not in there)
    found += [f"{folder / name}: is missing; restore it, or convert again to leave it out" for name in missing]
    marked = (name for name in there if in_conflict((root / name).read_bytes()))
    return found + [f"{folder / name}: has marks of a conflict; resolve it" for name in marked]


def generated(folder: Path) -> Generated | None:
    """What was generated last time, None if nothing was; raises WriteError if that can't be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        deleted = frozenset(map(str, found.get("deleted", ())))
        return Generated(folder, dict(found["files"]), str(found.get("sources", "")), deleted)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WriteError(f"{path}: not a manifest of nb2prod; remove the file and convert again") from error


def _refuse_foreign(project: Project, root: Path) -> None:
    for file in project.files:
        path = root / file.path
        if path.exists() and path.read_bytes() != file.content:
            raise WriteError(f"{path}: is in the way and was not written by nb2prod; choose an empty folder with -o")


def _write_all(project: Project, root: Path, before: Generated) -> Written:
    became: dict[str, list[str]] = {}
    new = {file.path: file.content for file in project.files}
    for file in project.files:
        became.setdefault(_write_one(_inside(root, file), before, file), []).append(file.path)
    for gone in sorted(before.files.keys() - new.keys()):
        path = root / gone
        if path.is_file() and digest(path.read_bytes()) == before.files[gone]:
            path.unlink()
        elif path.is_file():
            became.setdefault("orphaned", []).append(gone)
    deleted = became.get("deleted", [])
    state = {
        "schema": 1,
        "sources": project.sources,
        "files": {name: digest(data) for name, data in new.items() if name not in deleted},
        "deleted": deleted,
    }
    _replace(root / BASE, archived(new))
    _replace(root / MANIFEST, (json.dumps(state, indent=2, sort_keys=True) + "\n").encode())
    return Written(root, **{name: tuple(paths) for name, paths in became.items()})


def _write_one(path: Path, before: Generated, file: File) -> str:
    """Write one file, with care for what is there; what became of it, as a field of `Written`."""
    old = path.read_bytes() if path.is_file() else None
    data, known = file.content, before.files.get(file.path)
    if old is None and (known is not None or file.path in before.deleted):
        return "deleted"
    if old == data:
        return "unchanged"
    if old is None or digest(old) == known:
        _replace(path, data)
        return "written"
    if digest(data) == known:
        return "kept"
    made = merged(path, before.content(file.path), data)
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
