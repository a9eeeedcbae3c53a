"""Runs the notebook and the project by one tracer in child processes: the only place that starts any."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from nb2prod.model.evidence import Failure, Side, Trace
from nb2prod.model.notebook import Notebook
from nb2prod.trace.golden import expected, small_inputs
from nb2prod.trace.interpreters import interpreter
from nb2prod.trace.loading import events, trace_of
from nb2prod.trace.process import environment, run
from nb2prod.trace.project import Made, made_in
from nb2prod.trace.workplace import TraceError, Workplace, workplace

__all__ = [
    "Made",
    "Options",
    "Progress",
    "TraceError",
    "Workplace",
    "expected",
    "interpreter",
    "made_in",
    "small_inputs",
    "trace_notebook",
    "trace_project",
    "workplace",
]

Step = Mapping[str, object]
Progress = Callable[[str, Step], None]
INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True, slots=True)
class Options:
    """How runs are made: interpreter, limits, tolerance. `memory` is in MB, 0 for no limit; `timeout` in seconds."""

    python: str
    timeout: float = 600.0
    memory: int = 16384
    network: bool = False
    tolerance: float = 1e-9


def words(notebook: Notebook) -> list[str]:
    """Every word of the notebook's code: only variables that it names are observed."""
    return sorted({word for cell in notebook.code for word in re.findall(r"\w+", cell.source)})


def trace_notebook(
    notebook: Notebook,
    at: Workplace,
    options: Options,
    borders: Collection[int] | None,
    seed: int,
    progress: Callable[[Step], None],
) -> Trace:
    """Run the notebook from top to bottom in a fresh shell; variables are digested after the cells in `borders`."""
    cells = [
        {
            "index": cell.index,
            "source": cell.source,
            "tags": sorted(cell.tags),
            "border": borders is None or cell.index in borders,
        }
        for cell in notebook.code
    ]
    return _trace(at, {"side": "notebook", "cells": cells, "names": words(notebook)}, options, seed, INLINE, progress)


def trace_project(
    made: Made, notebook: Notebook, at: Workplace, options: Options, progress: Callable[[Step], None]
) -> Trace:
    """Run `<package>.pipeline.run()` with the default settings; the notebook says which names to observe."""
    stages = sorted(name for name, _ in made.stages)
    job: dict[str, object] = {
        "side": "project",
        "source": str(made.source.resolve()),
        "package": made.package,
        "stages": stages,
        "names": words(notebook),
    }
    return _trace(at, job, options, 1, "Agg", progress)


def _trace(
    at: Workplace, job: dict[str, object], options: Options, seed: int, backend: str, progress: Callable[[Step], None]
) -> Trace:
    work, home, records = at.fresh()
    common = {"folder": str(work), "memory": options.memory, "network": options.network, "tolerance": options.tolerance}
    done = run(options.python, {**job, **common}, records, environment(home, seed, backend), options.timeout, progress)
    found = list(events(done.events))
    missing = next((str(event["message"]) for event in found if event["event"] == "missing"), "")
    if missing:
        raise TraceError(missing)
    ending, failure = done.ending, done.failure
    failed = next((event for event in found if event["event"] == "failed"), None)
    if failed and failure:
        failure = Failure(str(failed["type"]), str(failed["message"]), str(failed["place"]))
    side: Side = "notebook" if job["side"] == "notebook" else "project"
    return trace_of(side, found, ending, failure, done.isolation)
