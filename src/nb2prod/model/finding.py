"""What the rules notice, and the remedy as data."""

from typing import Literal

from nb2prod.model.frozen import dataclass
from nb2prod.model.notebook import Notebook, Place

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe", "display"]


@dataclass(frozen=True, slots=True)
class Lift:
    """A literal becomes a setting."""

    name: str
    safety: Safety = "display"


@dataclass(frozen=True, slots=True)
class Drop:
    """The statement is left out of the package."""

    reason: str
    safety: Safety = "display"


@dataclass(frozen=True, slots=True)
class Replace:
    """The text at the finding's place (or at `place`) is replaced."""

    text: str
    place: Place | None = None
    safety: Safety = "unsafe"


@dataclass(frozen=True, slots=True)
class Convert:
    """`convert` takes care of it; `how` says in what way."""

    how: str
    safety: Safety = "display"


Fix = Lift | Drop | Replace | Convert


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A stretch of the .ipynb file itself: lines and columns count from 1, the end is exclusive.

    `units` are the two columns once more, counted in bytes of UTF-8; nothing where they are the same.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    units: tuple[int, int] | None = None

    @property
    def in_bytes(self) -> tuple[int, int]:
        """The two columns in bytes of UTF-8."""
        return self.units or (self.column, self.end_column)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed, at one place.

    `code` is the text that it is about, one statement on one line: with the rule's name and the ordinal
    among equals it makes the `fingerprint`, which no other edit of the notebook changes. `file` is where it
    stands in the .ipynb file, the beginning of the file if nobody asked for it.
    """

    rule: str
    message: str
    place: Place
    severity: Severity
    fix: Fix | None = None
    help: str = ""
    fingerprint: str = ""
    code: str = ""
    file: FilePlace = FilePlace(1, 1, 1, 2)

    @property
    def fixable(self) -> bool:
        """Whether `lint --fix` may change the notebook (an unsafe fix asks for a flag)."""
        return isinstance(self.fix, Replace)


@dataclass(frozen=True, slots=True)
class Checked:
    """One notebook and what the rules noticed in it; `refused` is the error line if it could not be read.

    `uri` is the path relative to the repository's root, with forward slashes. `secrets` are the values that
    no report may show, `digest` that of the file's content if somebody asked for it.
    """

    path: str
    uri: str
    notebook: Notebook | None = None
    findings: tuple[Finding, ...] = ()
    secrets: frozenset[str] = frozenset()
    refused: str = ""
    digest: str = ""


def redacted(text: str, secrets: frozenset[str]) -> str:
    """The text with asterisks, as many as characters, for every secret in it."""
    if len(secrets) <= 20:
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "*" * len(secret))
        return text
    for length in sorted({len(secret) for secret in secrets}, reverse=True):
        for start in range(len(text) - length + 1):
            if text[start : start + length] in secrets:
                text = text[:start] + "*" * length + text[start + length :]
    return text
