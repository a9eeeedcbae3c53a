"""How a point of readiness comes about: seen by nb2prod, or answered by a person in the gate."""

from dataclasses import replace

from nb2prod.assess.case import Case, cells_of
from nb2prod.model.gate import Decision, Verdict
from nb2prod.model.plan import Phase
from nb2prod.model.report import Dimension, Point, State

EARNED: dict[Verdict, float] = {"go": 1.0, "conditional": 0.5, "no-go": 0.0, "unanswered": 0.0}


def dimension(name: str, *points: Point | None) -> Dimension:
    """A dimension of the points that apply."""
    kept = tuple(point for point in points if point is not None)
    states: set[State] = {point.state for point in kept}
    score = int(100 * sum(point.earned for point in kept) / len(kept)) if kept else 100
    state: State = "open" if "open" in states else "asked" if "asked" in states else "measured"
    return Dimension(name, state, score, kept)


def seen(claim: str, earned: float, why: str, todo: str, phase: Phase = "refactoring") -> Point:
    """What nb2prod has looked at itself."""
    return Point(claim, "measured", float(earned), why, "" if earned >= 1 else todo, phase)


def unknown(claim: str, todo: str, phase: Phase = "refactoring") -> Point:
    """What nobody has looked at yet."""
    return Point(claim, "open", 0.0, "nobody has looked yet", todo, phase)


def asked(case: Case, criterion: str, claim: str, phase: Phase = "planning") -> Point:
    """What a person answers in `gate.toml`."""
    return answered(Point(claim, "open", 0.0, "", "", phase, criterion), case.decision)


def answered(point: Point, decision: Decision) -> Point:
    """The point as the gate stands now."""
    reason = decision.by(point.criterion)
    if reason is None or reason.verdict == "unanswered":
        todo = f"answer [{point.criterion}] in gate.toml"
        return replace(point, state="open", earned=0.0, why="nobody has answered yet", todo=todo)
    return replace(point, state="asked", earned=EARNED[reason.verdict], why=reason.why, todo=reason.todo)


def clean(case: Case, claim: str, rules: tuple[str, ...], phase: Phase = "refactoring") -> Point:
    """Whether rules, or groups of rules, have nothing left to say."""
    left = case.open(*rules)
    if left:
        names = ", ".join(sorted({finding.rule for finding in left})[:4])
        return seen(
            claim, 0, f"{len(left)} findings in {cells_of(left)}: {names}", f"mend {names} in {cells_of(left)}", phase
        )
    fixed = len(case.found(*rules))
    return seen(claim, 1, f"the conversion took care of {fixed} findings" if fixed else "no findings", "", phase)


def made(case: Case, claim: str, paths: tuple[str, ...], todo: str, phase: Phase, texts: tuple[str, ...] = ()) -> Point:
    """Whether the project has a file for it: one of these names, or one that holds one of these texts."""
    file = case.file(*paths) or (case.holding(*texts) if texts else None)
    return seen(claim, file is not None, f"generated: {file.path}" if file else "not in the project", todo, phase)
