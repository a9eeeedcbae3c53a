"""Findings → text: one file per format, each with a `report` that yields pieces of text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module

from nb2prod.errors import ConfigError
from nb2prod.model import Checked
from nb2prod.model.frozen import dataclass
from nb2prod.report._look import Look
from nb2prod.report._text import clean

__all__ = ["FACES", "FORMATS", "Look", "Output", "clean", "outputs", "reporter"]

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html", "statistics")
# The formats of the report on a conversion, see faces.py.
FACES = ("html", "json", "markdown", "comment", "csv", "github-issues", "gitlab-issues")
# The formats that tell where a finding stands in the .ipynb file.
LOCATED = frozenset({"json", "sarif", "github", "gitlab", "rdjson"})
SUFFIXES = {".json": "json", ".sarif": "sarif", ".md": "markdown", ".html": "html", ".xml": "junit", ".txt": "concise"}

Reporter = Callable[[Iterable[Checked], Look], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Output:
    """One report of a run: its format, and the file that it goes to ("" for standard output)."""

    format: str
    file: str = ""

    @property
    def located(self) -> bool:
        """Whether it tells where findings stand in the .ipynb file."""
        return self.format in LOCATED

    @property
    def reporter(self) -> Reporter:
        """The function that writes it."""
        return reporter(self.format)


def reporter(name: str) -> Reporter:
    """The reporter of a format; raises ConfigError if there is none of that name."""
    if name not in FORMATS:
        raise ConfigError(f"--output-format: `{name}` is not one of {', '.join(FORMATS)}")
    found: Reporter = import_module(f"{__name__}.{name}").report
    return found


def outputs(formats: Sequence[str], files: Sequence[str]) -> list[Output]:
    """The reports that options ask for; a plain `--output FILE` takes the place of standard output."""
    named = [file.split("=", 1) for file in files if file.partition("=")[0] in FORMATS and "=" in file]
    plain = [file for file in files if not (file.partition("=")[0] in FORMATS and "=" in file)]
    for name in formats:
        reporter(name)
    if len(formats) > 1 and len(plain) < len(formats) - 1:
        raise ConfigError("--output-format: give each format but one its own file, --output FORMAT=FILE")
    here = [Output(_format(formats, at, file), file) for at, file in enumerate(plain)]
    rest = [Output(name) for name in formats[len(plain) :]]
    return [*here, *rest, *(Output(name, file) for name, file in named)]


def _format(formats: Sequence[str], at: int, file: str) -> str:
    """The format of a file: the one asked for; what its suffix says where none was asked for."""
    suffix = "." + file.rpartition(".")[2]
    return (
        formats[at] if at < len(formats) and formats[at] not in {"full", "concise"} else SUFFIXES.get(suffix, "concise")
    )
