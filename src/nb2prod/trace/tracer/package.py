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
from functools import partial
from types import CodeType, ModuleType
from typing import Any

from .files import snapshot
from .kinds import kind_name
from .records import Recorder, error_facts, figures_json
from .shell import finish
from .shown import PASSED_OVER, Shown, own_names
from .tables import Tables

OBSERVE = "__nb2prod_observe__"
READ = "__nb2prod_read__"


class Stages:
    """What the stage functions leave: their variables in the order in which they return."""

    def __init__(self, package: str, recorder: Recorder, final: str, tables: Tables | None) -> None:
        """Begin with nothing; `final` is the stage whose variables are looked at when all is over, `tables` is told of tables."""
        self.package, self.recorder, self.final = package, recorder, final
        self.last: dict[str, object] = {}
        self.waiting: dict[str, object] | None = None
        self.tables = tables
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
        digester = self.recorder.digester
        self.recorder.event(
            "step",
            stage=stage,
            changed=self.recorder.changed(namespace) if self.waiting is None else {},
            **self.recorder.said(),
            types={name: kind_name(value, digester) for name, value in held.items() if name in self.recorder.names},
            displayed=[],
            figures=figures_json(self.recorder.figures.take()),
            error=None,
            seconds=seconds,
        )
        if self.tables is not None:
            begun = time.perf_counter()
            for name, value in self.recorder.observable(held).items():
                self.tables.look(name, stage, value)
            self.recorder.looked += time.perf_counter() - begun
        self.begun, self.spent = time.perf_counter(), self.recorder.spent

    def globals(self) -> dict[str, object]:
        """The data at module level of the package."""
        made: dict[str, object] = {}
        for name, found in list(sys.modules.items()):
            if name == self.package or name.startswith(f"{self.package}."):
                made.update(self.recorder.observable(vars(found)))
        return made


class Instrument(importlib.machinery.SourceFileLoader):
    """Loads a module of the package with a call of the observer at the end of each stage function.

    With `reads`, what functions like `read_csv` return is looked at too; `look` is told of values that nothing is bound to.
    """

    stages: frozenset[str] = frozenset()
    reads = False
    look: Any = None

    def get_code(self, fullname: str) -> CodeType:
        """Always from the source: cached bytecode would have no observer."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        """The module's code with observers."""
        tree = ast.parse(data, path)
        shown = Shown(self.look, PASSED_OVER | own_names(tree, self.name.partition(".")[0])) if self.look else None
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in self.stages:
                if shown is not None:
                    shown.wrap(node.body)
                if self.reads:
                    Reads(node.name).visit(node)
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


class Reads(ast.NodeTransformer):
    """Wraps `pd.read_csv` and the like where a stage calls them; the name that the table gets goes with it."""

    def __init__(self, stage: str) -> None:
        """For the body of one stage."""
        self.stage, self.name = stage, ""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """Remember the name that the value gets."""
        target = node.targets[0]
        self.name = target.id if isinstance(target, ast.Name) and isinstance(node.value, ast.Call) else ""
        self.generic_visit(node)
        self.name = ""
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Put the function that looks in place of the one that reads."""
        name, self.name = self.name, ""
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called.startswith("read_"):
            words: list[ast.expr] = [node.func, ast.Constant(name), ast.Constant(self.stage)]
            node.func = ast.copy_location(ast.Call(ast.Name(READ, ast.Load()), words, []), node.func)
        self.generic_visit(node)
        return node


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the package and loads them with observers."""

    def __init__(self, package: str) -> None:
        """For one package."""
        self.package = package

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The spec of a module of the package."""
        if fullname != self.package and not fullname.startswith(f"{self.package}."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Instrument(spec.loader.name, spec.loader.path)
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
    tables = Tables(partial(recorder.event, "table")) if job["tables"] else None
    stages = Stages(package, recorder, job["last"], tables)
    __import__("builtins").__dict__[OBSERVE] = stages.observe
    if tables is not None:
        __import__("builtins").__dict__[READ] = tables.reader
    Instrument.stages, Instrument.reads = frozenset(job["stages"]), tables is not None
    Instrument.look = staticmethod(recorder.show) if job["shows"] else None
    sys.meta_path.insert(0, Finder(package))
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
