"""The story of each command, from paths to what its reporters are given."""

import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from nb2prod import __version__
from nb2prod.analysis import analyze, survey
from nb2prod.config import Config, matching, near, uri_of
from nb2prod.errors import ConfigError, NotebookError
from nb2prod.model import Checked, FilePlace, Fix, Notebook, Place
from nb2prod.model.frozen import dataclass, replace
from nb2prod.notebook import Contents, contents, digest_of, notebook_in, parse, read, received, whole, without_trees
from nb2prod.rules import PROFILES, Listed, Rule, check_notebook, listed, third_party_rules

if TYPE_CHECKING:  # lint makes no plan, and neither it nor convert starts a process
    from nb2prod.model.evidence import Evidence
    from nb2prod.model.plan import Plan
    from nb2prod.model.project import File, Project
    from nb2prod.model.report import Report
    from nb2prod.trace import Options, Progress


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted notebook: the plan, the report and the project, not written yet."""

    plan: "Plan"
    report: "Report"
    project: "Project"


@dataclass(frozen=True, slots=True)
class Proof:
    """What `verify` found, and the expected values and inputs of the golden tests as files of the project."""

    evidence: "Evidence | None" = None
    data: "tuple[File, ...]" = ()


def lint(paths: Iterable[str], config: Config, jobs: int = 1, bare: bool = False) -> Iterator[Checked]:
    """Read, analyse and check each notebook; one that can't be read says why and does not stop the others.

    `bare` results come without the notebook, and with the digest of the file's content. With more than one of `jobs`
    as many processes work at a time.
    """
    if jobs > 1:
        yield from _by_many(list(paths), config, jobs, bare)
        return
    rules = chosen_rules(config)
    for path in paths:
        try:
            found = contents(path)
            checked = _checked(notebook_in(found, path), rules, config)
        except NotebookError as error:
            yield Checked(path, uri_of(path), refused=str(error))
            continue
        yield replace(checked, notebook=None, digest=digest_of(found.data)) if bare else checked


def _by_many(paths: list[str], config: Config, jobs: int, bare: bool) -> Iterator[Checked]:
    """The results of several processes, in the order of the paths."""
    from concurrent.futures import ProcessPoolExecutor  # as slow to import as ten notebooks to check

    size = min(16, -(-len(paths) // jobs))
    chunks = [paths[at : at + size] for at in range(0, len(paths), size)]
    with ProcessPoolExecutor(min(jobs, len(chunks)), initializer=gc.disable) as pool:
        for results in pool.map(partial(_some, config=config, bare=bare), chunks):
            yield from results


def _some(paths: list[str], config: Config, bare: bool) -> list[Checked]:
    """The results for some notebooks, without syntax trees: they have to travel."""
    return [replace(c, notebook=without_trees(c.notebook)) if c.notebook else c for c in lint(paths, config, bare=bare)]


def lint_bytes(data: bytes, name: str, config: Config) -> Checked:
    """Check a notebook that came from elsewhere, under a name."""
    rules = chosen_rules(config)
    try:
        notebook = parse(data, name)
    except NotebookError as error:
        return Checked(name, uri_of(name), refused=str(error))
    return _located(_checked(notebook, rules, config), received(data))


def located(results: Iterable[Checked]) -> Iterator[Checked]:
    """The results with the place of each finding in the .ipynb file; a file that has changed by now stays without."""
    for checked in results:
        try:
            yield _located(checked, contents(checked.path)) if checked.findings else checked
        except NotebookError:
            yield checked


def _located(checked: Checked, found: Contents) -> Checked:
    from nb2prod.notebook.positions import bytes_before, locate, place_in_file  # only for the formats that ask

    if checked.notebook is None:
        return checked
    notebook = locate(checked.notebook, found)
    lines = [] if found.data.isascii() else found.data.decode("utf-8-sig").split("\n")

    def at(place: Place) -> FilePlace:
        cell = notebook.cells[place.cell - 1] if place.cell <= len(notebook.cells) else None
        start = place_in_file(cell, place.line, place.column) if cell else None
        if cell is None or start is None:
            return FilePlace(1, 1, 1, 2)
        end = place_in_file(cell, place.end_line, place.end_column) if place.end_line else None
        line, column = end if end and end > start else (start[0], start[1] + 1)
        units = (bytes_before(lines, *start), bytes_before(lines, line, column)) if lines else None
        return FilePlace(start[0], start[1], line, column, units)

    findings = tuple(replace(finding, file=at(finding.place)) for finding in checked.findings)
    return replace(checked, notebook=notebook, findings=findings)


def _checked(notebook: Notebook, rules: Sequence[Rule | Listed], config: Config) -> Checked:
    if config.per_notebook_ignores:
        globs = matching(notebook.path, tuple(config.per_notebook_ignores), config.root)
        ignored = {name for glob in globs for name in config.per_notebook_ignores[glob]}
        rules = [rule for rule in rules if not ignored & {rule.name, rule.group, "all"}]
    findings, secrets = check_notebook(survey(notebook), rules, config.severities, config.options)
    return Checked(notebook.path, uri_of(notebook.path), notebook, findings, secrets)


def chosen_rules(config: Config) -> list[Rule | Listed]:
    """The rules that are on; raises ConfigError for a name that no rule and no group has."""
    known: dict[str, Rule | Listed] = {**listed(), **(third_party_rules() if config.third_party_rules else {})}
    groups = {rule.group for rule in known.values()}
    words = (*known, *sorted(groups), "all")
    named = {
        "select": config.select,
        "ignore": config.ignore,
        "severities": tuple(config.severities),
        "options": tuple(config.options),
    }
    named |= {f'per-notebook-ignores."{glob}"': names for glob, names in config.per_notebook_ignores.items()}
    for key, names in named.items():
        for name in names:
            if name not in words:
                raise ConfigError(f"{key}: there is no rule and no group `{name}`{near(name, words)}")
    for name, options in config.options.items():
        for option in options:
            if option not in known[name].options:
                raise ConfigError(
                    f"options.{name}.{option}: the rule has no such option{near(option, tuple(known[name].options))}"
                )
    return [rule for rule in known.values() if _is_on(rule, config)]


def fixes_of(rule: Rule) -> list[Fix | None]:
    """The fixes of what a rule finds in its own bad example."""
    from nb2prod.rules._examples import name_of, notebook_json  # for the manual alone

    notebook = parse(notebook_json(rule.bad).encode(), f"{name_of(rule.bad)}.ipynb")
    return [finding.fix for finding in check_notebook(survey(notebook), [rule])[0]]


def _is_on(rule: Rule | Listed, config: Config) -> bool:
    names: set[str] = {rule.name, rule.group, "all"}
    if names & set(config.ignore):
        return False
    if config.select:
        return bool(names & set(config.select))
    return PROFILES.index(rule.profile) <= PROFILES.index(config.profile)


def convert(path: str, config: Config, name: str = "", proof: Proof | None = None) -> Conversion:
    """Read, analyse, check, plan and render one notebook; nothing is written and none of its code runs.

    With a proof, the reports tell of it and the project has golden tests. Raises NotebookError if it can't be read or holds no code.
    """
    notebook = whole(path)
    if not any(cell.problem or cell.magics or (cell.tree and cell.tree.body) for cell in notebook.code):
        raise NotebookError(f"{path}: holds no code; there is nothing to convert")
    with _any_digits():
        return _converted(notebook, config, name, proof or Proof())


@contextmanager
def _any_digits() -> Iterator[None]:
    """A literal of any length must survive the comparison of trees."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


