"""All that is generated."""

from nb2prod.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One generated file: its path inside the project, with forward slashes, and its text; of a binary file its data."""

    path: str
    text: str
    data: bytes = b""

    @property
    def content(self) -> bytes:
        """The bytes of the file; a text that is no Unicode is written with escapes."""
        return self.data or self.text.encode("utf-8", "backslashreplace")


def file_of(path: str, content: bytes) -> File:
    """A file of some bytes: of text, if they are."""
    try:
        return File(path, content.decode("utf-8"))
    except UnicodeDecodeError:
        return File(path, "", content)


@dataclass(frozen=True, slots=True)
class Project:
    """The generated files, in the order in which a reader would open them.

    `sources` is the digest of the notebook's cells, by which it is known whether the project is still that of the notebook.
    """

    name: str
    package: str
    files: tuple[File, ...]
    sources: str = ""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of the files."""
        return frozenset(file.path for file in self.files)

    def __getitem__(self, path: str) -> str:
        """The text of one file; KeyError if there is none of that path."""
        for file in self.files:
            if file.path == path:
                return file.text
        raise KeyError(path)
