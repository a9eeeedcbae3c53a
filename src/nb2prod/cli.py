"""The command line: options to configuration, call the pipeline, print, leave with the exit code."""

import difflib
import sys
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from nb2prod import __version__, config, fastcli
from nb2prod.errors import Nb2prodError
from nb2prod.keeping import with_kept_proof
from nb2prod.model.project import Project
from nb2prod.pipeline import Conversion, convert, prove, verify
from nb2prod.reportcli import gate_command, report_command
from nb2prod.repository import gated
from nb2prod.write import Written, drift, write
from nb2prod.write.setup import set_up

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help=__doc__ and "Take a Jupyter notebook to production.",
)

EVERYTHING = {"ignore_unknown_options": True, "allow_extra_args": True}
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        help="Folder of the project (of the projects, if several); the notebook's name by default.",
    ),
]
Verify = Annotated[
    bool, typer.Option("--verify", help="Run the notebook and the project, compare them, add golden tests.")
]
WithData = Annotated[bool, typer.Option("--with-data", help="With --verify: copy small inputs into the tests.")]
Python = Annotated[
    str, typer.Option(help="The interpreter that runs both, to verify; this one by default.", show_default=False)
]
Partial = Annotated[bool, typer.Option("--partial", help="Convert even what can't be shown to behave as before.")]
Env = Annotated[str, typer.Option(help="Where both run: current, or a fresh environment made with venv or uv.")]
Timeout = Annotated[float, typer.Option(help="Seconds that each run may take.")]
Profile = Annotated[
    str, typer.Option(help="library, batch or service: how much is generated; by default the notebook decides.")
]
Network = Annotated[bool, typer.Option("--allow-network", help="Let the runs use the network.")]


@app.command("convert")
def convert_command(
    notebooks: Annotated[list[str], typer.Argument(help="Notebooks to convert.", show_default=False)],
    output: Output = None,
    name: Annotated[str, typer.Option(help="Name of the package; made of the notebook's name by default.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, write nothing.")] = False,
    partial: Partial = False,
    profile: Profile = "",
    check: Annotated[
        bool, typer.Option("--check", help="Leave with 1 if the project is not that of the notebook; write nothing.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, write nothing.")] = False,
    proven: Verify = False,
    with_data: WithData = False,
    python: Python = sys.executable,
    env: Env = "current",
    timeout: Timeout = 600.0,
    allow_network: Network = False,
) -> None:
    """Make a typed, tested Python project of each notebook. Its code is never run without --verify."""
    refused, wishes = False, config.asked(config.load(Path.cwd()), "project-profile", profile)
    for number, notebook in enumerate(notebooks, 1):
        say_which(number, notebooks)
        made = convert(notebook, wishes, name)
        folder = _folder(output, made.project.package, len(notebooks))
        made = gated(with_kept_proof(notebook, wishes, made, folder), folder)
        if made.plan.refused and not partial:
            refused = True
            say_refused(made, notebook)
        elif check:
            refused |= say_drift(made.project, folder)
        elif diff:
            show_diff(made.project, folder)
        elif dry_run:
            typer.echo("\n".join(str(folder / file.path) for file in made.project.files))
        else:
            refused |= say(made, folder)
            if proven:
                refused |= not _prove(notebook, folder, made, wishes, (python, env, timeout, allow_network, with_data))
    raise typer.Exit(1 if refused else 0)


def say_which(number: int, notebooks: list[str]) -> None:
    """Name the notebook that comes next, if there are several."""
    if len(notebooks) > 1:
        typer.echo(f"{number} of {len(notebooks)}: {notebooks[number - 1]}", err=True)


def say_refused(made: Conversion, notebook: str) -> None:
    """Say on standard error what can't be converted, and where."""
    for fallback in made.plan.refused:
        where = f"{notebook}:cell {fallback.place.cell}:{fallback.place.line}"
        typer.echo(f"refused: {where}: {fallback.reason}; rewrite that, or pass --partial", err=True)


def _prove(
    notebook: str, folder: Path, made: Conversion, wishes: config.Config, given: tuple[str, str, float, bool, bool]
) -> bool:
    """Verify a written project and write it again with the evidence and its golden tests; whether it is proven."""
    from nb2prod.report import proof
    from nb2prod.trace import Options, interpreter

    python, env, timeout, network, with_data = given
    with interpreter(env, python, str(folder)) as chosen:
        options = Options(chosen, timeout, network=network)
        done = prove(notebook, str(folder), wishes, made, options, show_progress, with_data=with_data)
    done = gated(done, folder)
    write(done.project, folder)
    if done.report.evidence:
        typer.echo(proof.as_text(done.report.evidence), err=True, nl=False)
    return done.report.proof == "proven"


def _folder(output: Path | None, package: str, notebooks: int) -> Path:
    """Where a project goes: into the folder asked for, each into one of its own there if they are several."""
    if output is None or notebooks > 1:
        return (output or Path()) / package
    return output


