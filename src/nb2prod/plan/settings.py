"""What leaves the code for the configuration: paths, URLs, marked parameters, knobs, seeds, what models are told."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from nb2prod.model.facts import Analysis, PathUse
from nb2prod.model.finding import Finding, Lift
from nb2prod.model.naming import Taken, free, slug
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import span
from nb2prod.model.plan import Dropped, Edit, Setting
from nb2prod.plan.commands import FETCH, MAGIC
from nb2prod.plan.constants import assigned
from nb2prod.plan.downloads import with_files, with_settings
from nb2prod.plan.literals import MOST, Site, parents, sites
from nb2prod.plan.named import Bound, named_setting, sentence
from nb2prod.plan.units import SECRETS, Program, Unit, remaining, with_edits
from nb2prod.plan.widgets import Control, controls, without_control

FILES = frozenset({"path", "output", "download", "url"})
FOLDERS = frozenset({"makedirs", "mkdir", "listdir", "chdir", "rmtree", "copytree", "walk", "iterdir"})
# Names that mean something else in the class, or whose variables choose the files.
TAKEN = frozenset(dir(object())) | frozenset(
    "model_config model_fields copy json dict schema validate construct settings_customise_sources secret figures_dir env "
    "config_dir h help".split()
)


@dataclass(slots=True)
class Settings:
    """The settings found.

    `bound` are names of the notebook that a setting binds before any stage runs; `params` are the parameter
    names under which stages get the others, by setting.
    """

    settings: list[Setting] = field(default_factory=list)
    bound: dict[str, Setting] = field(default_factory=dict)
    params: dict[str, Setting] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    taken: Taken = field(default_factory=lambda: Taken(TAKEN))
    taken_params: Taken = field(init=False)
    param_of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A parameter takes no name of the notebook."""
        self.taken_params = Taken(self.names)

    def add(self, setting: Setting, wanted: str) -> Setting:
        """Keep a setting under a free name."""
        endings = ["path" if setting.kind in {"path", "output", "download"} else "setting"]
        if setting.kind in FILES:  # two files may differ by their suffix alone
            endings.insert(0, _suffix(str(setting.default)) or endings[0])
        made = replace(setting, name=free(wanted, self.taken, *endings))
        self.settings.append(made)
        self.taken.add(made.name)
        return made

    def param(self, setting: Setting) -> str:
        """The name of the parameter by which a stage gets a setting."""
        if setting.name not in self.param_of:
            name = free(setting.name, self.taken_params, "setting")
            self.params[name] = setting
            self.param_of[setting.name] = name
            self.taken_params.add(name)
        return self.param_of[setting.name]

    def uses(self, units: Iterable[Unit]) -> list[frozenset[str]]:
        """For each unit the parameters that its edits use."""
        return [
            frozenset(name for edit in unit.piece.edits for name in edit.settings) & self.params.keys()
            for unit in units
        ]


def lift_settings(
    program: Program, analysis: Analysis, findings: Sequence[Finding], unbound: frozenset[str] = frozenset()
) -> Settings:
    """Move literals of the program to settings; the units get the edits that use them.

    A literal that a finding calls a secret goes to the environment, wherever it stands. `unbound` are names that
    no setting may bind.
    """
    found = Settings(names=_variables(analysis))
    secrets = {finding.place: finding for finding in findings if finding.rule in SECRETS}
    program.units = [with_edits(unit, *_secret_edits(unit, secrets, found, program)) for unit in program.units]
    lifting = _Lifting(program, analysis, found, findings, unbound)
    made = [lifting.unit(unit) for unit in program.units]
    gone = {number for number, unit in enumerate(made) if unit is None}
    program.units = list(remaining((new or old for new, old in zip(made, program.units, strict=True)), gone))
    return found


