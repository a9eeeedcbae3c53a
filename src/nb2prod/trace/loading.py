"""Events of a traced run → Trace."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from nb2prod.model.evidence import Column, Ending, Failure, FileState, Record, Schema, Side, Sign, Step, Trace, Value

Json = Mapping[str, object]
NOTHING: Json = {}


def events(path: Path) -> Iterator[Json]:
    """The lines that a run wrote; a last line that was cut off is passed over."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                return


def trace_of(
    side: Side, found: list[Json], ending: Ending, failure: Failure | None, isolation: tuple[str, ...]
) -> Trace:
    """The trace that some events tell of; `ending` holds if they don't reach the end."""
    by_kind = {str(event["event"]): event for event in found}
    start, end, result = (by_kind.get(kind, NOTHING) for kind in ("start", "end", "result"))
    begun = by_kind.get("begin", NOTHING)
    if end:
        failure = failure_of(end.get("error"))
        ending = "error" if failure else "well"
        if failure and failure.type == "MemoryError":
            ending = "memory"
    missing = tuple(str(note) for note in cast(list[object], start.get("missing", [])))
    return Trace(
        side,
        ending,
        steps_of(found),
        values_of(end.get("values", NOTHING)),
        values_of(result.get("values", NOTHING)),
        tuple(value_of(figure) for figure in _list(end, "figures")),
        {path: file_of(state) for path, state in cast(Json, end.get("files", NOTHING)).items()},
        tuple((str(pair[0]), str(pair[1])) for pair in cast(list[list[str]], end.get("warnings", []))),
        tuple(tuple(group) for group in cast(list[list[str]], end.get("aliases", []))),
        failure,
        f"cell {begun['cell']}" if "cell" in begun else str(begun.get("stage", "")),
        cast(float, end.get("seconds", 0.0)),
        str(start.get("python", "")),
        cast(Mapping[str, str], end.get("versions", NOTHING)),
        (*isolation, *missing),
        cast(float, end.get("looking", 0.0)),
        tuple(schema_of(event) for event in found if event["event"] == "table"),
        str(end.get("logging", "")),
    )


def _list(event: Json, key: str) -> list[object]:
    return cast(list[object], event.get(key, []))


def values_of(found: object) -> dict[str, Value]:
    """Digests by name."""
    return {name: value_of(value) for name, value in cast(Json, found).items()}


def value_of(found: object) -> Value:
    """A digest."""
    held = cast(Json, found)
    exact = str(held["h"])
    parts = tuple((str(label), value_of(part)) for label, part in cast(list[tuple[str, object]], held.get("c", [])))
    coarse, shifted = str(held.get("a", exact)), str(held.get("b", exact))
    unknown, count = cast(int, held.get("u", 0)), cast(int, held.get("n", 0))
    return Value(str(held["k"]), exact, coarse, shifted, str(held["s"]), unknown, parts, str(held.get("o", "")), count)


def steps_of(found: list[Json]) -> tuple[Step, ...]:
    """The cells or stages; what changed in the last of them is told at the end."""
    steps = [step_of(event) for event in found if event["event"] == "step"]
    for event in found:
        if event["event"] == "last":
            stage = event.get("stage", "")
            place = max((n for n, step in enumerate(steps) if step.stage == stage), default=None)
            if place is not None:
                late = changes_of(event)
                steps[place] = replace(steps[place], changed={**steps[place].changed, **late})
    return tuple(steps)


def changes_of(event: Json) -> dict[str, Value | None]:
    """The variables that changed."""
    return {name: value_of(value) if value else None for name, value in cast(Json, event["changed"]).items()}


def step_of(event: Json) -> Step:
    """A cell or a stage."""
    return Step(
        cast(int, event.get("cell", 0)),
        str(event.get("stage", "")),
        changes_of(event),
        str(event["printed"]),
        tuple(str(shown) for shown in _list(event, "displayed")),
        tuple(value_of(figure) for figure in _list(event, "figures")),
        failure_of(event["error"]),
        cast(float, event["seconds"]),
        str(event["errors"]),
        cast(Mapping[str, str], event.get("types", NOTHING)),
        tuple(Record(str(each[0]), str(each[1]), bool(each[2])) for each in cast(list[list[object]], event["logged"])),
        tuple(value_of(each) if each else None for each in _list(event, "shown")),
    )


def schema_of(event: Json) -> Schema:
    """A table."""
    columns = cast(list[Json], event["columns"])
    return Schema(
        str(event["name"]),
        str(event["stage"]),
        tuple(column_of(column) for column in columns),
        cast(int, event["rows"]),
        str(event["source"]),
    )


def column_of(found: Json) -> Column:
    """A column of a table."""
    sign = cast(Sign, found.get("sign", "any"))
    values = cast(list[str | int], found.get("values", []))
    return Column(
        str(found["name"]),
        str(found["dtype"]),
        bool(found["nullable"]),
        bool(found.get("unique")),
        sign,
        tuple(values),
        bool(found.get("iso")),
    )


def failure_of(found: object) -> Failure | None:
    """An error, None if there was none."""
    if not found:
        return None
    held = cast(Json, found)
    return Failure(str(held["type"]), str(held["message"]), str(held["place"]), cast(int, held.get("cell", 0)))


def file_of(found: object) -> FileState | None:
    """A file that was written, None if it was removed."""
    if not found:
        return None
    held = cast(Json, found)
    meaning = held.get("meaning")
    return FileState(str(held["bytes"]), cast(int, held["size"]), value_of(meaning) if meaning else None)
