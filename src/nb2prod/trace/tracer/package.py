"""The project's side: `<package>.pipeline.run()`, and the values of the stage functions' variables as they return."""

# ruff: noqa: PTH109, PTH118, T201

from __future__ import annotations

import ast
import dataclasses
import importlib
import importlib.abc
import importlib.machinery
import inspect
import logging
import os
import sys
import time
from collections.abc import Mapping
from types import CodeType, ModuleType
from typing import Any

from .files import snapshot
from .records import Recorder, error_facts, figures_json
from .shell import finish

OBSERVE = "__nb2prod_observe__"


class Stages:
    """What the stage functions leave: their variables in the order in which they return."""

    def __init__(self, package: str, recorder: Recorder, final: str) -> None:
        """Begin with nothing; `final` is the stage whose variables are looked at when all is over."""
        self.package, self.recorder, self.final = package, recorder, final
        self.last: dict[str, object] = {}
        self.waiting: dict[str, object] | None = None
        self.begun = time.perf_counter()
        self.spent = 0.0

    def observe(self, stage: str) -> None:
        """Called in a stage function as it ends."""
        frame = sys._getframe(1)
        seconds = time.perf_counter() - self.begun - (self.recorder.spent - self.spent)
        held = dict(frame.f_locals)
        code = frame.f_code
        for name in {*code.co_varnames, *code.co_cellvars} - held.keys():
            self.last.pop(name, None)
        self.last.update(self.recorder.observable(held))
        namespace = {**self.globals(), **held}
        self.waiting = namespace if stage == self.final else None
        self.recorder.event(
            "step",
            stage=stage,
            changed=self.recorder.changed(namespace) if self.waiting is None else {},
            **self.recorder.said(),
            displayed=[],
            figures=figures_json(self.recorder.figures.take()),
            error=None,
            seconds=seconds,
        )
        self.begun, self.spent = time.perf_counter(), self.recorder.spent

    def globals(self) -> dict[str, object]:
        """The data at module level of the package."""
        made: dict[str, object] = {}
        for name, found in list(sys.modules.items()):
            if name == self.package or name.startswith(f"{self.package}."):
                made.update(self.recorder.observable(vars(found)))
        return made


class Instrument(importlib.machinery.SourceFileLoader):
    """Loads a module of the package with a call of the observer at the end of each stage function."""

    stages: frozenset[str] = frozenset()

    def get_code(self, fullname: str) -> CodeType:
        """Always from the source: cached bytecode would have no observer."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        """The module's code with observers."""
        tree = ast.parse(data, path)
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in self.stages:
                node.body = observed(node)
        made: CodeType = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
        return made


def observed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """The body of a function in a `try` whose `finally` calls the observer; lines stay what they were."""
    documented = 1 if ast.get_docstring(node) is not None else 0
    body = node.body[documented:] or [ast.Pass()]
    call = ast.parse(f"{OBSERVE}({node.name!r})").body
    for part in ast.walk(call[0]):
        if isinstance(part, (ast.expr, ast.stmt)):
            part.lineno = part.end_lineno = node.end_lineno or node.lineno
            part.col_offset = part.end_col_offset = 0
    return [*node.body[:documented], ast.copy_location(ast.Try(body, [], [], call), node.body[-1])]


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the package and loads them with observers."""

    def __init__(self, package: str, root: str, stages: frozenset[str]) -> None:
        """For one package in a folder."""
        self.package, self.root, self.stages = package, root, stages

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The spec of a module of the package."""
        if fullname != self.package and not fullname.startswith(f"{self.package}."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            loader = Instrument(spec.loader.name, spec.loader.path)
            loader.stages = self.stages
            spec.loader = loader
        return spec


class Printed(logging.Handler):
    """Prints what the package logs at INFO and above: a notebook's prints became log records."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the message alone, marked as a record of INFO, which a print became, or of another level."""
        try:
            mark = "\x1e" if record.levelno == logging.INFO else "\x1f"
            print(f"{mark}{record.getMessage()}".replace("\n", f"\n{mark}"))
        except Exception:
            self.handleError(record)


def run(job: Mapping[str, Any], recorder: Recorder) -> None:
    """Import the package, run its pipeline, record its stages and what is left."""
    package, source = job["package"], os.path.realpath(job["source"])
    sys.path[:0] = [source, os.getcwd()]
    root = os.path.join(source, package) + os.sep
    stages = Stages(package, recorder, job["last"])
    __import__("builtins").__dict__[OBSERVE] = stages.observe
    sys.meta_path.insert(0, Finder(package, root, frozenset(job["stages"])))
    before, here = snapshot("."), os.getcwd()
    if not job["logs"]:  # else its prints are still prints
        logging.getLogger(package).addHandler(Printed())
        logging.getLogger(package).setLevel(logging.INFO)
    recorder.started = stages.begun = time.perf_counter()
    failure, result = None, None
    recorder.event("begin", stage="pipeline")
    try:
        pipeline = importlib.import_module(f"{package}.pipeline")
        result = pipeline.run()
        if inspect.iscoroutine(result):
            result = __import__("asyncio").run(result)
    except BaseException as error:
        failure = error_facts(error, root)
    seconds = time.perf_counter() - recorder.started - recorder.spent
    recorder.event(
        "step", stage="", changed={}, displayed=[], figures=[], error=failure, seconds=0.0, **recorder.said()
    )
    if stages.waiting is not None:
        recorder.event("last", stage=stages.final, changed=recorder.last_changes(stages.waiting))
    values = {**_settings(package), **stages.globals(), **stages.last}
    recorder.event("result", values=recorder.full(_fields(result)))
    finish(recorder, values, here, before, failure, seconds)


def _fields(result: object) -> dict[str, object]:
    if not dataclasses.is_dataclass(result):
        return {}
    return {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}


def _settings(package: str) -> dict[str, object]:
    """The values that left the notebook's code for the settings."""
    module: ModuleType | None = sys.modules.get(f"{package}.settings")
    try:
        return dict(vars(module.Settings())) if module is not None else {}
    except Exception:
        return {}