class _Lifting:
    """One pass over the units."""

    def __init__(
        self,
        program: Program,
        analysis: Analysis,
        found: Settings,
        findings: Sequence[Finding],
        unbound: frozenset[str],
    ) -> None:
        self.program, self.analysis, self.found = program, analysis, found
        self.cells = {cell.index: cell for cell in analysis.notebook.code}
        self.by_literal: dict[tuple[object, ...], Setting] = {}
        self.bound = Bound.of(program, analysis, findings, unbound)
        lifts = {f.place: f for f in findings if isinstance(f.fix, Lift) and f.rule not in SECRETS}
        self.controls: dict[str, Control] = {
            name: control for name, control in controls(program.units, analysis).items() if self.bound.threads(name)
        }
        self.parents = parents(analysis)
        self.sites = {unit.place: tuple(self._sites(unit, lifts)) for unit in program.units}
        every = [site for found in self.sites.values() for site in found]
        self.chosen = _chosen(every)
        self.cells_of: dict[tuple[object, ...], set[int]] = {}
        for site in every:
            self.cells_of.setdefault(site.key, set()).add(site.setting.cell)

    def unit(self, unit: Unit) -> Unit | None:
        """The unit with its literals lifted, None if nothing of it is left."""
        cell = self.cells[unit.cell]
        pair = assigned(unit)
        if pair and pair[0] in self.controls:
            self.found.bound[pair[0]] = self.found.add(self.controls[pair[0]].setting, slug(pair[0], 6) or "value")
            self.program.dropped.append(Dropped(ast.unparse(unit.node)[:80], "its value is a setting", unit.place))  # type: ignore[arg-type]
            return None
        unit = without_control(unit, cell, self.controls)
        if pair and self.bound.injected_over(pair[0], unit):
            return None  # what papermill injected is the value of the run: it becomes the default
        path = unit.index >= 0 and any(use.kind == "name" for use in self.analysis.statements[unit.index].paths)
        if pair and (setting := named_setting(unit, cell, pair, self.bound, path)) is not None:
            return self._named(unit, cell, pair, setting)
        if unit.index < 0 or unit.piece.guarded or unit.piece.code is not None:
            return unit
        return self._inline(unit, pair)

    def _named(self, unit: Unit, cell: Cell, pair: tuple[str, ast.expr], setting: Setting) -> Unit | None:
        """A constant whose value is a setting; the name is bound by it where that is sound."""
        made = self.found.add(setting, slug(pair[0], 6) or "parameter")
        if self.bound.threads(pair[0]):
            self.found.bound[pair[0]] = made
            return None
        return with_edits(unit, self._edit(span(pair[1], cell.index, cell.lines), made))

    def _inline(self, unit: Unit, pair: tuple[str, ast.expr] | None) -> Unit | None:
        statement = self.analysis.statements[unit.index]
        free = (use for use in statement.paths if not use.nested and not _covered(use.place, unit))
        uses = {
            use.place: use for use in free if use.callee not in FOLDERS or use.value.rstrip("/") not in self.parents
        }
        only = next(iter(uses.values()), None)
        if only is not None and len(uses) == 1 and only.kind == "name" and pair and self.bound.threads(pair[0]):
            self.found.bound[pair[0]] = self._path(only, unit)
            return None
        unit = self._fetching(unit)
        edits = [self._edit(place, self._path(use, unit)) for place, use in uses.items()]
        wanted = (site for site in self.sites.get(unit.place, ()) if site.key in self.chosen and site.place not in uses)
        edits += [self._edit(site.place, self._literal(site)) for site in wanted]
        return with_edits(unit, *edits)

    def _fetching(self, unit: Unit) -> Unit:
        """The unit with the addresses and files of its downloads as settings."""
        if not any(edit.why in {FETCH, MAGIC} for edit in unit.piece.edits):
            return unit

        def lift(setting: Setting, wanted: str) -> str:
            key = (setting.kind, setting.description)
            if key not in self.by_literal:
                self.by_literal[key] = self.found.add(setting, wanted)
            return self.found.param(self.by_literal[key])

        def path(value: str, kind: str) -> str:
            key = ("", value)
            if key not in self.by_literal:
                self.by_literal[key] = self.found.add(*_download_setting(value, kind, unit.cell))
            return self.found.param(self.by_literal[key])

        fetched = [with_settings(edit, unit, lift, path) for edit in unit.piece.edits]
        edits = tuple(with_files(edit, unit, self._known_file) for edit in fetched)
        return replace(unit, piece=replace(unit.piece, edits=edits))

    def _known_file(self, value: str) -> str:
        """The name of the parameter for a file that was downloaded before, "" if it was not."""
        setting = self.by_literal.get(("", value))
        return self.found.param(setting) if setting is not None and setting.kind == "download" else ""

    def _edit(self, place: Place, setting: Setting) -> Edit:
        name = self.found.param(setting)
        return Edit(place, name, "setting", (name,))

    def _sites(self, unit: Unit, lifts: Mapping[Place, Finding]) -> Iterator[Site]:
        if unit.index < 0 or unit.piece.guarded or unit.piece.code is not None:
            return
        found = sites(unit, self.cells[unit.cell], self.analysis, lifts)
        yield from sorted((s for s in found if not _covered(s.place, unit)), key=lambda site: site.place)

    def _literal(self, site: Site) -> Setting:
        if site.key not in self.by_literal:
            others = sorted(self.cells_of[site.key] - {site.setting.cell})
            also = f"; the same in cell{'s' * (len(others) > 1)} {', '.join(map(str, others))}" if others else ""
            setting = replace(site.setting, description=site.setting.description + also)
            self.by_literal[site.key] = self.found.add(setting, self.chosen[site.key])
        return self.by_literal[site.key]

    def _path(self, use: PathUse, unit: Unit) -> Setting:
        key = (
            use.callee if use.kind == "name" else "",
            use.value,
        )  # one file is one setting, whoever reads or writes it
        if key not in self.by_literal:
            self.by_literal[key] = self.found.add(*_path_setting(use, unit.cell))
        return self.by_literal[key]


