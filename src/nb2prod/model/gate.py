"""The decision gate: what was answered, what was measured, and what follows."""

from collections.abc import Mapping
from typing import Literal

from nb2prod.model.frozen import dataclass, field
from nb2prod.model.plan import Owner

Verdict = Literal["go", "conditional", "no-go", "unanswered"]
Source = Literal["metrics file", "proof run", "gate.toml", "saved output", "nothing yet"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that the notebook judges itself by: the function that computes it, and its value if one is known.

    `variable` is the name that it is bound to, "" if it is only shown; `seen` is where the value was seen.
    """

    name: str
    variable: str = ""
    cell: int = 0
    value: float | None = None
    seen: Source = "nothing yet"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person wrote for a criterion: yes, no, conditional, or "?" while nobody has.

    A conditional answer is a promise: `plan` says what will be done, `owner` by whom, `by` until which day (ISO).
    """

    answer: str = "?"
    note: str = ""
    plan: str = ""
    owner: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number and the limits that it is held against: `go` is good enough, beyond `no_go` the project stops."""

    name: str = "?"
    measured: float | None = None
    go: float | None = None
    no_go: float | None = None
    higher_is_better: bool = True
    none: bool = False
    promise: Answer = field(default_factory=Answer)


@dataclass(frozen=True, slots=True)
class Gate:
    """`gate.toml`: the accuracy that is asked for, the latency budget in milliseconds, and the answers by criterion."""

    accuracy: Limit = field(default_factory=Limit)
    latency: Limit = field(default_factory=Limit)
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateFile:
    """`gate.toml` as it stands ("" if there is none), how it is called, and the day (ISO) on which it is read."""

    text: str = ""
    name: str = "gate.toml"
    today: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one criterion of the gate says, and why; `todo` is what would make it a go, "" if it is one."""

    criterion: str
    question: str
    verdict: Verdict
    why: str
    owner: Owner
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Go, conditional, no-go, or unanswered while a criterion has no answer; with every reason."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    written: bool = False

    def of(self, verdict: Verdict) -> tuple[Reason, ...]:
        """The reasons of one verdict."""
        return tuple(reason for reason in self.reasons if reason.verdict == verdict)

    def by(self, criterion: str) -> Reason | None:
        """What a criterion says."""
        return next((reason for reason in self.reasons if reason.criterion == criterion), None)
