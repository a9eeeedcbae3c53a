"""What the author wrote: the notebook, its cells, their magics and their saved outputs."""

import ast
from functools import lru_cache
from typing import Literal

from nb2prod.model.frozen import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a cell: lines and columns count from 1, columns in characters, the end is exclusive."""

    cell: int
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """One saved output of a cell; pictures and widgets are known by their media types alone."""

    kind: Literal["stream", "result", "display", "error"]
    text: str = ""
    media: tuple[str, ...] = ()
    # the name of the exception; the text begins with its message
    error: str = ""
    # "stdout" or "stderr"
    stream: str = ""


MagicKind = Literal["line", "cell", "shell", "help"]


@dataclass(frozen=True, slots=True)
class Magic:
    """One piece of IPython syntax; in `Cell.python` the call `__magic__(i)` stands for the i-th of its cell.

    `code` says that the rest is Python of the notebook's own and stays code (`%time x = f()`, the body of
    `%%capture`). `target` is the name that the magic's value is bound to. `expansions` are the Python
    expressions inside `{...}` and `$name` of a shell line: the masked call carries them as arguments.
    """

    line: int
    kind: MagicKind
    name: str
    text: str = ""
    body: str = ""
    target: str = ""
    code: bool = False
    expansions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a cell does not parse, and where."""

    message: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `python` is its source with IPython syntax masked, line for line."""

    index: int
    kind: Literal["code", "markdown", "raw"]
    source: str
    python: str = ""
    ordinal: int = 0
    magics: tuple[Magic, ...] = ()
    problem: SyntaxProblem | None = None
    execution_count: int | None = None
    cell_id: str = ""
    tags: frozenset[str] = frozenset()
    outputs: tuple[Output, ...] = ()
    # columns that the mask took from the left of a line, by line: `%time x` is read as `x`
    shifts: tuple[tuple[int, int], ...] = ()
    # line -> (line, column) in the .ipynb file where that line of the source begins
    physical: tuple[tuple[int, int], ...] = ()
    # (line, column, file line, file column): from here on the columns advance together, up to the next entry or line
    escapes: tuple[tuple[int, int, int, int], ...] = ()
    # `python` parsed once for everyone; None if there is a problem. Nothing may change it
    tree: ast.Module | None = field(default=None, compare=False, repr=False)

    @property
    def lines(self) -> list[str]:
        """The lines of the masked source."""
        return lines_of(self.python)

    @property
    def language(self) -> str:
        """The language of a cell that is not Python (`bash`, `sql`, `html`), else "python"."""
        foreign = next((m.name for m in self.magics if m.kind == "cell" and not m.code), "")
        return foreign or "python"


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something odd in the file that reading mended or passed over."""

    rule: str
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook as it was read; `path` is how the user named it."""

    path: str
    cells: tuple[Cell, ...]
    name: str = "notebook"
    kernel: str = ""
    python_version: str = ""
    format: tuple[int, int] = (4, 5)
    metadata: frozenset[str] = frozenset()
    ignored_rules: frozenset[str] = frozenset()
    problems: tuple[ReadProblem, ...] = field(default=())

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code cells, those with a syntax problem included."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def sources(self) -> bytes:
        """What the notebook says: its cells without what a run leaves in them."""
        said = [(cell.kind, cell.source, sorted(cell.tags)) for cell in self.cells]
        return repr(said).encode("utf-8", "backslashreplace")


@lru_cache(maxsize=8)
def lines_of(text: str) -> list[str]:
    """The lines of a cell's text: only a line feed ends one."""
    return text.split("\n")