def _covered(place: Place, unit: Unit) -> bool:
    """Whether other code stands at a place already."""
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    return any(
        (e.place.line, e.place.column) < end and start < (e.place.end_line, e.place.end_column)
        for e in unit.piece.edits
    )


def _chosen(every: Sequence[Site]) -> dict[tuple[object, ...], str]:
    """The name wanted for each literal that becomes a setting, by its key: what a notebook only tries stays code."""
    values: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for site in every:
        values.setdefault(site.topic, set()).add(site.key)
    kept = {site.key: site for site in every if len(values[site.topic]) <= MOST.get(site.setting.kind, len(every))}
    names = Counter(site.wanted for site in kept.values())
    return {key: s.wanted if names[s.wanted] == 1 else s.longer for key, s in kept.items()}


def _variables(analysis: Analysis) -> frozenset[str]:
    """The names of the notebook that a parameter must not take; keywords of calls are none."""
    nodes = (node for tree in analysis.trees.values() for node in ast.walk(tree) if not isinstance(node, ast.keyword))
    found = {getattr(node, "id", "") or getattr(node, "name", "") or getattr(node, "arg", "") or "" for node in nodes}
    return frozenset(found).union(*(s.facts.touched | s.facts.reads | s.facts.deferred for s in analysis.statements))


def _secret_edits(unit: Unit, secrets: dict[Place, Finding], found: Settings, program: Program) -> Iterator[Edit]:
    """Read the secrets of a statement from the environment."""
    for place in sorted(secrets):
        if place.cell == unit.cell and unit.place.line <= place.line <= unit.place.end_line:
            wanted = slug(secrets[place].code.partition("=")[0], 4) or "secret"
            says = "read from the environment alone; the notebook's value must be taken back"
            setting = found.add(Setting("", "str", None, says, unit.cell, "secret"), wanted)
            yield Edit(place, f'{program.helpers["Settings"]}.secret("{setting.name}")', "secret")


# paths and URLs


def _path_setting(use: PathUse, cell: int) -> tuple[Setting, str]:
    """The setting for a path or URL and the name wanted for it."""
    url = re.match(r"[a-z][a-z0-9+.-]*://", use.value) is not None
    kind: Literal["url", "output", "path"] = "url" if url else "output" if use.kind == "write" else "path"
    what = "URL that" if url else "Folder that" if use.callee in FOLDERS else "File that"
    verb = {"url": "reads", "output": "writes", "path": "reads"}[kind]
    if use.kind == "name":
        return Setting("", "str", use.value, sentence(use.callee), cell, kind), slug(use.callee, 6) or f"input_{kind}"
    wanted = _name_of(use.value, "url" if url else "path") or f"input_{kind}"
    return Setting("", "str", use.value, f"{what} {use.callee}() {verb}", cell, kind), wanted


def _download_setting(value: str, kind: str, cell: int) -> tuple[Setting, str]:
    """The setting for the address or the file of a download."""
    if kind == "url":
        return Setting("", "str", value, "Address of a download", cell, "url"), _name_of(value, "url") or "download_url"
    return (
        Setting("", "str", value, "File that is downloaded", cell, "download"),
        _name_of(value, "path") or "download_path",
    )


def _suffix(path: str) -> str:
    """The suffix of a file's name without its dot, "" if it has none."""
    _, dot, suffix = re.split(r"[/\\]", path)[-1].rpartition(".")
    return slug(suffix, 1, 8) if dot else ""


def _name_of(value: str, ending: str) -> str:
    text = value.split("?")[0].rstrip("/\\")
    name = text.replace("\\", "/").rpartition("/")[2]
    stem = name.split(".")[0] if not name.startswith(".") else name
    found = slug(stem, 5)
    return f"{found}_{ending}" if found and not found.endswith(ending) else found
