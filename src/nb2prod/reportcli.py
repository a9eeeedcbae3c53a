"""`nb2prod report` and `nb2prod gate`: options to files and text, and the exit code."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from nb2prod import config
from nb2prod.errors import ConfigError, WriteError
from nb2prod.gate import metrics_of
from nb2prod.model.gate import Decision, Metric
from nb2prod.model.report import Overview
from nb2prod.report import FACES, clean, project_json
from nb2prod.repository import GATE, REPORT, Asked, decision_of, drafted, overview_of, text_of

ENDINGS = {".html": "html", ".json": "json", ".md": "markdown", ".csv": "csv"}
VERDICTS = ("go", "conditional", "no-go", "unanswered")
Metrics = Annotated[Path | None, typer.Option(help="A JSON or TOML file with measured numbers by name.")]


def report_command(
    paths: Annotated[list[str], typer.Argument(help="Notebooks, converted projects, or folders that hold some.")],
    output_format: Annotated[
        str, typer.Option(help=f"text, {', '.join(FACES)}; else what the file's ending says.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file; for html a folder too, then with a page each.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="An earlier report as JSON: numbers that moved are told.")
    ] = None,
    metrics: Metrics = None,
) -> None:
    """Say what still needs human work before production. No notebook is run."""
    asked = Asked(_metrics(metrics))
    before = project_json.earlier(text_of(against), str(against)) if against else {}
    overview = overview_of(paths, config.load(Path.cwd()), asked, before)
    if len(overview.unread) == 1 and not overview.reports:
        raise ConfigError(overview.unread[0].why)
    if not overview.reports and not overview.unread:
        raise ConfigError(f"{', '.join(paths)}: there is no notebook and no project")
    name = output_format or ENDINGS.get(output.suffix if output else "", "html" if output else "text")
    if name == "text" and output is None:
        _show(overview)
    elif name not in FACES:
        raise ConfigError(f"--output-format: `{clean(name)}` is not one of text, {', '.join(FACES)}")
    else:
        _write(overview, name, output)


def _show(overview: Overview) -> None:
    """Print to the terminal, without the frames that some can't show."""
    from rich.console import Console

    from nb2prod.report import terminal

    console = Console(highlight=False, soft_wrap=False)
    if _single(overview):
        terminal.show(overview.reports[0], console)
    else:
        terminal.show_overview(overview, console)


def _single(overview: Overview) -> bool:
    return len(overview.reports) == 1 and not overview.unread and not overview.before


def _write(overview: Overview, name: str, output: Path | None) -> None:
    """Write one file, or a folder of pages, or to standard output."""
    from nb2prod.report import overview_html, project_html
    from nb2prod.report.faces import MANY, ONE

    if name == "html" and output and (output.is_dir() or not output.suffix):
        pages = {
            report.notebook: f"{number:03}-{report.package}.html" for number, report in enumerate(overview.reports, 1)
        }
        _put(output / "index.html", overview_html.render(overview, pages))
        for report in overview.reports:
            _put(output / pages[report.notebook], project_html.render(report))
        return
    text = ONE[name](overview.reports[0]) if _single(overview) else MANY[name](overview)
    if output:
        _put(output, text)
    else:
        sys.stdout.write(text)


def _put(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise WriteError(
            f"{path}: can't be written ({error.strerror or error}); choose another file with -o"
        ) from error
    typer.echo(str(path), err=True)


def gate_command(
    path: Annotated[str, typer.Argument(help="The project's folder; with --init a notebook, too.")] = ".",
    init: Annotated[bool, typer.Option("--init", help="Write gate.toml with what the notebook shows.")] = False,
    metrics: Metrics = None,
    require: Annotated[str, typer.Option(help="The verdicts that leave with 0, with commas between them.")] = "go",
    output_format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Decide: go, conditional or no-go, by gate.toml and by what was measured, with every reason.

    Leaves with 0 for a go (or what --require allows), with 1 for anything else.
    """
    accepted = [word.strip() for word in require.split(",")]
    wrong = [word for word in accepted if word not in VERDICTS]
    if wrong:
        raise ConfigError(f"--require: `{clean(wrong[0])}` is not one of {', '.join(VERDICTS)}")
    if output_format not in {"text", "json"}:
        raise ConfigError(f"--output-format: `{clean(output_format)}` is not one of text, json")
    if init:
        _init(path)
        return
    decision = decision_of(path, Asked(_metrics(metrics)))
    if output_format == "json":
        sys.stdout.write(project_json.render(decision))
    else:
        _say(decision)
    raise typer.Exit(0 if decision.verdict in accepted else 1)


def _say(decision: Decision) -> None:
    """The verdict, then each criterion; those that need somebody say what to do."""
    typer.echo(decision.verdict)
    for reason in decision.reasons:
        typer.echo(f"  {reason.verdict:<11} {reason.criterion}: {clean(reason.why)}")
        if reason.todo:
            typer.echo(f"              {reason.owner}: {clean(reason.todo)}")


def _init(path: str) -> None:
    """Write the draft beside the report of a project, or into this folder for a notebook; never over another."""
    folder = Path(path) if Path(path).is_dir() else Path()
    if Path(path).is_dir() and not (folder / REPORT).is_file():
        raise ConfigError(f"{folder / REPORT}: there is none; name a notebook, or the folder of a converted project")
    if (folder / GATE).exists():
        raise ConfigError(f"{folder / GATE}: is there already; answer it, or remove it first")
    _put(folder / GATE, drafted(path, config.load(Path.cwd())))


def _metrics(path: Path | None) -> tuple[Metric, ...]:
    return metrics_of(text_of(path), str(path)) if path else ()
