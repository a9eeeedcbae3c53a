"""Values of expressions that stand alone: each that the project asks for must be one that the notebook has."""

from collections.abc import Iterator

from nb2prod.model.evidence import Comparison, Outcome, Trace, Value
from nb2prod.verify.values import close


def compare_shown(first: Trace, second: Trace, project: Trace) -> Iterator[Comparison]:
    """One comparison a value of the project; what the notebook only displays, the project may leave out.

    A value that the notebook has not may stand for one that is unstable there, or was not looked at.
    """
    again = {step.cell: step.shown for step in second.steps}
    left: list[Value] = []
    spare = 0
    for step in first.steps:
        stable = again.get(step.cell) == step.shown
        left += [value for value in step.shown if value and stable]
        spare += len(step.shown) if not stable else step.shown.count(None)
    for step in project.steps:
        for value in step.shown:
            if value is None:
                continue
            equal = (each for each in left if each.exact == value.exact)
            found = next(equal, None) or next((each for each in left if close(each, value)), None)
            if found is not None:
                left.remove(found)
                outcome: Outcome = "equal" if found.exact == value.exact else "close"
                yield Comparison("display", value.text, outcome, 0, step.stage)
            elif spare:
                spare -= 1
            else:
                note = "the notebook has no expression of this value"
                yield Comparison("display", value.text, "differs", 0, step.stage, "", value.text, note)
