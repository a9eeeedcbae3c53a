"""Printed text, log records and standard error: the notebook's lines must all be in the project's, in order; what the notebook displayed may be among them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nb2prod.model.evidence import Channel, Comparison, Trace

PRINTED: Channel = "printed"
LOG: Channel = "log"
ERRORS: Channel = "standard error"
PROGRESS = re.compile(r"\d+%\||\d(?:it|s)/(?:it|s)|\?it/s")
DURATION = re.compile(r"\b\d+(?:\.\d+)? ?(?:ms|s|sec|secs|seconds|min|minutes)\b")
# Lines of IPython's timing magics; their numbers are no result.
TIMING = re.compile(r"^(CPU times: |Wall time: |.* per loop \(mean ± std\. dev\. of |Compiler time: |Parser +: )")
# What pip says beside its list of packages: the installing of packages is not the project's work.
PIP = re.compile(r"^(?:WARNING: Running pip as the 'root' user|\[notice\] |Note: you may need to restart the kernel)")
# The layout of a table: how far its columns and its rules reach follows its widest number.
LAYOUT = re.compile(r"\s+|([-=_*~+|])\1{2,}")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
SHELL = re.compile(r"^(?:/usr)?/bin/(?:ba|da)?sh: (?:line )?\d+: ")
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
        if ANSI.sub("", text).strip(RECORD + OTHER + " \t\r") and not _chatter(text.lstrip(RECORD + OTHER))
    ]


def _chatter(text: str) -> bool:
    """Whether a line tells of the time that something took, or comes from pip."""
    return bool(TIMING.match(text) or PIP.match(ANSI.sub("", text)))


def normal(text: str) -> str:
    """A line without what differs in every process, or with the terminal and the shell that a command was given."""
    return SHELL.sub("sh: ", ADDRESS.sub("0x...", ANSI.sub("", text).rstrip("\r")))


def compare_printed(first: Trace, second: Trace, project: Trace, tolerance: float) -> Iterator[Comparison]:
    """One comparison a line of the notebook, and one a line that the project prints beyond them."""
    wanted, got = lines(first), lines(project)
    stable = _stable(wanted, lines(second))
    used: set[int] = set()
    yield from _held(PRINTED, wanted, stable, got, tolerance, used)
    yield from _beyond(first, got, used, len(wanted) - len(stable))


def compare_said(first: Trace, second: Trace, project: Trace, tolerance: float) -> Iterator[Comparison]:
    """One comparison a log record and a line on standard error of the notebook; what the project says there beyond is its own affair."""
    for channel, said in ((LOG, records), (ERRORS, errors)):
        wanted, again, got = said(first), said(second), said(project)
        yield from _held(channel, wanted, _stable(wanted, again), got, tolerance, set())
    if first.logging == second.logging and first.logging != project.logging:
        yield Comparison(LOG, "configuration of the root logger", "differs", 0, "", first.logging, project.logging)
    known = {record.text for step in (*first.steps, *second.steps) for record in step.logged}
    for step in project.steps:
        for record in step.logged:
            if not record.own and record.text not in known:
                note = "the notebook logs no such record"
                yield Comparison(LOG, record.text, "differs", 0, step.stage, "", record.text, note)


def records(trace: Trace) -> list[Line]:
    """The log records that were heard."""
    return [
        Line(normal(f"{record.level} {' '.join(record.text.split())}"), step.cell, step.stage, record.own)
        for step in trace.steps
        for record in step.logged
    ]


def errors(trace: Trace) -> list[Line]:
    """The lines on standard error but for log records, progress bars and places in files; durations are masked."""
    return [
        Line(DURATION.sub("# s", normal(text)), step.cell, step.stage, own=False)
        for step in trace.steps
        for text in step.errors.replace("\r", "\n").split("\n")
        if text.strip() and not PROGRESS.search(text) and not text.startswith('  File "')
        if not any(part in text for record in step.logged for part in record.text.split("\n") if part)
    ]


def _held(
    channel: Channel, wanted: Sequence[Line], stable: set[int], got: Sequence[Line], tolerance: float, used: set[int]
) -> Iterator[Comparison]:
    """The notebook's lines in the order of the project's; `used` is told which of these have been found."""
    at = 0
    varying = {line.cell for number, line in enumerate(wanted) if number not in stable}
    for number, line in enumerate(wanted):
        if number not in stable:
            yield Comparison(channel, line.text, "unstable", line.cell)
            continue
        found = next((n for n in range(at, len(got)) if got[n].text == line.text), None)
        place = found
        if found is None:
            place = next((n for n in range(at, len(got)) if near_text(got[n].text, line.text, tolerance)), None)
        if place is None and line.cell in varying:
            place = next((n for n in range(at, len(got)) if _words(got[n].text) == _words(line.text)), None)
            if place is not None:
                used.add(place)
                at = place + 1
                yield Comparison(channel, line.text, "unstable", line.cell, note="the layout of what is unstable")
                continue
        if place is None:
            seen = next((other for other in got[at : at + 1]), None)
            stage, text = (seen.stage, seen.text) if seen else ("", "")
            yield Comparison(channel, line.text, "missing", line.cell, stage, line.text, text)
            continue
        used.add(place)
        at = place + 1
        yield Comparison(channel, line.text, "close" if found is None else "equal", line.cell, got[place].stage)


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


def _words(text: str) -> str:
    """A line without its layout."""
    return LAYOUT.sub(" ", text).strip()


def near_text(one: str, other: str, tolerance: float) -> bool:
    """Whether two lines differ in numbers alone, and by less than the tolerance."""
    if tolerance <= 0 or NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= tolerance * max(abs(float(a)), abs(float(b))) for a, b in pairs)
