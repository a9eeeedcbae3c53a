"""All that is generated."""

from nb2prod.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One generated file: its path inside the project, with forward slashes, and its text."""

    path: str
    text: str


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
