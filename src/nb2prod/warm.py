"""What the last run said of the notebooks that have not changed since: a hook's second run reads nothing else.

The memory is one JSON file, `.nb2prod-cache/lint.json` beside the project's settings; outside of a project there is none.
It holds, for each kind of run (options, settings, version), the findings of each notebook as they
were printed, without any secret, and the folders that were searched. This module imports next to nothing, so that a run
in which nothing changed costs little more than starting Python.
"""

# pathlib takes as long to import as the rest
# ruff: noqa: PTH102, PTH105, PTH109, PTH110, PTH112, PTH116, PTH118, PTH120, PTH123

import json
import os
import sys

from nb2prod import __version__

FOLDER = ".nb2prod-cache"
SETTINGS = ("nb2prod.toml", "pyproject.toml")
TAKES = ("--profile", "--select", "--ignore", "--fail-on", "--output-format")
FLAGS = ("--exit-zero", "--force-exclude", "--quiet", "-q")
RANKS = {"info": 0, "warning": 1, "error": 2, "never": 3}
# severity, rule, cell, line, column, message
Line = tuple[str, str, int, int, int, str]

TYPE_CHECKING = False  # typing takes as long to import as the rest
if TYPE_CHECKING:
    from typing import TypedDict

    class Entry(TypedDict):
        """A notebook: its size and time, its content, what was found in it."""

        stamp: list[int]
        digest: str
        lines: list[Line]

    class Search(TypedDict):
        """What decided which notebooks there are below a path, and which there were."""

        parts: dict[str, list[int]]
        notebooks: list[str]

    class Run(TypedDict):
        """All that is known of one kind of run."""

        notebooks: dict[str, Entry]
        searches: dict[str, Search]
        fail_on: str


class Memory:
    """The findings of one kind of run, by the notebooks' paths as they were named."""

    def __init__(self, options: list[str]) -> None:
        """Recall what is known of runs with these options in this folder."""
        self.path = place()
        self.key = json.dumps([__version__, sys.version, os.getcwd(), options, _stamps(), _settings()])
        self.runs = _runs(self.path)
        empty: Run = {"notebooks": {}, "searches": {}, "fail_on": ""}
        run = self.runs.get(self.key, empty)
        self.notebooks, self.searches = run["notebooks"], run["searches"]
        self.parts: list[tuple[str, str, list[int]]] = []
        self.fail_on = run["fail_on"]

    def known(self, path: str) -> list[Line] | None:
        """The findings in a notebook, None if it is new or has changed."""
        entry = self.notebooks.get(path)
        stamp = stamp_of(path)
        return entry["lines"] if entry and stamp and entry["stamp"] == stamp else None

    def same(self, path: str, digest: str) -> list[Line] | None:
        """The findings in a notebook that was written anew with the same content."""
        entry = self.notebooks.get(path)
        if not entry or entry["digest"] != digest:
            return None
        entry["stamp"] = stamp_of(path)
        lines: list[Line] = entry["lines"]
        return lines

    def note(self, path: str, stamp: list[int], digest: str, lines: list[Line]) -> None:
        """Remember a notebook."""
        self.notebooks[path] = {"stamp": stamp, "digest": digest, "lines": lines}

    def searched(self, path: str, part: str) -> None:
        """Remember what decided which notebooks there are below a path."""
        self.parts.append((path, part, stamp_of(part)))

    def save(self, fail_on: str, named: list[str]) -> None:
        """Write it all, or nothing where that is not allowed; `named` are the notebooks that there were."""
        if not self.path:
            return
        searches = {
            path: {part: stamp for each, part, stamp in self.parts if each == path} for path, _, _ in self.parts
        }
        for path, parts in searches.items():
            self.searches[path] = {"parts": parts, "notebooks": named if len(searches) == 1 else []}
        run: Run = {"notebooks": self.notebooks, "searches": self.searches, "fail_on": fail_on}
        others = {key: kept for key, kept in self.runs.items() if key != self.key}
        kept = dict(list(others.items())[-3:]) | {self.key: run}
        new = f"{self.path}.{os.getpid()}"
        try:
            with open(new, "w", encoding="utf-8") as file:
                json.dump(kept, file, separators=(",", ":"))
            os.replace(new, self.path)
        except OSError:  # a read-only disk: the next run is as slow as this one
            return

    def prepare(self) -> None:
        """Make the folder, before anybody looks at the time of the folder around it."""
        folder = os.path.dirname(self.path)
        if not folder or os.path.exists(folder):
            return
        try:
            os.mkdir(folder)
            with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
                file.write("*\n")
        except OSError:
            return


