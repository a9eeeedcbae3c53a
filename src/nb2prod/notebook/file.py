"""A path → the bytes of the file, or one line that says why there are none."""

import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from nb2prod.errors import NotebookError
from nb2prod.notebook.decode import failure
from nb2prod.notebook.skim import without_outputs

# files above this many bytes are read without their outputs
LARGE = 8_000_000
_CHUNK = 1 << 20


def contents(path: str) -> bytes:
    """The bytes of a regular file; those of a large notebook without its outputs, all lines in their places."""
    try:
        # a pipe without a writer would block for ever
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise failure(path, "it is no regular file; name a notebook file")
            return without_outputs(_chunks(file)) if facts.st_size > LARGE else file.read()
    except (OSError, ValueError, MemoryError) as error:
        raise _explained(path, error) from error


def _chunks(file: BinaryIO) -> Iterator[bytes]:
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
