"""The evidence as text, as Markdown and as JSON."""

import json
from collections.abc import Iterator

from nb2prod.model.evidence import Comparison, Evidence, Outcome, Schema

SCHEMA = 1
MOST = 40
ORDER: tuple[Outcome, ...] = ("differs", "missing", "close", "unstable", "not compared")
TITLES = {
    "differs": "Differs",
    "missing": "Missing in the project",
    "close": "Equal within the tolerance only",
    "unstable": "Unstable: differs between two runs of the notebook itself, so nothing is proven of it",
    "not compared": "Not compared: can't be looked into",
}


def as_text(evidence: Evidence) -> str:
    """The verdict, then what is not simply equal."""
    return "\n".join(_lines(evidence)) + "\n"


def _lines(evidence: Evidence) -> Iterator[str]:
    yield f"{evidence.verdict}: {_clean(evidence.why)}"
    for outcome in ORDER:
        found = evidence.of(outcome)
        if found:
            yield f"{TITLES[outcome]} ({len(found)}):"
            yield from (f"  {_line(each)}" for each in found[:MOST])
            yield from [f"  ... and {len(found) - MOST} more"] if len(found) > MOST else []
    stale = [each for each in evidence.saved if each.outcome == "differs"]
    if stale:
        yield f"The notebook as saved is not what it prints today, in {len(stale)} of {len(evidence.saved)} saved outputs:"
        yield from (f"  {_line(each)}" for each in stale[:MOST])
    equal = len(evidence.of("equal"))
    yield f"{equal} of {len(evidence.comparisons)} comparisons are exactly equal; tolerance for floats {evidence.tolerance:g}"
    yield f"notebook {evidence.notebook_seconds:.2f} s, project {evidence.project_seconds:.2f} s, Python {evidence.python}; {'; '.join(evidence.isolation)}"


def surroundings(evidence: Evidence) -> Iterator[str]:
    """What a reader of the report may want to know of the run beside its verdict: seconds by stage, exact versions."""
    if evidence.stage_seconds:
        spent = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in evidence.stage_seconds.items())
        yield f"Seconds by stage: {spent}"
    if evidence.versions:
        exact = ", ".join(f"{name} {version}" for name, version in sorted(evidence.versions.items()))
        yield f"The run used Python {evidence.python}, {exact}"
    for schema in evidence.schemas:
        if schema.source:
            columns = ", ".join(f"{column.name} {column.dtype}" for column in schema.columns)
            yield f"Read from {schema.source}: {schema.rows} rows with {columns}"


def _line(each: Comparison) -> str:
    place = "".join([f" cell {each.cell}" if each.cell else "", f" stage {each.stage}" if each.stage else ""])
    values = f": {each.notebook} -> {each.project}" if each.notebook or each.project else ""
    return _clean(
        f"{each.channel} {each.name}{' at' + place if place else ''}{values}{f' ({each.note})' if each.note else ''}"
    )


def _clean(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)[:400]


def as_json(evidence: Evidence) -> str:
    """The evidence as JSON, its schema versioned."""
    return json.dumps({"schema_version": SCHEMA, **facts(evidence)}, indent=2) + "\n"


def facts(evidence: Evidence) -> dict[str, object]:
    """The evidence for a JSON file: counts for all, details for what is not simply equal."""
    counts: dict[str, dict[str, int]] = {}
    for each in evidence.comparisons:
        channel = counts.setdefault(each.channel, {})
        channel[each.outcome] = channel.get(each.outcome, 0) + 1
    return {
        "verdict": evidence.verdict,
        "why": evidence.why,
        "counts": counts,
        "details": [_fact(each) for each in evidence.comparisons if each.outcome != "equal"],
        "saved_outputs": [_fact(each) for each in evidence.saved],
        "tolerance": evidence.tolerance,
        "isolation": list(evidence.isolation),
        "python": evidence.python,
        "versions": dict(sorted(evidence.versions.items())),
        "seconds": {
            "notebook": round(evidence.notebook_seconds, 3),
            "project": round(evidence.project_seconds, 3),
            "looking": round(evidence.looking_seconds, 3),
        },
        "cell_seconds": {str(cell): round(seconds, 4) for cell, seconds in evidence.cell_seconds.items()},
        "stage_seconds": {stage: round(seconds, 4) for stage, seconds in evidence.stage_seconds.items()},
        "types": {stage: dict(types) for stage, types in evidence.types.items()},
        "tables": [_table(schema) for schema in evidence.schemas],
    }


def _table(schema: Schema) -> dict[str, object]:
    columns = [
        {
            "name": column.name,
            "dtype": column.dtype,
            "nullable": column.nullable,
            "unique": column.unique,
            "sign": column.sign,
            "values": list(column.values),
        }
        for column in schema.columns
    ]
    made: dict[str, object] = {"name": schema.name, "stage": schema.stage, "source": schema.source}
    return made | {"rows": schema.rows, "columns": columns}


def _fact(each: Comparison) -> dict[str, object]:
    made: dict[str, object] = {"channel": each.channel, "name": each.name, "outcome": each.outcome}
    made |= {"cell": each.cell} if each.cell else {}
    rest = {"stage": each.stage, "notebook": each.notebook, "project": each.project, "note": each.note}
    return made | {key: value for key, value in rest.items() if value}
