"""The timeline from a finished proof of concept to production, and how much of it is left here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nb2prod.model.plan import Effort, HumanWork, Phase
from nb2prod.model.report import Dimension, PhaseLeft, Point, Weeks


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the timeline: what the phase takes by itself, in weeks, and who does it."""

    name: Phase
    title: str
    weeks: Weeks
    roles: str


TIMELINE = (
    Row("planning", "Production planning", Weeks(1, 2), "product manager, tech lead"),
    Row("refactoring", "Code refactoring and testing", Weeks(2, 4), "ML engineer, software engineer"),
    Row("data pipeline", "Data pipeline construction", Weeks(2, 4), "data engineer"),
    Row("infrastructure", "Infrastructure and deployment", Weeks(2, 3), "DevOps or MLOps engineer"),
    Row("integration testing", "Integration testing", Weeks(1, 2), "full team"),
    Row("monitoring", "Monitoring setup", Weeks(1, 2), "MLOps engineer"),
    Row("rollout", "Staged rollout", Weeks(2, 4), "full team"),
)
# Our estimates, as ranges: the timeline has weeks for phases only.
HOURS: dict[Effort, tuple[float, float]] = {
    "an hour": (0.5, 2),
    "half a day": (2, 6),
    "a day": (6, 12),
    "some days": (16, 40),
    "a week": (30, 60),
}
WEEK = 40


def schedule(readiness: Sequence[Dimension], work: Iterable[HumanWork]) -> Iterator[PhaseLeft]:
    """What is left of each phase: its weeks by the share of its points that is open, and no less than its open work."""
    points = tuple(work)
    for row in TIMELINE:
        yield _left(row, readiness, tuple(w for w in points if w.phase == row.name))


def _left(row: Row, readiness: Sequence[Dimension], work: Sequence[HumanWork]) -> PhaseLeft:
    points = [point for dimension in readiness for point in dimension.points if point.phase == row.name]
    share = 1 - sum(point.earned for point in points) / len(points) if points else 0.0
    low, high = (sum(HOURS[w.effort][end] for w in work) for end in (0, 1))
    left = Weeks(
        _halves(max(row.weeks.low * share, min(low / WEEK, row.weeks.high))),
        _halves(max(row.weeks.high * share, min(high / WEEK, 2 * row.weeks.high))),
    )
    return PhaseLeft(row.name, row.title, row.roles, row.weeks, left, tuple(_reasons(points, work, (low, high))))


def _reasons(points: Sequence[Point], work: Sequence[HumanWork], hours: tuple[float, float]) -> Iterator[str]:
    if points:
        there = sum(point.earned for point in points)
        yield f"{round(there, 1):g} of {len(points)} points of readiness are there"
    missing = [point.claim for point in points if point.earned < 1]
    if missing:
        yield f"missing: {'; '.join(missing[:4])}" + (f"; {len(missing) - 4} more" if len(missing) > 4 else "")
    if work:
        count = "1 open point" if len(work) == 1 else f"{len(work)} open points"
        yield f"{count}, {hours[0]:g} to {hours[1]:g} hours by our estimate"


def _halves(weeks: float) -> float:
    """Rounded up to half weeks: less than that is not worth planning."""
    return -(-round(weeks * 2, 6) // 1) / 2
