"""Two digests of a value held against each other: equal, close, or where they part and a guess why."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from nb2prod.model.evidence import Outcome, Value


@dataclass(frozen=True, slots=True)
class Match:
    """How two values compare; the rest is about the first place where they differ."""

    outcome: Outcome
    path: str = ""
    notebook: str = ""
    project: str = ""
    cause: str = ""


EQUAL = Match("equal")


def match(notebook: Value, project: Value) -> Match:
    """Hold two values against each other."""
    if notebook.exact == project.exact:
        return EQUAL
    outcome: Outcome = "close" if close(notebook, project) else "differs"
    path, left, right = first_difference(notebook, project)
    return Match(outcome, path, shown(left), shown(right), _cause(path, left, right))


def match_stable(notebook: Value, again: Value, project: Value) -> Match:
    """Hold against each other what two runs of the notebook agree on: the rest is unstable and proves nothing."""
    if notebook.exact == again.exact:
        return match(notebook, project)
    found = _stable_difference(notebook, again, project)
    if found is None:
        return Match("unstable", "", notebook.text, again.text, "it differs between two runs of the notebook")
    path, left, right = found
    return Match("differs", path, shown(left), shown(right), _cause(path, left, right))


def _stable_difference(notebook: Value, again: Value, project: Value) -> tuple[str, Value, Value] | None:
    """The first part that both runs of the notebook have alike and the project has not."""
    if notebook.kind == again.kind != project.kind:
        return "", notebook, project
    labels = [label for label, _ in notebook.parts]
    if labels != [label for label, _ in again.parts] or labels != [label for label, _ in project.parts]:
        return None
    if _drawn_together(notebook, again):
        return None
    for (label, one), (_, two), (_, other) in zip(notebook.parts, again.parts, project.parts, strict=True):
        if one.exact == two.exact:
            if not close(one, other):
                path, left, right = first_difference(one, other)
                return label + path, left or one, right or other
            continue
        found = _stable_difference(one, two, other)
        if found is not None:
            return label + found[0], found[1], found[2]
    return None


def _drawn_together(notebook: Value, again: Value) -> bool:
    """Whether what two runs have alike in an unstable value may be alike by chance: its numbers, or most of its equal elements."""
    if all(part.kind == "float" for _, part in notebook.parts):
        return True
    alike = len({part.kind for _, part in notebook.parts}) == 1 and all(label[:1] == "[" for label, _ in notebook.parts)
    varying = sum(one.exact != two.exact for (_, one), (_, two) in zip(notebook.parts, again.parts, strict=True))
    return alike and 2 * varying > len(notebook.parts)


def close(notebook: Value, project: Value) -> bool:
    """Whether two values differ in floats alone, and by less than the tolerance."""
    if notebook.exact == project.exact or notebook.coarse == project.coarse or notebook.shifted == project.shifted:
        return True
    if not notebook.head or notebook.head != project.head or notebook.count != project.count:
        return False
    if not notebook.parts or len(notebook.parts) != notebook.count or len(project.parts) != notebook.count:
        return False
    pairs = zip(notebook.parts, project.parts, strict=True)
    return all(left[0] == right[0] and close(left[1], right[1]) for left, right in pairs)


def first_difference(notebook: Value, project: Value) -> tuple[str, Value | None, Value | None]:
    """The path to the first part that differs, and both parts; None stands for a part that is not there."""
    if notebook.kind != project.kind:
        return "", notebook, project
    for left, right in zip_longest(notebook.parts, project.parts):
        if left is None or right is None or left[0] != right[0]:
            label = (left or right)[0]
            return label, left[1] if left else None, right[1] if right else None
        if left[1].exact != right[1].exact:
            path, one, other = first_difference(left[1], right[1])
            return left[0] + path, one, other
    return "", notebook, project


def shown(value: Value | None) -> str:
    """A value in a few words."""
    if value is None:
        return "(not there)"
    return value.text or value.kind


def _cause(path: str, notebook: Value | None, project: Value | None) -> str:
    return next(_causes(path, notebook, project), "")


def _causes(path: str, notebook: Value | None, project: Value | None) -> Iterator[str]:
    if notebook is None or project is None:
        yield "one has more parts than the other"
        return
    if notebook.kind != project.kind:
        yield f"another type: {notebook.kind} and {project.kind}"
    if ".index" in path:
        yield "the index differs: its values, its name or its type"
    if ".columns" in path or "key " in path:
        yield "other columns or keys, or another order of them"
    if ".attrs" in path:
        yield "attributes were lost or changed"
    if "categories" in path or "codes" in path:
        yield "other categories, or another order of them"
    if {notebook.text, project.text} == {"0.0", "-0.0"}:
        yield "the sign of zero"
    if notebook.text == project.text:
        yield "they look the same in short: the shape, the type of the elements or a later element differs"
