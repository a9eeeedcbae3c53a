"""What a stage is about: the value that it makes, trains, draws or saves, in the notebook's own words."""

import ast
import re
from collections.abc import Iterator, Sequence

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import slug, words
from nb2prod.plan.commands import FETCH, MAGIC
from nb2prod.plan.units import Unit

# Names that say nothing of what they hold.
BLANK = frozenset(
    "df dfs d data dat dta raw dataset ds frame x y i j k n s t tmp temp res result ret out output fig figs ax axs axes a b c f g h "
    "m p r v w z mod model models clf reg est estimator obj val values value arr lst self cls this item row key name np pd plt sns "
    "px sm results kwargs args opts xs ys handle writer reader file conn cursor cur engine path".split()
)
MODELS = frozenset("mod model models clf reg est estimator m res result r results fit fitted".split())
DATASETS = re.compile(r"^(?:load|fetch|read|get|make)_(\w+)$")
DECORATION = frozenset(
    "show tight_layout legend title suptitle xlabel ylabel xticks yticks xlim ylim set set_title set_xlabel set_ylabel grid figure "
    "subplots axhline axvline text annotate colorbar print display len range enumerate list dict str".split()
)
# What is set up, where that is not the library's name.
PLOTS = {"matplotlib": "plots", "seaborn": "plots"}
LOADERS = frozenset(
    "csv excel json parquet table sql html pickle feather hdf dataset data pandas stata sas spss fwf".split()
)


def subject_of(units: Sequence[Unit], role: str, returns: Sequence[str], analysis: Analysis) -> str:
    """The words for what a stage is about, "" if nothing tells."""
    main = [unit for unit in units if unit.role == role and unit.node is not None]
    if role in {"evaluate", "predict", "transform", "clean", "setup"}:
        main.reverse()
    last = ""
    for text in (*_spoken(main, role, analysis), *_made(units, returns)):
        found = slug(text, 3)
        if found and ((role == "split" and found == "data") or tells(found)):
            return found
        last = last or found
    return last


def call_of(units: Sequence[Unit], role: str, analysis: Analysis) -> str:
    """The words of the last call that gave a stage its role, "" if there is none that tells."""
    calls = (list(_calls(unit.node))[:1] for unit in units if unit.role == role or role == "compute")
    names = [
        analysis.qualified(call.func).rpartition(".")[2] or getattr(call.func, "attr", "")
        for each in calls
        for call in each
    ]
    telling = [name for name in names if name not in DECORATION and not name.startswith("__")]
    return slug(telling[-1].replace("plot", " "), 2) if telling else ""


def commands_of(units: Sequence[Unit]) -> str:
    """What the shell lines do that a stage mainly consists of: they fetch or they run; "" if it is about other things."""
    whys = [{edit.why for edit in unit.piece.edits} & {FETCH, MAGIC} for unit in units]
    if 2 * sum(map(bool, whys)) <= len(units):
        return ""
    return "fetch" if sum(FETCH in why for why in whys) * 2 > len(units) else "run"


def tells(found: str) -> bool:
    """Whether a name says what it holds: it is not one letter, nor a word for anything."""
    return any(
        len(word.rstrip("0123456789")) > 2 and word.rstrip("0123456789") not in BLANK for word in found.split("_")
    )


def _made(units: Sequence[Unit], returns: Sequence[str]) -> Iterator[str]:
    """The names that a stage hands on, the last first, else those that it binds."""
    yield from reversed([name for name in returns if not name.startswith("_")])
    for unit in reversed(units):
        yield from (name for name in sorted(unit.facts.must) if not name.startswith("_"))


def _spoken(main: Sequence[Unit], role: str, analysis: Analysis) -> Iterator[str]:
    """What the statements say that gave a stage its role."""
    for unit in main:
        assert unit.node is not None
        match role:
            case "load":
                yield from _targets(unit.node)
                yield from _sources(unit, analysis)
            case "train":
                yield from _trained(unit, analysis)
            case "split":
                yield "data"
            case "setup":
                roots = (analysis.qualified(call.func).split(".") for call in _calls(unit.node))
                yield from ("random" if "random" in root else PLOTS.get(root[0], root[0]) for root in roots if root[1:])
                yield from (PLOTS.get(root, root) for root in _roots(unit.node, analysis))
            case "plot" | "export":
                yield from _shown(unit.node, analysis)
            case _:
                yield from _targets(unit.node)


def _targets(node: ast.stmt) -> Iterator[str]:
    """The variables that a statement binds or changes an item of."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        for part in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
            while isinstance(part, ast.Subscript | ast.Attribute | ast.Starred):
                part = part.value
            if isinstance(part, ast.Name):
                yield part.id


def _sources(unit: Unit, analysis: Analysis) -> Iterator[str]:
    """The words for where data come from: a file's name, a data set's."""
    for path in analysis.statements[unit.index].paths if unit.index >= 0 else ():
        yield path.value.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].partition(".")[0]
    for call in _calls(unit.node):
        name = analysis.qualified(call.func)
        parts = name.split(".")
        if (match := DATASETS.match(parts[-1])) and match[1] not in LOADERS:
            yield match[1]
        if "datasets" in parts[:-2]:
            yield parts[parts.index("datasets") + 1]
        if parts[-1] in {"load_dataset", "get_rdataset"} and call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


def _trained(unit: Unit, analysis: Analysis) -> Iterator[str]:
    """The estimator that is fitted: its variable if that tells, else its class."""
    for call in _calls(unit.node):
        if not isinstance(call.func, ast.Attribute) or not call.func.attr.startswith("fit"):
            continue
        owner = call.func.value
        if isinstance(owner, ast.Name):
            kind = analysis.type_before(owner.id, unit.index)
            if owner.id not in MODELS and tells(owner.id):
                yield owner.id
            yield " ".join(words(kind.split("[")[0].rpartition(".")[2])) if "." in kind else ""
        elif isinstance(owner, ast.Call):
            name = analysis.qualified(owner.func).rpartition(".")[2]
            yield name if name.isupper() or name.islower() else " ".join(words(name))
    yield from _targets(unit.node) if unit.node is not None else ()


def _shown(node: ast.stmt, analysis: Analysis) -> Iterator[str]:
    """What is drawn or saved: the value that a call takes as its data, or that has the method."""
    for call in _calls(node):
        given = [keyword.value for keyword in call.keywords if keyword.arg in {"data", "data_frame", "obj"}]
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        for part in [*given, owner, *call.args[:1]]:
            while isinstance(part, ast.Subscript | ast.Attribute | ast.Call):
                part = part.func if isinstance(part, ast.Call) else part.value
            if isinstance(part, ast.Name) and part.id not in analysis.origins:
                yield part.id


def _roots(node: ast.stmt, analysis: Analysis) -> Iterator[str]:
    """The modules whose attributes a statement sets."""
    for target in node.targets if isinstance(node, ast.Assign) else ():
        owner = target.value if isinstance(target, ast.Attribute | ast.Subscript) else target
        yield analysis.qualified(owner).partition(".")[0] if isinstance(owner, ast.Attribute) else ""


def _calls(node: ast.stmt | None) -> Iterator[ast.Call]:
    for part in ast.walk(node) if node is not None else ():
        if isinstance(part, ast.Call):
            yield part
