"""All that is known at the end, for every reporter: plain values, so that it is JSON as it stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from nb2prod.model.finding import Severity
from nb2prod.model.frozen import dataclass, field
from nb2prod.model.gate import Decision, Metric, Verdict
from nb2prod.model.notebook import Place
from nb2prod.model.plan import Dropped, Fallback, FileLine, HumanWork, Phase, Profile, Role, Setting, Variable

if TYPE_CHECKING:  # lint starts without the proof
    from nb2prod.model.evidence import Evidence

# Seen by nb2prod itself, answered by a person in gate.toml, or neither.
State = Literal["measured", "asked", "open"]
ProofWord = Literal["not run", "not proven", "differs", "proven"]


@dataclass(frozen=True, slots=True)
class Tool:
    """Who made the report."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """How much was generated, and what in the notebook spoke for it."""

    name: Profile
    why: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a project ready for production has: how much of it is there (0 to 1), and what would raise it.

    `criterion` is that of the gate by which a person answers it, "" if nb2prod looks at it itself.
    """

    claim: str
    state: State
    earned: float
    why: str
    todo: str
    phase: Phase
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of readiness, its score in percent of its points; without points it does not apply to this project.

    It is open while one of its points is, and asked if a person's answer is among them.
    """

    name: str
    state: State
    score: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """A range of weeks."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PhaseLeft:
    """A phase of the way to production: how long it takes by itself, how much of it is left here, and why."""

    name: Phase
    title: str
    roles: str
    weeks: Weeks
    left: Weeks
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A common mistake on the way to production; `likely` if this project is about to make it.

    `criteria` are those of the gate that would prevent it; `shown` is what the notebook shows of it, and `certain`
    that this alone is enough.
    """

    name: str
    likely: bool
    evidence: str
    remedy: str
    criteria: tuple[str, ...] = ()
    shown: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class StageText:
    """A stage as it was generated: its code and where it stands."""

    name: str
    role: Role
    doc: str
    cells: tuple[int, ...]
    parameters: tuple[Variable, ...]
    results: tuple[Variable, ...]
    shared: tuple[str, ...]
    code: str
    at: FileLine | None


@dataclass(frozen=True, slots=True)
class Edge:
    """Values that a stage hands to a later one."""

    source: str
    target: str
    values: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class CellText:
    """A code cell as the author wrote it, and the stages that it became a part of."""

    index: int
    source: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding, with what helps and with its line in the generated code."""

    rule: str
    severity: Severity
    message: str
    place: Place
    remedy: str = ""
    generated: FileLine | None = None


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the project and how many lines it has."""

    path: str
    lines: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the findings, the plan, the proof and the gate say about one notebook.

    `proof` is its verdict in a word, `evidence` what it rests on. `score` is that of the weakest dimension of
    `readiness`, `weeks` what is left of the `schedule`; `command` converts the notebook again.
    """

    schema_version: int
    tool: Tool
    notebook: str
    title: str
    package: str
    profile: ProfileChoice
    command: str
    decision: Decision
    proof: ProofWord
    evidence: "Evidence | None"
    score: int
    readiness: tuple[Dimension, ...]
    work: tuple[HumanWork, ...]
    weeks: Weeks
    schedule: tuple[PhaseLeft, ...]
    mistakes: tuple[Mistake, ...]
    metrics: tuple[Metric, ...]
    stages: tuple[StageText, ...]
    edges: tuple[Edge, ...]
    cells: tuple[CellText, ...]
    settings: tuple[Setting, ...]
    dropped: tuple[Dropped, ...]
    fallbacks: tuple[Fallback, ...]
    findings: tuple[Notice, ...]
    files: tuple[WrittenFile, ...]

    @property
    def blocking(self) -> tuple[HumanWork, ...]:
        """The open points that production has to wait for."""
        return tuple(work for work in self.work if work.blocks)

    def notices(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(notice.severity == severity for notice in self.findings)


@dataclass(frozen=True, slots=True)
class Unread:
    """A notebook that could not be read, and why."""

    notebook: str
    why: str


@dataclass(frozen=True, slots=True)
class Before:
    """The numbers of an earlier report, to hold today's against."""

    verdict: Verdict
    proof: ProofWord
    score: int
    work: int
    blocking: int
    findings: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The reports of a repository; `before` holds the numbers of earlier ones by notebook."""

    schema_version: int
    tool: Tool
    reports: tuple[Report, ...]
    unread: tuple[Unread, ...] = ()
    before: Mapping[str, Before] = field(default_factory=dict)