def say_drift(project: Project, folder: Path) -> bool:
    """Say on standard error why a folder is not what the notebook becomes, if it is not."""
    found = drift(project, folder)
    for line in found:
        typer.echo(line, err=True)
    return bool(found)


def edits(done: Written) -> list[str]:
    """What became of the files that the user had edited."""
    said = {
        "kept": "was edited by you, and has nothing new",
        "merged": "was edited by you: the news were merged in",
        "conflicts": "was edited by you where there are news: both versions stand between marks, resolve them",
        "aside": "was edited by you: the new version lies beside it as .new",
        "orphaned": "was edited by you, and is no longer generated",
        "deleted": "was deleted by you: it stays so while .nb2prod/manifest.json lists it as `deleted`",
    }
    return [f"{done.folder / path} {text}" for name, text in said.items() for path in getattr(done, name)]


def say(made: Conversion, folder: Path) -> bool:
    """Write the project and sum up what was done, on standard error; the folder goes to standard output.

    Whether there are conflicts for the user to resolve.
    """
    plan, evidence = made.plan, made.report.evidence
    done = write(made.project, folder)
    points, blocking = len(made.report.work), len(made.report.blocking)
    lines = [
        f"{len(plan.stages)} stages, {len(plan.settings)} settings, {len(done.written)} files written, {len(done.unchanged)} unchanged",
        f"{points} points are left to a person, {blocking} of them block production: {folder / 'REPORT.md'}",
        *edits(replace(done, folder=folder)),
        *([f"{evidence.verdict}: {evidence.why}"] if evidence and not evidence.proven else []),
        f"next: cd {folder} && python -m pip install -e '.[dev]' && python -m pytest",
    ]
    for line in lines:
        typer.echo(line, err=True)
    typer.echo(str(folder))
    return bool(done.conflicts)


def show_diff(project: Project, folder: Path) -> None:
    """Print the difference between the folder and the project as a unified diff."""
    for file in project.files:
        path = folder / file.path
        old = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True) if path.is_file() else []
        new = file.content.decode("utf-8", "replace").splitlines(keepends=True)
        sys.stdout.writelines(difflib.unified_diff(old, new, str(path) if old else "/dev/null", str(path)))


@app.command("verify")
def verify_command(
    notebook: Annotated[str, typer.Argument(help="The notebook.", show_default=False)],
    project: Annotated[str, typer.Argument(help="The folder that `nb2prod convert` made of it.", show_default=False)],
    python: Python = sys.executable,
    env: Env = "current",
    timeout: Timeout = 600.0,
    memory: Annotated[int, typer.Option(help="MB of memory that each run may take; 0 for no limit.")] = 16384,
    allow_network: Network = False,
    tolerance: Annotated[float, typer.Option(help="Relative difference of floats that counts as close.")] = 1e-9,
    output_format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Run the notebook and the project, and compare everything that they leave."""
    from nb2prod.report import proof
    from nb2prod.trace import Options, interpreter

    if output_format not in {"text", "json"}:
        raise typer.BadParameter("choose text or json", param_hint="--output-format")
    with interpreter(env, python, project) as chosen:
        options = Options(chosen, timeout, memory, allow_network, tolerance)
        evidence = verify(notebook, project, options, show_progress)
    typer.echo(proof.as_json(evidence) if output_format == "json" else proof.as_text(evidence), nl=False)
    raise typer.Exit(0 if evidence.proven else 1)


def show_progress(side: str, step: Mapping[str, object]) -> None:
    """Say on standard error which cell or stage has begun."""
    place = f"cell {step['cell']}" if "cell" in step else str(step.get("stage", ""))
    typer.echo(f"{side}: {place}", err=True)


@app.command("init")
def init_command(
    folder: Annotated[Path, typer.Argument(help="The repository; this folder by default.")] = Path(),
) -> None:
    """Add the hook, the editor's tasks and the CI job that lint notebooks. Nothing is overwritten."""
    said = {"made": "made", "merged": "added to", "kept": "left as it is", "left": "left alone"}
    for step in set_up(folder):
        typer.echo(f"{step.path}: {said[step.what]}{'; ' + step.hint if step.hint else ''}")


app.command("report")(report_command)
app.command("gate")(gate_command)


def _fast(command: str, purpose: str) -> None:
    """List a command that the entry point runs without typer."""

    @app.command(command, help=purpose, add_help_option=False, context_settings=EVERYTHING)
    def run(context: typer.Context) -> None:
        raise typer.Exit(fastcli.run([command, *context.args]))


for name in fastcli.COMMANDS:
    _fast(name, config.USAGE[name].split("\n\n")[1])


def version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        typer.echo(f"nb2prod {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Take a Jupyter notebook to production."""


def main() -> None:
    """Run the command line; expected failures are one line, bugs are tracebacks."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except Nb2prodError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception:
        traceback.print_exc()
        typer.echo("this is a bug in nb2prod: please report it with the lines above", err=True)
        raise SystemExit(3) from None


if __name__ == "__main__":
    main()
