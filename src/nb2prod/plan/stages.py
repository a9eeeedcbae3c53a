"""Groups of units become stages: with a name, a docstring, typed parameters and results."""

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import Taken, free
from nb2prod.model.plan import Setting, Stage, Variable
from nb2prod.plan.grouping import Group
from nb2prod.plan.naming import Namer
from nb2prod.plan.repeats import draws, figure_name, one_type, with_figure
from nb2prod.plan.units import Unit

# How much a line of a role says about its stage; reading counts so much only where a stage begins with it.
WEIGHTS = {"load": 10, "train": 4, "export": 4, "split": 4, "evaluate": 2, "plot": 2}
LATE = {"load": 4}
# These name a stage only if they are so much of it.
SHARE = {"setup": 0.5, "clean": 0.2, "transform": 0.2}
WIDTH = 96
TEXT = 200
SENTENCE = re.compile(r"(?<=[a-z)\]][.!?:]) (?=[A-Z])")


def role_of(units: Sequence[Unit]) -> str:
    """The role of a stage: what most of its lines do, a rare role counting for more than a common one."""
    speaking = [unit for unit in units if unit.role and not (unit.role == "plot" and unit.piece.statement is None)]
    first = next((unit.role for unit in speaking if unit.role != "setup"), "")
    lines: dict[str, int] = {}
    for unit in speaking:
        lines[unit.role] = lines.get(unit.role, 0) + unit.lines
    least = sum(unit.lines for unit in units)
    weight = {
        role: count * (WEIGHTS if role == first else WEIGHTS | LATE).get(role, 1)
        for role, count in lines.items()
        if count >= SHARE.get(role, 0) * least
    }
    return max(weight, key=lambda role: weight[role]) if weight else "compute"


def stages_of(
    groups: Sequence[Group], units: Sequence[Unit], analysis: Analysis, shared: Sequence[str], params: dict[str, Setting],
    bound: dict[str, Setting], taken: set[str], used: Sequence[frozenset[str]],
    firsts: Mapping[int, int],
) -> tuple[Stage, ...]:  # fmt: skip
    """The stages, in order; `firsts` has for each that repeats an earlier one the number of that."""
    namer = Namer(analysis, Taken(taken))
    figure = free("figure", taken)
    made: list[Stage] = []
    for number, group in enumerate(groups):
        inside = units[group.start : group.end]
        own = {name for unit in inside for name in unit.facts.touched} & set(shared)
        start, end = _bounds(inside)
        given = [Variable(name, analysis.type_before(name, start)) for name in group.params]
        given = [Variable(v.name, bound[v.name].type, bound[v.name].name) if v.name in bound else v for v in given]
        lifted = sorted({name for names in used[group.start : group.end] for name in names})
        given += [Variable(name, params[name].type, params[name].name) for name in lifted]
        if number in firsts:
            first = made[firsts[number]]
            name, doc, role = first.name, first.doc, str(first.role)
        else:
            role = role_of(inside)
            name, summary = namer.name(
                inside, role, [name for name in group.params if name not in bound], group.returns
            )
            doc = _doc(inside, summary, [units[groups[n].start].cell for n, one in firsts.items() if one == number])
        stage = Stage(
            name,
            role,  # type: ignore[arg-type]
            doc,
            tuple(dict.fromkeys(unit.cell for unit in inside)),
            tuple(unit.piece for unit in inside),
            tuple(given),
            tuple(Variable(name, analysis.type_before(name, end)) for name in group.returns),
            tuple(sorted(own)),
            any("await" in u.facts.effects and not isinstance(u.node, ast.AsyncFunctionDef) for u in inside),
            repeats=number in firsts,
        )
        made.append(_with_figure(stage, figure) if number in firsts or number in firsts.values() else stage)
    return _as_one(made, firsts)


def _with_figure(stage: Stage, name: str) -> Stage:
    """A call of several: the name of the figures that it saves is a parameter."""
    cell = stage.cells[0]
    if not draws(stage.pieces, cell):
        return stage
    given = Variable(name, "str", value=figure_name(cell))
    return replace(stage, pieces=with_figure(stage.pieces, cell, name), params=(*stage.params, given))


def _as_one(stages: Sequence[Stage], firsts: Mapping[int, int]) -> tuple[Stage, ...]:
    """The stages; the calls of one function have the same types."""
    made = list(stages)
    for first in dict.fromkeys(firsts.values()):
        numbers = [first, *(number for number, one in firsts.items() if one == first)]
        params = one_type([made[number].params for number in numbers])
        returns = one_type([made[number].returns for number in numbers])
        for number, given, found in zip(numbers, params, returns, strict=True):
            made[number] = replace(made[number], params=given, returns=found)
    return tuple(made)


def _bounds(units: Sequence[Unit]) -> tuple[int, int]:
    numbers = [unit.index for unit in units if unit.index >= 0]
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def _doc(units: Sequence[Unit], summary: str, again: Sequence[int]) -> str:
    """The docstring: the heading, the cells, those that say the same `again`, and what the markdown says."""
    heading = next((unit.heading for unit in units[:1] if unit.heading), None)
    cells = list(dict.fromkeys(unit.cell for unit in units))
    where = f"cell {cells[0]}" if len(cells) == 1 else f"cells {cells[0]}-{cells[-1]}"
    where = f"cells {', '.join(map(str, [*cells, *again[:-1]]))} and {again[-1]}" if again else where
    title = heading.title if heading and heading.title else ""
    text = heading.text if heading else ""
    if not title and text:
        title, _, text = _sentence(text)
    summary = textwrap.shorten(title.strip(".:!?; ") or summary.rstrip(".:!?; "), 70, placeholder=" ...")
    first = f"{summary[:1].upper()}{summary[1:]} ({where})."
    body = _sentences(text)
    return "\n\n".join([first, textwrap.fill(body, WIDTH)]) if body else first


def _sentence(text: str) -> tuple[str, str, str]:
    head, dot, rest = text.partition(". ")
    return (head, dot, rest) if len(head) <= 70 else ("", "", text)


def _sentences(text: str) -> str:
    """As many whole sentences as are short together; those that announce the code are left out."""
    kept = ""
    for sentence in SENTENCE.split(text):
        if sentence.endswith(":"):
            continue
        if len(kept) + len(sentence) >= TEXT:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or textwrap.shorten(text.removesuffix(":"), TEXT, placeholder=" ...")
