"""A path → the bytes of the file, or one line that says why there are none."""

# pathlib takes as long to import as a notebook to check
# ruff: noqa: PTH101, PTH105, PTH108, PTH110, PTH116, PTH123

import os
import stat
from collections.abc import Iterable, Iterator
from io import FileIO
from typing import NamedTuple

from nb2prod.errors import NotebookError
from nb2prod.notebook.decode import failure

# notebooks of more bytes are read without their outputs
LARGE = 8_000_000
_CHUNK = 1 << 20


class Contents(NamedTuple):
    """The bytes of a notebook; of a large one without its outputs, all lines in their places."""

    data: bytes
    complete: bool = True


def contents(path: str) -> Contents:
    """What is in a regular file."""
    try:
        with FileIO(path, opener=_opened) as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise failure(path, "it is no regular file; name a notebook file")
            return _skimmed(_chunks(file)) if facts.st_size > LARGE else Contents(file.readall())
    except (OSError, ValueError, MemoryError) as error:
        raise _explained(path, error) from error


def write_contents(path: str, data: bytes) -> None:
    """Put these bytes in the place of a file's, all or none, with the file's permissions."""
    real = os.path.realpath(path)
    new = f"{real}.{os.getpid()}.new"
    try:
        with open(new, "xb") as file:
            file.write(data)
        os.chmod(new, stat.S_IMODE(os.stat(real).st_mode))
        os.replace(new, real)
    except OSError as error:
        if os.path.exists(new):
            os.unlink(new)
        raise failure(path, f"it can't be written ({error.strerror}); check its permissions") from error


def whole(path: str) -> bytes:
    """All the bytes of a file, outputs included."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise _explained(path, error) from error


def digest_of(data: bytes) -> str:
    """A short text that is another one for any other content."""
    import hashlib  # only who keeps what was found asks

    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _opened(path: str, flags: int) -> int:
    """A descriptor; without O_NONBLOCK a pipe that nobody writes to would keep us waiting for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def received(data: bytes) -> Contents:
    """Bytes that came from elsewhere, treated like those of a file."""
    return _skimmed([data]) if len(data) > LARGE else Contents(data)


def _skimmed(chunks: Iterable[bytes]) -> Contents:
    # few files are large: nobody else pays for the import
    from nb2prod.notebook.skim import without_outputs

    return Contents(without_outputs(chunks), complete=False)


def _chunks(file: FileIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _explained(path: str, error: Exception) -> NotebookError:
    if isinstance(error, FileNotFoundError):
        return failure(path, "no such file (or a link to nothing); check the name")
    if isinstance(error, IsADirectoryError):
        return failure(path, "this is a folder; name a notebook in it")
    if isinstance(error, PermissionError):
        return failure(path, "it may not be read; check its permissions")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return failure(path, f"it can't be read ({reason}); check the path and the disk")
