"""Several more runs of a notebook as one: wherever any of them differs from the first run, that is what it tells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from nb2prod.model.evidence import FileState, Step, Trace, Value

Thing = TypeVar("Thing")


def merged(first: Trace, others: Sequence[Trace]) -> Trace:
    """One run that agrees with the first only where all others do: what is stable by chance in one run seldom is in three."""
    made = others[0]
    for other in others[1:]:
        made = _merged(first, made, other)
    return made


def _merged(first: Trace, one: Trace, other: Trace) -> Trace:
    if not other.ended_well:
        return one if not one.ended_well else other
    steps = {step.cell: step for step in other.steps}
    begun = {step.cell: step for step in first.steps}
    return replace(
        one,
        steps=tuple(_step(begun.get(step.cell, step), step, steps.get(step.cell, step)) for step in one.steps),
        values=_values(first.values, one.values, other.values),
        figures=_figures(first.figures, one.figures, other.figures),
        files=_files(first.files, one.files, other.files),
        warnings=tuple(each for each in one.warnings if each in other.warnings),
        aliases=tuple(each for each in one.aliases if each in other.aliases),
    )


def _step(first: Step, one: Step, other: Step) -> Step:
    return replace(
        one,
        changed={
            name: _other(first.changed.get(name), value, other.changed.get(name)) for name, value in one.changed.items()
        },
        printed=_pick(first.printed, one.printed, other.printed),
        errors=_pick(first.errors, one.errors, other.errors),
        logged=_pick(first.logged, one.logged, other.logged),
        shown=_pick(first.shown, one.shown, other.shown),
        figures=_figures(first.figures, one.figures, other.figures),
    )


def _pick(first: Thing, one: Thing, other: Thing) -> Thing:
    """What differs from the first run, if either does."""
    return one if one != first else other


def _other(first: Value | None, one: Value | None, other: Value | None) -> Value | None:
    if first is None or one is None or other is None:
        return None
    return _mixed(first, one, other)


def _mixed(first: Value, one: Value, other: Value) -> Value:
    """A value that differs from the first in every part in which either does."""
    if one.exact == first.exact or other.exact == first.exact:
        return other if one.exact == first.exact else one
    labels = [label for label, _ in first.parts]
    if labels != [label for label, _ in one.parts] or labels != [label for label, _ in other.parts]:
        return one
    parts = zip(labels, first.parts, one.parts, other.parts, strict=True)
    return replace(one, parts=tuple((label, _mixed(a[1], b[1], c[1])) for label, a, b, c in parts))


def _values(first: Mapping[str, Value], one: Mapping[str, Value], other: Mapping[str, Value]) -> dict[str, Value]:
    known = {name: value for name, value in one.items() if name in other}
    return {name: _mixed(first.get(name, value), value, other[name]) for name, value in known.items()}


def _figures(first: tuple[Value, ...], one: tuple[Value, ...], other: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(_mixed(*three) for three in zip(first, one, other, strict=False))


def _files(
    first: Mapping[str, FileState | None], one: Mapping[str, FileState | None], other: Mapping[str, FileState | None]
) -> dict[str, FileState | None]:
    known = {path: state for path, state in one.items() if path in other}
    return {path: _pick(first.get(path, state), state, other[path]) for path, state in known.items()}
