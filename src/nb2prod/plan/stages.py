"""Groups of units become stages: with a name in the notebook's words, a docstring, typed parameters and results."""

import ast
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import Taken, free, slug
from nb2prod.model.plan import Setting, Stage, Variable
from nb2prod.plan.grouping import Group
from nb2prod.plan.units import Unit

VERBS = {
    "load": "load", "clean": "clean", "transform": "prepare", "split": "split", "train": "train", "predict": "predict",
    "evaluate": "evaluate", "plot": "plot", "export": "save", "setup": "set_up",
}  # fmt: skip
NOUNS = {
    "load": "data",
    "clean": "data",
    "transform": "features",
    "split": "data",
    "train": "model",
    "evaluate": "model",
}
WIDTH = 96
TEXT = 320


@dataclass(slots=True)
class Namer:
    """Names for stages, none used twice and none that the notebook uses."""

    taken: Taken = field(default_factory=Taken)

    def name(self, units: Sequence[Unit], role: str, returns: Sequence[str]) -> str:
        """The name of a stage: its heading's words, else what it does to what."""
        heading = next((unit.heading for unit in units[:1] if unit.heading and unit.heading.title), None)
        wanted = slug(heading.title) if heading else ""
        verb = VERBS.get(role, "compute")
        noun = _noun(units, role, returns)
        if not wanted:
            wanted = f"{verb}_{noun}" if noun else verb
        if wanted in self.taken and not wanted.startswith(verb):
            wanted = f"{verb}_{wanted}"
        made = free(wanted, self.taken, *([noun] if noun and noun not in wanted else []), "step", "part")
        self.taken.add(made)
        return made


def _noun(units: Sequence[Unit], role: str, returns: Sequence[str]) -> str:
    names = [name for name in returns if not name.startswith("_")]
    if not names:
        names = [name for unit in reversed(units) for name in sorted(unit.facts.must) if not name.startswith("_")]
    words = slug(names[-1] if names else "", 3)
    return words if len(words) > 1 else NOUNS.get(role, "")


def role_of(units: Sequence[Unit]) -> str:
    """The role of a stage: what most of its lines do, a rare role counting for more than a common one."""
    weight: dict[str, int] = {}
    for unit in units:
        if unit.role and not (unit.role == "plot" and unit.piece.statement is None):
            weight[unit.role] = weight.get(unit.role, 0) + unit.lines * (
                3 if unit.role in {"train", "load", "export"} else 1
            )
    return max(weight, key=lambda role: weight[role]) if weight else "compute"


def stages_of(
    groups: Sequence[Group], units: Sequence[Unit], analysis: Analysis, shared: Sequence[str], params: dict[str, Setting],
    bound: dict[str, Setting], taken: set[str], used: Sequence[frozenset[str]],
) -> tuple[Stage, ...]:  # fmt: skip
    """The stages, in order."""
    namer = Namer(Taken(taken))
    made = []
    for group in groups:
        inside = units[group.start : group.end]
        role = role_of(inside)
        own = {name for unit in inside for name in unit.facts.touched} & set(shared)
        start, end = _bounds(inside)
        variables = [
            Variable(name, analysis.type_before(name, start), bound[name].name if name in bound else "")
            for name in group.params
        ]
        lifted = sorted({name for names in used[group.start : group.end] for name in names})
        variables += [Variable(name, params[name].type, params[name].name) for name in lifted]
        variables = [Variable(v.name, bound[v.name].type, v.setting) if v.name in bound else v for v in variables]
        made.append(
            Stage(
                namer.name(inside, role, group.returns),
                role,  # type: ignore[arg-type]
                _doc(inside, role),
                tuple(dict.fromkeys(unit.cell for unit in inside)),
                tuple(unit.piece for unit in inside),
                tuple(variables),
                tuple(Variable(name, analysis.type_before(name, end)) for name in group.returns),
                tuple(sorted(own)),
                any(
                    "await" in unit.facts.effects and not isinstance(unit.node, ast.AsyncFunctionDef) for unit in inside
                ),
            )
        )
    return tuple(made)


def _bounds(units: Sequence[Unit]) -> tuple[int, int]:
    numbers = [unit.index for unit in units if unit.index >= 0]
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def _doc(units: Sequence[Unit], role: str) -> str:
    """The docstring: the heading, the cells, and what the markdown says."""
    heading = next((unit.heading for unit in units[:1] if unit.heading), None)
    cells = list(dict.fromkeys(unit.cell for unit in units))
    where = f"cell {cells[0]}" if len(cells) == 1 else f"cells {cells[0]}-{cells[-1]}"
    title = heading.title if heading and heading.title else ""
    text = heading.text if heading else ""
    if not title and text:
        title, _, text = _sentence(text)
    summary = textwrap.shorten((title or _says(role)).rstrip(".:!?; "), 70, placeholder=" ...")
    first = f"{summary[:1].upper()}{summary[1:]} ({where})."
    body = textwrap.shorten(text, TEXT, placeholder=" ...") if text else ""
    return "\n\n".join([first, textwrap.fill(body, WIDTH)]) if body else first


def _sentence(text: str) -> tuple[str, str, str]:
    head, dot, rest = text.partition(". ")
    return (head, dot, rest) if len(head) <= 70 else ("", "", text)


def _says(role: str) -> str:
    return {
        "load": "Load the data", "clean": "Clean the data", "transform": "Prepare the data", "split": "Split the data",
        "train": "Train the model", "predict": "Predict", "evaluate": "Evaluate the results", "plot": "Draw the figures",
        "export": "Save the results", "setup": "Set up the run",
    }.get(role, "Compute the next values")  # fmt: skip
