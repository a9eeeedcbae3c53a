"""What was generated last time, in one small archive: what edits of it and the news are merged by."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

# The same files are the same archive whenever it is made.
WHEN = (1980, 1, 1, 0, 0, 0)


def archived(files: Mapping[str, bytes]) -> bytes:
    """An archive of some files, by their paths."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return made.getvalue()


def content(archive: Path, name: str) -> bytes | None:
    """A file of an archive; None if it can't be had."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.read(name)
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
