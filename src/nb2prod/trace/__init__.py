"""Runs the notebook and the project by one tracer in child processes: the only place that starts any."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from nb2prod.model.evidence import Failure, Side, Trace
from nb2prod.model.notebook import Notebook
from nb2prod.trace.golden import expected, small_inputs
from nb2prod.trace.interpreters import interpreter
from nb2prod.trace.loading import events, trace_of
from nb2prod.trace.process import Child, Run, apart, environment
from nb2prod.trace.process import finish as wait
from nb2prod.trace.project import Made, made_in
from nb2prod.trace.workplace import TraceError, Workplace, workplace

__all__ = [
    "Begun",
    "Made",
    "Options",
    "Progress",
    "TraceError",
    "Workplace",
    "apart",
    "begin_notebook",
    "begin_project",
    "expected",
    "finish",
    "interpreter",
    "made_in",
    "small_inputs",
    "stop",
    "workplace",
]

Step = Mapping[str, object]
Progress = Callable[[str, Step], None]
# A notebook that logs for itself keeps its prints.
LOGGING = re.compile(r"\bimport\b[^\n]*\blogging\b|\bfrom\s+logging\b")
# What a script shows by itself, a notebook that runs it does not.
SCRIPT = re.compile(r"^\s*%run\b", re.MULTILINE)
INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True, slots=True)
class Options:
    """How runs are made: interpreter, limits, tolerance. `memory` is in MB, 0 for no limit; `timeout` in seconds.

    `tables` asks for the columns of the tables that the project reads and hands on.
    """

    python: str
    timeout: float = 600.0
    memory: int = 16384
    network: bool = False
    tolerance: float = 1e-9
    tables: bool = False


def words(notebook: Notebook) -> list[str]:
    """Every word of the notebook's code: only variables that it names are observed."""
    return sorted({word for cell in notebook.code for word in re.findall(r"\w+", cell.source)})


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that goes on; `finish` waits for its end."""

    side: Side
    child: Child


def begin_notebook(
    notebook: Notebook,
    at: Workplace,
    options: Options,
    borders: Collection[int] | None,
    seed: int,
    progress: Callable[[Step], None],
) -> Begun:
    """Begin to run the notebook from top to bottom in a fresh shell; variables are digested after the cells in `borders`."""
    cells = [
        {
            "index": cell.index,
            "source": cell.source,
            "tags": sorted(cell.tags),
            "border": borders is None or cell.index in borders,
        }
        for cell in notebook.code
    ]
    return _begin(at, "notebook", {"cells": cells, "names": words(notebook)}, options, seed, progress)


def begin_project(
    made: Made, notebook: Notebook, at: Workplace, options: Options, progress: Callable[[Step], None]
) -> Begun:
    """Begin to run `<package>.pipeline.run()` with the default settings; the notebook says which names to observe."""
    job: dict[str, object] = {
        "source": str(made.source.resolve()),
        "package": made.package,
        "stages": sorted({name for name, _ in made.stages}),
        "last": _last(made),
        "names": words(notebook),
        "logs": any(LOGGING.search(cell.source) for cell in notebook.code),
        "shows": not any(SCRIPT.search(cell.source) for cell in notebook.code),
        "tables": options.tables,
    }
    return _begin(at, "project", job, options, 1, progress)


def _last(made: Made) -> str:
    """The stage after which nothing runs, "" if its function is called before too."""
    names = [name for name, _ in made.stages]
    return names[-1] if names and names.count(names[-1]) == 1 else ""


def _begin(
    at: Workplace, side: Side, job: dict[str, object], options: Options, seed: int, progress: Callable[[Step], None]
) -> Begun:
    start = at.fresh(apart=apart(options.network))
    common = {
        "side": side,
        "folder": str(start.work),
        "memory": options.memory,
        "network": options.network,
        "tolerance": options.tolerance,
    }
    variables = environment(start.home, seed, INLINE if side == "notebook" else "Agg")
    return Begun(side, Child(options.python, {**job, **common}, start, variables, options.timeout, progress))


def finish(*begun: Begun) -> list[Trace]:
    """Wait for runs; raises TraceError if the interpreter lacks what a run needs."""
    runs = wait([each.child for each in begun])
    return [_trace(each.side, run) for each, run in zip(begun, runs, strict=True)]


def stop(*begun: Begun) -> None:
    """End runs whose outcome nobody needs any more; one that is over already is no matter."""
    for each in begun:
        each.child.run()


def _trace(side: Side, done: Run) -> Trace:
    found = list(events(done.events))
    missing = next((str(event["message"]) for event in found if event["event"] == "missing"), "")
    if missing:
        raise TraceError(missing)
    failure = done.failure
    failed = next((event for event in found if event["event"] == "failed"), None)
    if failed and failure:
        failure = Failure(str(failed["type"]), str(failed["message"]), str(failed["place"]))
    return trace_of(side, found, done.ending, failure, done.isolation)
