"""Three generated projects, one a profile, installed from scratch and run by their console scripts.

    python benchmarks/project.py [library] [batch] [service]

Each project is made of a fixture, installed with pip into a virtual environment of its own, and run in an empty folder:
with good input, with none, with old input, with input that is no table, with a column less and torn in the middle, with
configuration and options that it does not know. The table shows the exit code and the first line of what is said on
standard error; the exit code is 1 if one of them is not what it should be.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nb2prod.config import Config
from nb2prod.pipeline import convert
from nb2prod.write import write

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notebooks"
PROFILES = {"library": "sales-exploration", "batch": "pricing-helpers", "service": "churn-model-relative"}
INPUT = {"library": "sales_2023.csv", "batch": "orders.csv", "service": "customers.csv"}


@dataclass(frozen=True)
class Installed:
    """A project that pip has installed, and the data of its notebook."""

    profile: str
    name: str
    script: Path
    data: Path
    prefix: str

    def run(self, change: Callable[[Path], object], *options: str, **variables: str) -> tuple[int, str]:
        """Run the console script on changed data: the exit code, and the first error that it says."""
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder) / "work"
            shutil.copytree(self.data, work, ignore=shutil.ignore_patterns("*.ipynb"))
            change(work / INPUT[self.profile])
            wanted = {f"{self.prefix}_{name}": value for name, value in variables.items()}
            env = {**os.environ, "MPLBACKEND": "Agg"} | wanted
            done = subprocess.run(
                [self.script, *options], cwd=work, env=env, capture_output=True, text=True, check=False
            )
        said = [line for line in done.stderr.splitlines() if line.startswith(("error: ", "Traceback", self.name))]
        last = done.stderr.strip().splitlines()[-1:] if said[:1] == ["Traceback (most recent call last):"] else said
        return done.returncode, last[0] if last else ""


def installed(profile: str, folder: Path) -> Installed:
    """Convert a fixture and install what it becomes."""
    source = FIXTURES / PROFILES[profile]
    path = str(source / f"{source.name}.ipynb")
    config = Config(project_profile=profile)  # type: ignore[arg-type]  # one of the profiles above
    project = convert(path, config).project
    write(project, folder / "project")
    venv.create(folder / "venv", with_pip=True)
    start = time.perf_counter()
    pip = [folder / "venv" / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", folder / "project"]
    subprocess.run(pip, check=True)
    print(f"{profile}: {source.name}, installed in {time.perf_counter() - start:.0f} s")
    return Installed(profile, project.name, folder / "venv" / "bin" / project.name, source, project.package.upper())


def old(file: Path) -> None:
    """Let a file be ten days old."""
    then = time.time() - 10 * 86400
    os.utime(file, (then, then))


def narrow(file: Path) -> None:
    """Take the last column of a table away."""
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line.rpartition(",")[0] for line in lines) + "\n", encoding="utf-8")


def torn(file: Path) -> None:
    """Let a file end in the middle."""
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def configured(text: str) -> Callable[[Path], object]:
    """Put a configuration file beside the data."""

    def change(file: Path) -> None:
        folder = file.parent / "config"
        folder.mkdir()
        (folder / "base.toml").write_text(text, encoding="utf-8")

    return change


CASES: dict[str, Callable[[Path], object]] = {
    "good": lambda _: None,
    "missing": lambda file: file.unlink(),
    "stale": old,
    "empty": lambda file: file.write_bytes(b""),
    "no table": lambda file: file.write_bytes(b'\x00\xff"\n' * 20),
    "a column less": narrow,
    "torn": torn,
    "unknown key": configured('no_such_setting = "x"\n'),
    "no TOML": configured("what is this\n"),
    "unknown variable": lambda _: None,
    "unknown option": lambda _: None,
    "help": lambda file: file.unlink(),
}
OPTIONS = {"unknown option": ["--no-such-option", "1"], "help": ["--help"]}
VARIABLES = {"unknown variable": {"NO_SUCH_SETTING": "1"}}


def expected(profile: str, case: str) -> set[int]:
    """The exit codes that are right: a library checks nothing but what its stages need."""
    if case in {"good", "help"} or (case == "stale" and profile == "library"):
        return {0}
    if case == "unknown option":
        return {2}
    return {0, 1} if case == "torn" or (profile == "library" and case == "a column less") else {1}


def main(profiles: list[str]) -> int:
    """Run every case of the profiles; 1 if an exit code is wrong, or the end is a traceback.

    A column that a library's stage misses is one: nothing says what columns there should be.
    """
    wrong = 0
    for profile in profiles:
        with tempfile.TemporaryDirectory() as folder:
            project = installed(profile, Path(folder))
            for case, change in CASES.items():
                days = {"MAX_AGE_DAYS": "8"} if case == "stale" and profile != "library" else {}
                variables = VARIABLES.get(case, {}) | days
                code, said = project.run(change, *OPTIONS.get(case, []), **variables)
                excused = profile == "library" and case in {"a column less", "torn"}
                told = said.startswith(("error: ", f"{project.name}: error: "))
                right = code in expected(profile, case) and (not code or told or excused)
                wrong += not right
                print(f"  {case:16} {code} {'' if right else 'WRONG '}{said[:160]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PROFILES)))
