"""What the tools say about the projects that are generated from many notebooks, and how large they are.

    python benchmarks/quality.py [--python PYTHON] [--checks ruff,black,mypy,pytest] [--profile P] [--jobs N] [--keep DIR] NOTEBOOK...

Each notebook is converted into a folder of its own, where ruff, black, mypy and pytest of PYTHON run with the project's
own settings. A line tells what a tool objects to, the table at the end how many projects are clean. Sizes are lines
with code: no blank lines, no comments, no docstrings (of attributes neither). The exit code is 1 if a tool other than mypy objects to a project.
"""

import argparse
import ast
import io
import os
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]

from reached import unreached  # noqa: E402

from nb2prod.config import Config  # noqa: E402
from nb2prod.errors import Nb2prodError  # noqa: E402
from nb2prod.model import Project  # noqa: E402
from nb2prod.notebook import read  # noqa: E402
from nb2prod.pipeline import convert  # noqa: E402
from nb2prod.write import write  # noqa: E402

LAYOUT = {tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
LONGEST = 300  # seconds for a tool


@dataclass
class Row:
    """What was found out about one notebook."""

    notebook: str
    profile: str = ""
    cells: int = 0
    modules: dict[str, int] = field(default_factory=dict)
    objections: dict[str, list[str]] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def lines(self) -> int:
        """The lines of the package with code."""
        return sum(self.modules.values())


def code_lines(text: str) -> int:
    """Lines with code: no blank ones, no comments, no docstrings."""
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in LAYOUT:
            found.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found -= set(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(found)


def lines_of(notebook: str) -> int:
    """The lines of a notebook's cells with code."""
    masked = "\n".join(cell.python for cell in read(notebook).code if cell.tree)
    return code_lines(masked)


def examined(numbered: tuple[int, str], python: str, checks: tuple[str, ...], folder: Path, config: Config) -> Row:
    """Convert a notebook, and let the tools look at what it becomes."""
    number, notebook = numbered
    row = Row(notebook)
    try:
        conversion = convert(notebook, config)
    except Nb2prodError as error:
        row.objections["convert"] = [str(error)]
        return row
    if conversion.plan.refused:
        row.profile = "refused"
        return row
    project, place = conversion.project, folder / f"{number:03}-{conversion.project.name}"
    write(project, place)
    row.profile, row.cells, row.modules = conversion.plan.profile, lines_of(notebook), sizes(project)
    row.objections["reached"] = sorted(unreached(project, notebook))
    for check in checks:
        row.objections[check] = said(check, python, place, folder, row.outcomes)
    return row


def sizes(project: Project) -> dict[str, int]:
    """The lines of code of each module of the package."""
    start = f"src/{project.package}/"
    return {
        file.path.removeprefix(start): code_lines(file.text)
        for file in project.files
        if file.path.startswith(start) and file.path.endswith(".py")
    }


def said(check: str, python: str, place: Path, folder: Path, outcomes: Counter[str]) -> list[str]:
    """The objections of a tool, a line each."""
    options = {
        "ruff": ["check", "--output-format=concise", "--no-cache", "."],
        "black": ["--check", "."],
        "mypy": ["--cache-dir", str(folder / f"mypy-{os.getpid()}")],
        "pytest": ["-q", "-p", "no:cacheprovider"],
    }
    command = [python, "-m", check, *options[check]]
    env = {**os.environ, "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return [f"no answer in {LONGEST} s"]
    if check == "pytest":
        counted = done.stdout.strip().rpartition("\n")[2].replace(",", "").split()
        outcomes.update({word: int(n) for n, word in pairwise(counted) if n.isdigit()})
    if done.returncode == 0:
        return []
    marks = {"mypy": ": error:", "pytest": "ED "}.get(check, ":")
    lines = [line for line in (done.stdout + done.stderr).splitlines() if marks in line or check == "black"]
    return lines or [(done.stderr or done.stdout)[-300:]]


def table(rows: Iterable[Row], checks: tuple[str, ...]) -> None:
    """Print how many are clean, how many tests ran, and how large the packages are."""
    every = list(rows)
    made = [row for row in every if row.cells]
    print(f"\n{len(every)} notebooks, {sum(row.profile == 'refused' for row in every)} refused, {len(made)} projects")
    for check in ("reached", *checks):
        clean = sum(not row.objections[check] for row in made)
        print(f"{check:8} clean {clean} of {len(made)}, {100 * clean / max(1, len(made)):.1f}%")
    print("tests:", ", ".join(f"{n} {word}" for word, n in sum((r.outcomes for r in made), Counter[str]()).items()))
    for profile in sorted({row.profile for row in made}):
        some = [row for row in made if row.profile == profile]
        ratio = median(row.lines / row.cells for row in some)
        names = sorted({name for row in some for name in row.modules})
        parts = {name: median(row.modules.get(name, 0) / row.cells for row in some) for name in names}
        shown = ", ".join(f"{name.removesuffix('.py')} {part:.2f}" for name, part in parts.items() if part >= 0.005)
        print(f"{profile}: {len(some)} projects, package lines by notebook lines, median {ratio:.2f} ({shown})")


def main() -> int:
    """Convert all notebooks, run the tools and print what they say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the tools and the libraries")
    parser.add_argument("--checks", default="ruff,black,mypy,pytest")
    parser.add_argument("--profile", choices=["library", "batch", "service"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="the folder of the projects; else they are removed at the end")
    parser.add_argument("notebooks", nargs="+")
    given = parser.parse_args()
    checks = tuple(filter(None, given.checks.split(",")))
    config = Config(project_profile=given.profile or "auto")
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(given.jobs) as pool:
        folder = (given.keep or Path(temporary)).absolute()
        python = str(Path(given.python).absolute())  # a virtual environment is known by its link
        work = partial(examined, python=python, checks=checks, folder=folder, config=config)
        rows = []
        for row in pool.map(work, enumerate(given.notebooks)):
            rows.append(row)
            for check, lines in row.objections.items():
                for line in lines[:5]:
                    print(f"{Path(row.notebook).name}: {check}: {line[:240]}", flush=True)
    table(rows, checks)
    wrong = {check for row in rows for check, lines in row.objections.items() if lines}
    return 1 if wrong - {"mypy"} else 0


if __name__ == "__main__":
    sys.exit(main())
