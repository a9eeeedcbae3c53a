"""How much processor time `nb2prod lint` takes beside other tools, on a folder of notebooks.

    python benchmarks/lint.py NOTEBOOKS [--runs 5] [--bin FOLDER ...]

Each command runs as often as asked, in turn with the others; the medians of user plus system time are shown, with their
ratios to ruff, to the bare floor (`json.loads` and `ast.parse` of the same cells, nothing else) and to a bare Python.
Tools that are neither on the path nor in one of the folders are left out. The notebooks are only read.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

FLOOR = """
import ast, gc, json, sys
gc.disable()
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        notebook = json.loads(file.read())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            try:
                ast.parse("".join(cell["source"]))
            except (SyntaxError, ValueError):
                pass
"""
# name → the command before the notebooks, and how many notebooks it gets (0: all)
Command = tuple[list[str], int]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--bin", type=Path, action="append", default=[], help="a folder with tools to compare with")
    asked = parser.parse_args()
    paths = readable(asked.folder)
    with tempfile.TemporaryDirectory() as project:
        (Path(project) / "nb2prod.toml").touch()
        commands = known_commands(project, asked.bin)
        results = measured(commands, paths, asked.runs, project)
    cells = sum(code_cells(path) for path in paths)
    size = sum(path.stat().st_size for path in paths) / 1e6
    sys.stdout.write(f"{len(paths)} notebooks, {cells:,} code cells, {size:.0f} MB; Python {sys.version.split()[0]}; ")
    sys.stdout.write(f"CPU seconds, medians of {asked.runs}\n\n")
    sys.stdout.writelines(table(results))


def readable(folder: Path) -> list[Path]:
    """The notebooks of format 4 that are JSON: those that every tool can be asked about."""
    found: list[Path] = []
    for path in sorted(folder.absolute().rglob("*.ipynb")):
        try:
            if isinstance(json.loads(path.read_text(encoding="utf-8")).get("cells"), list):
                found.append(path)
        except (ValueError, AttributeError):
            continue
    return found


def code_cells(path: Path) -> int:
    """How many code cells a notebook has."""
    return sum(cell["cell_type"] == "code" for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def known_commands(project: str, folders: list[Path]) -> dict[str, Command]:
    """What there is to be measured."""
    search = os.pathsep.join([*map(str, folders), str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    python, lint = [sys.executable, "-c"], [sys.executable, "-m", "nb2prod", "lint"]
    cache = str(Path(project) / "ruff")
    found: dict[str, Command] = {
        "bare python": ([*python, "pass"], -1),
        "nb2prod --version": ([sys.executable, "-m", "nb2prod", "--version"], -1),
        "nb2prod, one notebook": ([*lint, "--no-cache", "--profile", "all"], 1),
        "json.loads + ast.parse": ([*python, FLOOR], 0),
        "nb2prod, all rules, one process": ([*lint, "--no-cache", "--profile", "all", "--jobs", "1"], 0),
        "nb2prod, default profile, one process": ([*lint, "--no-cache", "--jobs", "1"], 0),
        "nb2prod, all rules, unchanged": ([*lint, "--profile", "all"], 0),
    }
    others = {
        "ruff": ["ruff", "check", "--no-cache", "--isolated"],
        "ruff, all rules": ["ruff", "check", "--no-cache", "--isolated", "--select", "ALL"],
        "ruff, unchanged": ["ruff", "check", "--isolated", "--cache-dir", cache],
        "nbstripout -t": ["nbstripout", "-t"],
        "flake8-nb": ["flake8_nb"],
        "nbqa flake8": ["nbqa", "flake8"],
    }
    for name, (tool, *rest) in others.items():
        if path := shutil.which(tool, path=search) or shutil.which(tool.replace("_", "-"), path=search):
            found[name] = ([path, *rest], 0)
    return found


def measured(commands: dict[str, Command], paths: list[Path], runs: int, project: str) -> dict[str, float]:
    """The median of each command, after one run that does not count."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    middle = sorted(paths, key=lambda path: path.stat().st_size)[len(paths) // 2 :]
    for run in range(runs + 1):
        for name, (command, many) in commands.items():
            given = [] if many < 0 else middle[:many] if many else paths
            taken = processor_time([*command, *map(str, given)], project)
            if run:
                times[name].append(taken)
    return {name: median(each) for name, each in times.items()}


def processor_time(command: list[str], folder: str) -> float:
    """The seconds of processor that a command and its children take."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)  # our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(results: dict[str, float]) -> list[str]:
    """The rows, with ratios."""
    bases = [name for name in ("ruff", "json.loads + ast.parse", "bare python") if name in results]
    lines = ["| command | CPU s | " + " | ".join(f"× {base}" for base in bases) + " |\n"]
    lines.append("| --- | ---: |" + " ---: |" * len(bases) + "\n")
    for name, seconds in results.items():
        ratios = " | ".join(f"{seconds / results[base]:.2f}" for base in bases)
        lines.append(f"| {name} | {seconds:.3f} | {ratios} |\n")
    return lines


if __name__ == "__main__":
    main()
