"""What runs leave behind, and what two of them show when they are held against each other."""

from collections.abc import Mapping
from typing import Literal

from nb2prod.model.frozen import dataclass, field

Side = Literal["notebook", "project"]
Ending = Literal["well", "error", "timeout", "memory", "crash", "refused"]
Outcome = Literal["equal", "close", "differs", "missing", "unstable", "not compared"]
Sign = Literal["any", "positive", "non-negative"]
Channel = Literal[
    "value",
    "stage",
    "result",
    "printed",
    "display",
    "log",
    "standard error",
    "file",
    "figure",
    "warning",
    "sharing",
    "run",
    "saved",
]


@dataclass(frozen=True, slots=True)
class Value:
    """A digested value: equal `exact` means equal.

    If `coarse` or `shifted` agree, its floats differ by less than the tolerance. `parts` say where two values differ; `unknown` counts what could not be looked into.
    """

    kind: str
    exact: str
    coarse: str
    shifted: str
    text: str = ""
    unknown: int = 0
    parts: tuple[tuple[str, "Value"], ...] = ()
    # the hash of the value without its parts, and how many it has: `parts` may hold only the first of them
    head: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that ended a run or a cell, and where."""

    type: str
    message: str
    place: str = ""
    cell: int = 0
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A log record that was heard; `own` if a logger of the notebook's or the package's own name wrote it."""

    level: str
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One cell of the notebook, or one call of a stage function.

    `changed` are the variables that changed; None stands for one that was too dear to look at, a value of the kind
    `gone` for one that was deleted. `seconds` are the step's own, without our looking. `errors` is what it wrote to
    standard error, `types` the dotted types of a stage's variables, `logged` the log records that a handler took.
    `shown` are values of expressions that stand alone, as far as they are data; None stands for one that was too dear.
    """

    cell: int
    stage: str
    changed: Mapping[str, Value | None]
    printed: str = ""
    displayed: tuple[str, ...] = ()
    figures: tuple[Value, ...] = ()
    error: Failure | None = None
    seconds: float = 0.0
    errors: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    logged: tuple[Record, ...] = ()
    shown: tuple[Value | None, ...] = ()


@dataclass(frozen=True, slots=True)
class FileState:
    """A file that a run wrote: the hash of its bytes and, where we can read it, the digest of what it means."""

    bytes: str
    size: int = 0
    meaning: Value | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table was seen to be: what is likely to hold for other data too, so never its smallest or largest value.

    `dtype` is pandas' name of it; `values` is the set of all values where they are few and come again and again;
    `iso` says that its texts are dates like 2024-05-31; `form` is what all its texts look like, with 9 for each digit and
    a for each letter, "" if they differ.
    """

    name: str
    dtype: str
    nullable: bool = False
    unique: bool = False
    sign: Sign = "any"
    values: tuple[str | int, ...] = ()
    iso: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """A table as the project's run has seen it: as it was read from `source`, or as a stage handed it on if that is "".

    `source` is a path as the code gave it, with forward slashes; `name` is the variable, "" if the table was read into none.
    """

    name: str
    stage: str
    columns: tuple[Column, ...]
    rows: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one run left behind. `files` holds None for a file that was removed; `reached` is the last step begun.

    `seconds` are the run's own, `looking` those that looking at what it left took beside; `logging` is how the root logger
    is configured at the end.
    """

    side: Side
    ending: Ending
    steps: tuple[Step, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    result: Mapping[str, Value] = field(default_factory=dict)
    figures: tuple[Value, ...] = ()
    files: Mapping[str, FileState | None] = field(default_factory=dict)
    warnings: tuple[tuple[str, str], ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    failure: Failure | None = None
    reached: str = ""
    seconds: float = 0.0
    python: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    isolation: tuple[str, ...] = ()
    looking: float = 0.0
    tables: tuple[Schema, ...] = ()
    logging: str = ""

    @property
    def ended_well(self) -> bool:
        """Whether the run came to its end without an error."""
        return self.ending == "well"

    @property
    def hard_up(self) -> bool:
        """Whether the run may have ended for want of time or memory."""
        return self.ending in {"timeout", "memory", "crash"}


@dataclass(frozen=True, slots=True)
class Border:
    """A stage and the cells that it was made of; `aligned` if no later stage holds a part of its last cell."""

    stage: str
    cells: tuple[int, ...]
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing held against another: a value, a printed line, a file, a figure."""

    channel: Channel
    name: str
    outcome: Outcome
    cell: int = 0
    stage: str = ""
    notebook: str = ""
    project: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the traces show. `saved` holds the stored outputs of the notebook against its run today.

    `why` says in one sentence what the verdict rests on; `tolerance` is relative, 0 if floats must be exact. `schemas` are
    the tables that were read or handed on, `types` the dotted type of each variable by stage: data for what is generated.
    """

    verdict: Literal["proven", "differs", "not proven"]
    why: str
    comparisons: tuple[Comparison, ...] = ()
    saved: tuple[Comparison, ...] = ()
    tolerance: float = 0.0
    isolation: tuple[str, ...] = ()
    python: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    notebook_seconds: float = 0.0
    project_seconds: float = 0.0
    looking_seconds: float = 0.0
    cell_seconds: Mapping[int, float] = field(default_factory=dict)
    stage_seconds: Mapping[str, float] = field(default_factory=dict)
    schemas: tuple[Schema, ...] = ()
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether the project computes what the notebook computed, in all that could be compared."""
        return self.verdict == "proven"

    def of(self, *outcomes: Outcome) -> tuple[Comparison, ...]:
        """The comparisons with one of these outcomes."""
        return tuple(comparison for comparison in self.comparisons if comparison.outcome in outcomes)
