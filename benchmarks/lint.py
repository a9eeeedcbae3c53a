"""How much processor time `nb2prod lint` takes beside other tools, on a folder of notebooks.

    python benchmarks/lint.py NOTEBOOKS [--runs 5] [--bin FOLDER ...] [--venv FOLDER]
    python benchmarks/lint.py NOTEBOOKS --hits

Each command runs as often as asked, in turn with the others; the medians of user plus system time are shown, with their
ratios to ruff, to the bare floor (`json.loads` and `ast.parse` of the same cells, nothing else) and to a bare Python.
Two notebooks of 1,000 and 10,000 cells and one with 200 MB of outputs are made for the occasion; of the last the peak of
memory is shown as well. Tools that are neither on the path nor in one of the folders are left out; `--venv` makes a
virtual environment with all of them. Python writes and reads its bytecode, as it does for whoever installs a tool.
The notebooks are only read. `--hits` shows instead how often each rule is met, and in how many notebooks.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
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
# What is compared with, and the switches that would make every start of Python compile anew or write letter by letter.
TOOLS = ("ruff", "flake8-nb", "nbqa", "flake8", "nbstripout")
BYTECODE = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
# name → the command before the notebooks, and how many notebooks it gets (0: all)
Command = tuple[list[str], int]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--bin", type=Path, action="append", default=[], help="a folder with tools to compare with")
    parser.add_argument("--venv", type=Path, help="where to make a virtual environment with the tools")
    parser.add_argument("--hits", action="store_true", help="show how often each rule is met")
    asked = parser.parse_args()
    if asked.hits:
        sys.stdout.writelines(hits(asked.folder))
        return
    folders = [*asked.bin, *([tools_in(asked.venv)] if asked.venv else [])]
    paths = readable(asked.folder)
    with tempfile.TemporaryDirectory() as project:
        (Path(project) / "nb2prod.toml").touch()
        commands = known_commands(project, folders)
        results = measured(commands, paths, asked.runs, project)
        large = measured_large(commands, asked.runs, project)
    cells = sum(code_cells(path) for path in paths)
    size = sum(path.stat().st_size for path in paths) / 1e6
    sys.stdout.write(f"{len(paths)} notebooks, {cells:,} code cells, {size:.0f} MB; Python {sys.version.split()[0]}; ")
    sys.stdout.write(f"CPU seconds, medians of {asked.runs}\n\n")
    sys.stdout.writelines(table(results))
    sys.stdout.writelines(large)


def tools_in(folder: Path) -> Path:
    """The programs of a virtual environment that holds the tools to compare with; it is made if need be."""
    programs = folder / "bin"
    if not (programs / "nbqa").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *TOOLS], check=True)
    return programs


def hits(folder: Path) -> list[str]:
    """The rows of a table: each rule, its findings, and the notebooks that have some."""
    command = [sys.executable, "-m", "nb2prod", "lint", "--no-cache", "--profile", "all", "--exit-zero"]
    done = subprocess.run([*command, "--output-format", "json", "."], cwd=folder, check=True, capture_output=True)
    report = json.loads(done.stdout)
    listed = subprocess.run(
        [sys.executable, "-m", "nb2prod", "rules", "--output-format", "json"], check=True, capture_output=True
    )
    rules = {rule["name"]: rule for rule in json.loads(listed.stdout)["rules"]}
    found: dict[str, list[str]] = {name: [] for name in rules}
    for finding in report["findings"]:
        found[finding["rule"]].append(finding["path"])
    many = len(report["notebooks"])
    lines = [f"{len(report['findings']):,} findings in {many} notebooks, all rules on.\n\n"]
    lines += [
        "| rule | profile | severity | findings | notebooks | share |\n",
        "| --- | --- | --- | ---: | ---: | ---: |\n",
    ]
    for name, paths in sorted(found.items(), key=lambda each: (-len(set(each[1])), each[0])):
        rule, some = rules[name], len(set(paths))
        row = (name, rule["profile"], rule["severity"], str(len(paths)), str(some), f"{100 * some / many:.0f} %")
        lines.append(f"| {' | '.join(row)} |\n")
    return lines


def measured_large(commands: dict[str, Command], runs: int, project: str) -> list[str]:
    """The rows of a table about notebooks that are made for the occasion: many cells, and 200 MB of outputs."""
    lint = [sys.executable, "-m", "nb2prod", "lint", "--no-cache", "--profile", "all"]
    made = {"1,000 cells": cells(1_000), "10,000 cells": cells(10_000), "200 MB of outputs": cells(200, 1_000_000)}
    lines = ["\n| notebook | nb2prod, CPU s | ruff, CPU s | ratio | nb2prod, peak MB |\n"]
    lines.append("| --- | ---: | ---: | ---: | ---: |\n")
    for name, notebook in made.items():
        path = Path(project) / "large.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        ours = median(processor_time([*lint, str(path)], project) for _ in range(runs))
        ruff = commands["ruff"][0] if "ruff" in commands else []
        theirs = median(processor_time([*ruff, str(path)], project) for _ in range(runs)) if ruff else 0.0
        ratio = f"{theirs:.2f} | {ours / theirs:.2f}" if ruff else "- | -"
        lines.append(f"| {name} | {ours:.2f} | {ratio} | {peak([*lint, str(path)], project):.0f} |\n")
    return lines


def cells(many: int, output: int = 0) -> dict[str, object]:
    """A notebook with so many cells of six lines, each with an output of so many characters."""
    source = "import pandas as pd\ndf{0} = pd.DataFrame({{'a': [1, 2, {0}]}})\nfor x in range(3):\n    y{0} = x + {0}\n"
    text = "x" * 99 + "\n"
    outputs = [{"output_type": "stream", "name": "stdout", "text": [text] * (output // 100)}] if output else []
    code = [
        {
            "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": outputs,
            "source": source.format(number) + f"df{number}['b'] = df{number}['a'] * 2\nprint(df{number})",
        }
        for number in range(many)
    ]  # fmt: skip
    return {"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def peak(command: list[str], folder: str) -> float:
    """The most memory that a command takes, in MB."""
    script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True); "
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", script, *command], cwd=folder, check=True, capture_output=True)
    return int(done.stdout) / (1_048_576 if sys.platform == "darwin" else 1024)


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
    environment = {name: value for name, value in os.environ.items() if name not in BYTECODE}
    environment["PATH"] = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
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
