"""Final values, results, files, figures, warnings and shared objects of two runs held against each other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from nb2prod.model.evidence import Channel, Comparison, FileState, Outcome, Trace, Value
from nb2prod.verify.values import Match, match, match_stable


def compare_values(first: Trace, second: Trace, project: Trace) -> Iterator[Comparison]:
    """One comparison a variable of the notebook at its end, and one a field of what `run()` returns."""
    last = _last_changes(first)
    channels: tuple[tuple[Channel, Mapping[str, Value]], ...] = (("value", project.values), ("result", project.result))
    for channel, found in channels:
        for name, value in first.values.items():
            if channel == "result" and name not in found:
                continue
            cell = last.get(name, 0)
            if value.kind == "unknown":
                yield Comparison(channel, name, "not compared", cell, note=value.text)
            elif name not in second.values:
                yield Comparison(channel, name, "unstable", cell, note="only one of two runs of the notebook has it")
            elif name not in found:
                yield Comparison(
                    channel, name, "missing", cell, "", value.text, "", "the project never has a variable of this name"
                )
            else:
                yield _of(channel, name, match_stable(value, second.values[name], found[name]), cell, value.unknown)


def _of(channel: Channel, name: str, found: Match, cell: int = 0, unknown: int = 0) -> Comparison:
    note = found.cause or (f"{unknown} parts can't be looked into" if unknown else "")
    return Comparison(channel, name + found.path, found.outcome, cell, "", found.notebook, found.project, note)


def _last_changes(trace: Trace) -> dict[str, int]:
    """The cell that changed each variable last."""
    return {name: step.cell for step in trace.steps for name in step.changed}


def compare_files(first: Trace, second: Trace, project: Trace) -> Iterator[Comparison]:
    """One comparison a file that either side wrote, changed or removed."""
    for path in sorted(first.files.keys() | project.files.keys()):
        if path not in first.files:
            # A file with a name that changes from run to run has been listed as unstable under its other names.
            known = path in second.files
            note = "the notebook leaves no such file"
            yield Comparison("file", path, "unstable" if known else "differs", 0, "", "", "written", note)
        elif path not in second.files or _file(path, first.files[path], second.files[path]).outcome in {
            "differs",
            "missing",
        }:
            yield Comparison("file", path, "unstable", note="it differs between two runs of the notebook")
        elif path not in project.files:
            yield Comparison("file", path, "missing", 0, "", "written" if first.files[path] else "removed", "")
        else:
            yield _file(path, first.files[path], project.files[path])


def _file(path: str, one: FileState | None, other: FileState | None) -> Comparison:
    if one is None or other is None:
        outcome: Outcome = "equal" if one is other else "differs"
        return Comparison(
            "file", path, outcome, 0, "", "removed" if one is None else "kept", "removed" if other is None else "kept"
        )
    if one.bytes == other.bytes:
        return Comparison("file", path, "equal")
    if one.meaning is None or other.meaning is None or one.meaning.kind == "unknown":
        return Comparison("file", path, "differs", 0, "", f"{one.size} bytes", f"{other.size} bytes", "other bytes")
    found = match(one.meaning, other.meaning)
    note = found.cause or "other bytes, the same content"
    return Comparison("file", path + found.path, found.outcome, 0, "", found.notebook, found.project, note)


def figures(trace: Trace) -> list[tuple[int, str, Value]]:
    """All figures with the cell or the stage that they were closed in."""
    made = [(step.cell, step.stage, figure) for step in trace.steps for figure in step.figures]
    return made + [(0, "", figure) for figure in trace.figures]


def compare_figures(first: Trace, second: Trace, project: Trace) -> Iterator[Comparison]:
    """One comparison a figure, in the order in which they were closed."""
    one, again, other = figures(first), figures(second), figures(project)
    for number, (cell, _, figure) in enumerate(one):
        name = f"figure {number + 1}"
        if number >= len(again) or again[number][2].exact != figure.exact:
            yield Comparison("figure", name, "unstable", cell)
        elif number >= len(other):
            yield Comparison("figure", name, "missing", cell, "", figure.text, "")
        else:
            found = _of("figure", f"{name} ", match(figure, other[number][2]), cell)
            yield found
    for number, (_, stage, figure) in enumerate(other[len(one) :], len(one) + 1):
        yield Comparison(
            "figure", f"figure {number}", "differs", 0, stage, "", figure.text, "the notebook draws no such figure"
        )


def compare_warnings(first: Trace, second: Trace, project: Trace) -> Iterator[Comparison]:
    """One comparison a kind of warning."""
    one, again, other = (_warned(trace.warnings) for trace in (first, second, project))
    for name in sorted(one & again & other):
        yield Comparison("warning", name, "equal")
    for name in sorted((one & again) - other):
        yield Comparison("warning", name, "missing", notebook=name)
    for name in sorted(other - one - again):
        yield Comparison("warning", name, "differs", project=name, note="the notebook is not warned of this")


def _warned(found: Sequence[tuple[str, str]]) -> set[str]:
    return {f"{category}: {' '.join(text.split())}"[:200] for category, text in found}


def compare_sharing(first: Trace, second: Trace, project: Trace) -> Iterator[Comparison]:
    """Which names are bound to one and the same object, among those that both sides have."""
    common = first.values.keys() & project.values.keys() & second.values.keys()
    one, again, other = (_pairs(trace, common) for trace in (first, second, project))
    for pair in sorted(one & again | other):
        outcome: Outcome = "equal" if (pair in one) == (pair in other) else "differs"
        said = ["one object" if pair in pairs else "two objects" for pairs in (one, other)]
        yield Comparison(
            "sharing",
            " and ".join(pair),
            outcome,
            notebook=said[0],
            project=said[1],
            note="a copy, or one that is lost",
        )


def _pairs(trace: Trace, names: set[str]) -> set[tuple[str, str]]:
    groups = [[name for name in group if name in names] for group in trace.aliases]
    return {(one, other) for group in groups for one, other in pairwise(group)}