def _converted(notebook: Notebook, config: Config, name: str, proof: Proof) -> Conversion:
    from nb2prod.assess import Case
    from nb2prod.notebook.beside import tables_beside
    from nb2prod.notebook.environment import installed_versions
    from nb2prod.plan import make_plan, tables_read, with_observed
    from nb2prod.render import render
    from nb2prod.render.redaction import without_secrets
    from nb2prod.reporting import reported

    analysis = analyze(notebook)
    rules = chosen_rules(replace(config, profile="ci"))
    findings, secrets = check_notebook(survey(notebook), rules, config.severities, config.options)
    profile = None if config.project_profile == "auto" else config.project_profile
    observed = proof.evidence.schemas if proof.evidence else ()
    beside = tuple(tables_beside(notebook.path, tables_read(analysis)))
    plan = make_plan(analysis, findings, name, installed_versions(), profile, (*observed, *beside))
    plan = with_observed(plan, proof.evidence, beside)
    project = render(plan, analysis, __version__, proof.data)
    project = replace(project, files=(*project.files, *proof.data), sources=digest_of(notebook.sources))
    groups = {rule.name: rule.group for rule in rules}
    case = Case(analysis, plan, tuple(findings), groups, project, proof.evidence)
    report, files = reported(case, secrets)
    return Conversion(plan, report, without_secrets(replace(project, files=(*project.files, *files)), secrets))


def verify(path: str, folder: str, options: "Options", progress: "Progress") -> "Evidence":
    """Run the notebook, the project and the notebook again, in child processes, and compare all that they leave.

    `progress` is told the side and each step as it begins. Raises NotebookError if the notebook can't be read and
    TraceError if a run can't be begun.
    """
    from nb2prod.proving import verified

    return verified(read(path), folder, options, progress)


def prove(
    path: str,
    folder: str,
    config: Config,
    made: Conversion,
    options: "Options",
    progress: "Progress",
    *,
    with_data: bool = False,
) -> Conversion:
    """Verify a project that was written to a folder; the conversion with its evidence and, if proven, golden tests.

    `with_data` puts copies of small inputs into the project, so that the tests run anywhere.
    """
    from nb2prod.model.project import File, file_of
    from nb2prod.trace import expected, small_inputs

    proof = Proof(verify(path, folder, replace(options, tables=True), progress))
    package = made.project.package
    if proof.evidence is None or not proof.evidence.proven:
        return convert(path, config, package, proof)
    planned = tuple(File(f"tests/data/{name}.json", '{"cases": {}}') for name in ("golden", "stages"))
    tests = convert(path, config, package, replace(proof, data=planned)).project
    scripts = {name: tests[f"tests/{name}"] for name in ("golden.py", "cases.py") if f"tests/{name}" in tests.paths}
    texts = expected(scripts, folder, path, options.python, options.timeout, options.network, real=with_data)
    inputs = small_inputs(path, texts["golden.json"]) if with_data else []
    data = [File(f"tests/data/{name}", text) for name, text in texts.items()]
    data += [file_of(f"tests/data/{name}", content) for name, content in inputs]
    return convert(path, config, package, replace(proof, data=tuple(sorted(data, key=lambda file: file.path))))
