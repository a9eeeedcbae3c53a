"""Notebooks made at random: statements cut into cells anywhere, with headings between some of them."""

import contextlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from expressions import FUNCTIONS, LISTS, NUMBERS, Draw
from hypothesis import strategies as st
from statements import Writer

# Names that a generated package, a type checker or Python itself has a use for.
HARD_NAMES = (
    "settings", "logger", "stages", "run", "Result", "Settings", "Any", "logging", "dataclass", "result", "pipeline", "load",
    "step", "compute", "_hidden", "__mangled", "K", "LIMIT", "N_ROWS", "match", "data", "shell", "figures", "Callable",
    "id", "input", "min", "EPOCHS", "SEED", "threshold", "use_all", "compute_a", "results", "self", "typing", "annotations", "name", "value", "x1", "größe",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell to be: markdown, or code that may be expected to raise."""

    source: str
    kind: str = "code"
    raises: bool = False


SETUP = (
    "import contextlib",
    "import functools",
    "import math",
    "import copy",
    "import dataclasses",
    "a = 1",
    "b, c = 2, 3",
    "total = 0",
    "k = 0",
    "xs = [1, 2, 3]",
    "ys = []",
    "table = {'p': 1}",
    "rows = []",
    "it = iter([4, 5, 6])",
    "hooks = []",
    "def walk(items):\n    for v in items:\n        yield v + a",
    "@contextlib.contextmanager\ndef guard():\n    try:\n        yield\n    except ValueError:\n        pass",
    "def f(v):\n    return v + 1",
    "def g(v):\n    return v * b",
    "class Box:\n    size = 3\n    def __init__(self, value):\n        self.value = value\n    def read(self, v):\n        return v",
    "box = Box(1)",
    "LIMIT = 4",
    "EPOCHS = 2",
    "SEED = 7",
    "threshold = 3",
    "use_all = True",
    "NAMES = ['p', 'q']",
    "def twice(fn):\n    return lambda v: fn(v) * 2",
    "old = f",
)


def working(statements: Sequence[str]) -> list[str]:
    """The statements that run when those that fail are left out."""
    names: dict[str, Any] = {"__name__": "__main__"}
    kept: list[str] = []
    for statement in statements:
        if _fails(statement, names):
            # What it did before it failed must not stay: run what was kept once more.
            names = {"__name__": "__main__"}
            if any(_fails(each, names) for each in kept):
                return []
        else:
            kept.append(statement)
    return kept


def _fails(text: str, names: dict[str, Any]) -> bool:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "<notebook>", "exec"), names)
    except Exception:
        return True
    return False


@st.composite
def repeating(draw: Draw) -> list[Cell]:
    """A notebook in which some cells stand again later, where they still run."""
    cells = draw(notebooks())
    code = [cell for cell in cells if cell.kind == "code" and not cell.raises]
    again = [cell for cell in code[2:] if len(cell.source.splitlines()) > 1][-3:]
    kept = [cell.source for cell in code]
    for cell in again * draw(st.integers(1, 2)):
        if len(working([*kept, cell.source])) == len(kept) + 1:
            kept.append(cell.source)
            cells += [*_between(draw), cell]
    return cells


@st.composite
def notebooks(draw: Draw, most: int = 14) -> list[Cell]:
    """A notebook that, but for rare ones, runs without an error from top to bottom."""
    writer = Writer(draw)
    left_out = draw(st.sets(st.sampled_from(range(5, len(SETUP))), max_size=14))
    setup = [text for number, text in enumerate(SETUP) if number not in left_out]
    count = draw(st.integers(1, most))
    statements = working(_renamed(draw, [*setup, *(writer.statement(loops=True) for _ in range(count))]))
    cells: list[Cell] = []
    together: list[str] = []
    often = draw(st.sampled_from([0, 2, 5]))
    for statement in statements:
        together.append(statement)
        if draw(st.integers(0, often)):
            continue
        cells += [_cell(draw, together), *_between(draw)]
        together = []
    return [*cells, *([_cell(draw, together)] if together else [])]


def _renamed(draw: Draw, statements: Sequence[str]) -> list[str]:
    """The statements with some of their names replaced by ones that are hard to keep."""
    if draw(st.booleans()):
        return list(statements)
    ours = [*NUMBERS, *LISTS, *FUNCTIONS, "Box", "box", "k", "it", "table", "rows", "hooks"]
    chosen = draw(st.lists(st.sampled_from(ours), min_size=1, max_size=4, unique=True))
    names = draw(st.lists(st.sampled_from(HARD_NAMES), min_size=len(chosen), max_size=len(chosen), unique=True))
    table = dict(zip(chosen, names, strict=True))
    pattern = re.compile(rf"(?<![\w.])({'|'.join(chosen)})\b")
    return [pattern.sub(lambda match: table[match.group()], text) for text in statements]


def _cell(draw: Draw, statements: Sequence[str]) -> Cell:
    """A code cell; at times it ends in an error that it is expected to raise, at times it shows a value."""
    text = "\n".join(statements)
    match draw(st.integers(0, 19)):
        case 0:
            where = draw(st.integers(0, len(statements)))
            return Cell("\n".join([*statements[:where], "1 / 0", *statements[where:]]), raises=True)
        case 1:
            return Cell(f"# first\n\n{text}  # last\n# below")
        case _:
            return Cell(text)


def _between(draw: Draw) -> list[Cell]:
    """The markdown between two cells, if any."""
    title = draw(st.sampled_from(["", "", "", "# Load", "## Clean the data", "### Step", "Some words."]))
    return [Cell(title, "markdown")] if title else []