def replay(argv: list[str]) -> int | None:
    """Say again what the same run said before, and its exit code; None if anything has changed."""
    asked = words_of(argv)
    if asked is None:
        return None
    try:
        return _replayed(*asked)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # no memory that this version wrote
        return None


def _replayed(options: list[str], paths: list[str]) -> int | None:
    memory = Memory(options)
    names: list[str] = []
    for path in paths:
        found = _found(memory, path)
        if found is None:
            return None
        names += found
    results = {name: memory.known(name) for name in names}
    if not results or not memory.fail_on:
        return None
    worst = -1
    text: list[str] = []
    for name, lines in results.items():
        if lines is None:
            return None
        for severity, rule, cell, line, column, message in lines:
            worst = max(worst, RANKS[severity])
            text.append(f"{name}:cell {cell}:{line}:{column}: {severity} {rule} {message}\n")
    if not {"--quiet", "-q"} & set(options):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text stream has it
        sys.stdout.write("".join(text))
    return int(worst >= RANKS[memory.fail_on] and "--exit-zero" not in options)


def words_of(argv: list[str]) -> tuple[list[str], list[str]] | None:
    """The options and the paths of a `lint` that prints one line a finding; None for everything else."""
    terminal = sys.stdout.isatty() and "PRE_COMMIT" not in os.environ
    coloured = os.environ.get("FORCE_COLOR") or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
    if argv[:1] != ["lint"] or (coloured and not os.environ.get("NO_COLOR")):
        return None
    options: list[str] = []
    paths: list[str] = []
    waiting = argv[:0:-1]
    while waiting:
        word = waiting.pop()
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            paths.append(word)
        elif name in TAKES and (equals or waiting):
            options += [name, value if equals else waiting.pop()]
        elif word in FLAGS:
            options.append(word)
        else:
            return None
    concise = (
        options[options.index("--output-format") + 1] == "concise" if "--output-format" in options else not terminal
    )
    return (options, paths or ["."]) if concise and options.count("--output-format") < 2 else None


def place() -> str:
    """The file of the memory, beside the settings or the repository; "" outside of any project: nothing is kept there."""
    here = os.getcwd()
    while True:
        if any(os.path.exists(os.path.join(here, name)) for name in (*SETTINGS, ".git")):
            return os.path.join(here, FOLDER, "lint.json")
        if os.path.dirname(here) == here:
            break
        here = os.path.dirname(here)
    return ""


def stamp_of(path: str) -> list[int]:
    """The size and the time of a file or folder, nothing if there is none."""
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return []
    return [facts.st_size, facts.st_mtime_ns]


def _runs(path: str) -> "dict[str, Run]":
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _found(memory: Memory, path: str) -> list[str] | None:
    """The notebooks that a path means, None if a folder below it has changed since it was searched."""
    if not os.path.isdir(path):
        return [path]
    search = memory.searches.get(path)
    if search is None or any(stamp_of(folder) != stamp for folder, stamp in search["parts"].items()):
        return None
    return search["notebooks"]


def _settings() -> list[list[object]]:
    """Every settings file that may count here."""
    found: list[list[object]] = []
    here = os.getcwd()
    while True:
        for name in SETTINGS:
            path = os.path.join(here, name)
            if stamp := stamp_of(path):
                found.append([path, stamp])
        if os.path.dirname(here) == here:
            return found
        here = os.path.dirname(here)


def _stamps() -> list[int]:
    """How old the rules and what they stand on are: somebody may be at work on them."""
    folder = os.path.dirname(__file__)
    parts = ("rules", "analysis", "catalogue", "notebook", "model", "report", "config")
    entries = [entry for part in parts for entry in os.scandir(os.path.join(folder, part))]
    stats = [entry.stat() for entry in entries if entry.name.endswith(".py")]
    return [len(stats), sum(stat.st_size for stat in stats), max((stat.st_mtime_ns for stat in stats), default=0)]
