"""Literals inside calls that configure a run: seeds, the sizes of splits, the parameters of models, hosts."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nb2prod import catalogue
from nb2prod.model.facts import Analysis
from nb2prod.model.finding import Finding, Lift
from nb2prod.model.naming import slug
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import span
from nb2prod.model.plan import Literals, Setting
from nb2prod.plan.constants import assigned
from nb2prod.plan.forms import comment_beside
from nb2prod.plan.knobs import bounded, kind_of_type, plain
from nb2prod.plan.units import Unit

# What runs later keeps its literals; the parts of a formatted string have no places of their own before Python 3.12.
CLOSED = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef | ast.JoinedStr
SEEDS = frozenset({"random_state", "seed", "random_seed"})
SPLITS = frozenset({"test_size", "train_size", "val_size", "validation_split", "validation_size", "n_splits", "cv"})
# Of any call: how long and in what steps a model learns.
TRAINING = frozenset(
    "epochs n_epochs num_epochs batch_size learning_rate lr num_boost_round early_stopping_rounds".split()
)
NOT_MODEL = frozenset({"verbose", "n_jobs", "cache_size", "fill_value", "cv"})
MODELS = frozenset({"train", "transform"})
# What a rule that asks for a setting has found.
NOTICED = {
    "hardcoded-path": "Path on the author's machine",
    "parent-path": "Path outside the notebook's folder",
    "literal-output-path": "File that is written",
    "relative-data-path": "File that is read",
    "hardcoded-url": "Address of a service or a file",
    "hardcoded-host": "Machine of one network",
    "cloud-storage-path": "Place in one environment's storage",
    "machine-resource": "What one machine has of processors and cards",
    "sample-data-left": "How much of the data is used",
    "long-wait": "Seconds to wait",
}
LONGEST = 300  # a longer text is no path
# A keyword that the notebook tries with more values than that is an experiment, not a setting.
MOST = {"seed": 3, "split": 2, "hyperparameter": 1}


@dataclass(frozen=True, slots=True)
class Site:
    """A literal that may become a setting. Sites with the same `key` and value are one setting.

    `wanted` is its name, `longer` the one to tell it apart from another setting that wants the same; `topic` is what
    a notebook may try with different values.
    """

    place: Place
    setting: Setting
    wanted: str
    longer: str
    topic: tuple[str, str]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two literals one setting."""
        return (*self.topic, type(self.setting.default), self.setting.default)


def sites(unit: Unit, cell: Cell, analysis: Analysis, lifts: Mapping[Place, Finding]) -> Iterator[Site]:
    """The literals of a statement that configure a run; code that runs later keeps its own."""
    if unit.node is None or isinstance(unit.node, CLOSED):
        return
    stack: list[ast.AST] = [unit.node]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Call):
            yield from _call_sites(node, _holder(node, unit), unit, cell, analysis)
        if isinstance(node, ast.Constant) and lifts:
            yield from _noticed(node, unit, cell, lifts)
        stack += [child for child in ast.iter_child_nodes(node) if not isinstance(child, CLOSED)]


def _noticed(node: ast.Constant, unit: Unit, cell: Cell, lifts: Mapping[Place, Finding]) -> Iterator[Site]:
    """A literal of which a rule says that it becomes a setting."""
    place = span(node, unit.cell, cell.lines)
    finding = lifts.get(place)
    if finding is None or not isinstance(finding.fix, Lift) or not plain(node.value):
        return
    value: Literals = node.value  # type: ignore[assignment]  # plain() has looked
    name = slug(finding.fix.name, 6) or "value"
    says = comment_beside(cell, place.line) or NOTICED.get(finding.rule, f"Value of {finding.rule}")
    setting = Setting("", kind_of_type(name, value), value, says, unit.cell, "constant")
    yield Site(place, setting, name, name, (finding.rule, name))


def _holder(call: ast.Call, unit: Unit) -> str:
    """The variable that a statement binds to the value of a call: what people call the model."""
    pair = assigned(unit)
    return pair[0] if pair and pair[1] is call else ""


def _call_sites(call: ast.Call, holder: str, unit: Unit, cell: Cell, analysis: Analysis) -> Iterator[Site]:
    dotted = catalogue.canonical(analysis.qualified(call.func))
    known = catalogue.function(dotted) if dotted else None
    model = known is not None and known.role in MODELS and catalogue.is_type(dotted)
    last = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if known is not None and "seed" in known.effects and 0 <= known.seed_at < len(call.args):
        yield from _site(call.args[known.seed_at], "seed", "seed", dotted, "", unit, cell)
    for keyword in call.keywords:
        name = keyword.arg or ""
        if name in SEEDS or (known is not None and name == known.seed != ""):
            yield from _site(keyword.value, "seed", name if name in SEEDS else "seed", last, "", unit, cell)
        elif name in SPLITS:
            yield from _site(keyword.value, "split", name, last, "", unit, cell)
        elif name in TRAINING or (model and name not in NOT_MODEL):
            yield from _site(keyword.value, "hyperparameter", name, last, holder, unit, cell)


def _site(node: ast.expr, kind: str, name: str, callee: str, holder: str, unit: Unit, cell: Cell) -> Iterator[Site]:
    """A number in a call; True and False switch a way of working and stay code, as text does."""
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float) or not plain(node.value):
        return
    value = node.value
    if kind == "seed" and not (isinstance(value, int) and 0 <= value < 2**32):
        return
    place = span(node, unit.cell, cell.lines)
    setting = Setting("", kind_of_type(name, value), value, _says(kind, name, callee, cell, place), unit.cell, kind)  # type: ignore[arg-type]
    topic = (kind, name) if kind != "hyperparameter" else (callee, name)
    yield Site(
        place,
        bounded(setting, name),
        name.lower(),
        f"{slug(holder or callee, 5) or slug(callee, 5)}_{name}".lower(),
        topic,
    )


def _says(kind: str, name: str, callee: str, cell: Cell, place: Place) -> str:
    """What a literal is, in the words of the comment on its own line or of the call."""
    line = cell.lines[place.line - 1]
    own = comment_beside(cell, place.line) if line.strip().startswith((f"{name}=", f"{name} =")) else ""
    return own or (f"Seed of {callee}()" if kind == "seed" else f"{name} of {callee}()")


def parents(analysis: Analysis) -> frozenset[str]:
    """The folders in other paths of the notebook: with another folder in one place, the files would not be there."""
    texts: set[str] = set()
    for node in (node for tree in analysis.trees.values() for node in ast.walk(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            texts.add(f"{node.values[0].value!s}...")  # something follows
    plain = (text for text in texts if len(text) < LONGEST and "\n" not in text)
    return frozenset(text[:at] for text in plain for at, sign in enumerate(text[:-1]) if sign == "/")
