"""The reports of notebooks and of projects that were made of them: one, or an overview of a whole repository."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from nb2prod import __version__
from nb2prod.config import Config, notebooks, uri_of
from nb2prod.errors import ConfigError, Nb2prodError
from nb2prod.model.gate import Decision, GateFile, Metric
from nb2prod.model.report import Before, Overview, Report, Tool, Unread
from nb2prod.pipeline import Conversion, convert
from nb2prod.report import project_json
from nb2prod.reporting import decided, gate_draft, regated, with_report

SCHEMA = 1
REPORT, GATE = "nb2prod.json", "gate.toml"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command was asked for beyond its paths: metrics from a file, and the day that promises are held against."""

    metrics: tuple[Metric, ...] = ()
    today: str = field(default_factory=lambda: date.today().isoformat())


def overview_of(paths: Iterable[str], config: Config, asked: Asked, before: dict[str, Before]) -> Overview:
    """The reports of projects, of notebooks, and of all of both below folders; what can't be read says why."""
    reports: list[Report] = []
    unread: list[Unread] = []
    seen: set[str] = set()
    for path in _meant(paths, config):
        try:
            report = report_of(path, config, asked)
        except Nb2prodError as error:
            unread.append(Unread(uri_of(path), str(error)))
            continue
        reports += [] if report.notebook in seen else [report]
        seen.add(report.notebook)
    return Overview(SCHEMA, Tool("nb2prod", __version__), tuple(reports), tuple(unread), before)


def report_of(path: str, config: Config, asked: Asked) -> Report:
    """The report of a project's folder as its gate stands today, or of a notebook that nobody has converted yet.

    Raises NotebookError if the notebook can't be read and ConfigError for a file of the project.
    """
    if not Path(path).is_dir():
        return replace(convert(path, config).report, notebook=uri_of(path))
    report = project_json.load(text_of(Path(path, REPORT)), str(Path(path, REPORT)))
    return regated(report, gate_file(path, asked), asked.metrics) if Path(path, GATE).is_file() else report


def gate_file(folder: str, asked: Asked) -> GateFile:
    """The `gate.toml` of a folder; raises ConfigError if there is none."""
    path = Path(folder, GATE)
    if not path.is_file():
        raise ConfigError(f"{path}: there is none; `nb2prod gate --init` writes one with what the notebook shows")
    return GateFile(text_of(path), str(path), asked.today)


def decision_of(folder: str, asked: Asked) -> Decision:
    """What the gate of a folder decides today, with the measurements of its report if it holds one."""
    gate = gate_file(folder, asked)
    path = Path(folder, REPORT)
    report = project_json.load(text_of(path), str(path)) if path.is_file() else None
    return decided(report, gate, asked.metrics)


def drafted(path: str, config: Config) -> str:
    """A `gate.toml` with what a notebook, or the report of a project, shows."""
    if Path(path).is_dir():
        return gate_draft(project_json.load(text_of(Path(path, REPORT)), str(Path(path, REPORT))))
    return gate_draft(convert(path, config).report)


def gated(made: Conversion, folder: Path) -> Conversion:
    """A conversion as the `gate.toml` of its folder decides it, if there is one."""
    if not (folder / GATE).is_file():
        return made
    report = regated(made.report, gate_file(str(folder), Asked()))
    return replace(made, report=report, project=with_report(made.project, report))


def _meant(paths: Iterable[str], config: Config) -> Iterator[str]:
    """Projects and notebooks; below a folder first the projects, so that a converted notebook is told once."""
    for path in paths:
        folder = Path(path)
        if not folder.is_dir() or (folder / REPORT).is_file():
            yield path
            continue
        made = sorted(report.parent for report in folder.rglob(REPORT) if ".nb2prod" not in report.parts)
        yield from map(str, made)
        converted = {_notebook(project) for project in made}
        found = notebooks([path], config)
        yield from (each for each in found if Path(each).name not in converted and not _inside(each, made))


def _notebook(project: Path) -> str:
    """The name of the notebook that a project was made of, "" if its report can't be read."""
    try:
        return project_json.load(text_of(project / REPORT), str(project / REPORT)).notebook
    except ConfigError:
        return ""


def _inside(path: str, projects: Sequence[Path]) -> bool:
    return any(Path(path).is_relative_to(project) for project in projects)


def text_of(path: Path) -> str:
    """The content of a file; raises ConfigError if it can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read ({error})") from error
