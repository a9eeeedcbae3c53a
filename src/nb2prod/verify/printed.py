"""Printed text: the notebook's lines must all be in the project's, in order; what the notebook displayed may be among them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nb2prod.model.evidence import Comparison, Trace

# Lines of IPython's timing magics; their numbers are no result.
TIMING = re.compile(r"^(CPU times: |Wall time: |.* per loop \(mean ± std\. dev\. of |Compiler time: |Parser +: )")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
# What marks a record of the project: a print that became one, or a message of another level, which is its own affair.
RECORD, OTHER = "\x1e", "\x1f"


@dataclass(frozen=True, slots=True)
class Line:
    """A line and who printed it; `own` if the project logged it at another level than prints are."""

    text: str
    cell: int
    stage: str
    own: bool


def lines(trace: Trace) -> list[Line]:
    """All that was printed, without empty lines and timings; addresses of objects are masked."""
    return [
        Line(normal(text.lstrip(RECORD + OTHER)), step.cell, step.stage, text.startswith(OTHER))
        for step in trace.steps
        for text in step.printed.replace("\r\n", "\n").split("\n")
        if text.strip(RECORD + OTHER + " \t\r") and not TIMING.match(text.lstrip(RECORD + OTHER))
    ]


def normal(text: str) -> str:
    """A line without what differs in every process."""
    return ADDRESS.sub("0x...", text.rstrip())


def compare_printed(first: Trace, second: Trace, project: Trace, tolerance: float) -> Iterator[Comparison]:
    """One comparison a line of the notebook, and one a line that the project prints beyond them."""
    wanted, got = lines(first), lines(project)
    stable = _stable(wanted, lines(second))
    at = 0
    used: set[int] = set()
    for number, line in enumerate(wanted):
        if number not in stable:
            yield Comparison("printed", line.text, "unstable", line.cell)
            continue
        found = next((n for n in range(at, len(got)) if got[n].text == line.text), None)
        near = (
            None
            if found is not None
            else next((n for n in range(at, len(got)) if near_text(got[n].text, line.text, tolerance)), None)
        )
        place = found if found is not None else near
        if place is None:
            seen = next((other for other in got[at : at + 1]), None)
            yield Comparison(
                "printed",
                line.text,
                "missing",
                line.cell,
                seen.stage if seen else "",
                line.text,
                seen.text if seen else "",
            )
            continue
        used.add(place)
        at = place + 1
        yield Comparison("printed", line.text, "equal" if near is None else "close", line.cell, got[place].stage)
    yield from _beyond(first, got, used, len(wanted) - len(stable))


def _beyond(first: Trace, got: Sequence[Line], used: set[int], spare: int) -> Iterator[Comparison]:
    """The lines that the project prints beyond the notebook's; `spare` of them may stand for unstable ones."""
    shown = {normal(text).strip() for step in first.steps for display in step.displayed for text in display.split("\n")}
    for number, line in enumerate(got):
        if number not in used and not line.own and line.text.strip() not in shown:
            if spare > 0:
                spare -= 1
                continue
            yield Comparison(
                "printed", line.text, "differs", 0, line.stage, "", line.text, "the notebook does not print this line"
            )


def _stable(first: Sequence[Line], second: Sequence[Line]) -> set[int]:
    """The lines that both runs of the notebook print."""
    one, other = [line.text for line in first], [line.text for line in second]
    if one == other:
        return set(range(len(one)))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {block.a + n for block in blocks for n in range(block.size)}


def near_text(one: str, other: str, tolerance: float) -> bool:
    """Whether two lines differ in numbers alone, and by less than the tolerance."""
    if tolerance <= 0 or NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= tolerance * max(abs(float(a)), abs(float(b))) for a, b in pairs)
