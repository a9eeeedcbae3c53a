"""Runs a notebook and the package made of it in one process, and holds what they leave behind side by side."""

import ast
import contextlib
import inspect
import io
import itertools
import json
import logging
import re
import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from programs import Cell

from nb2prod.analysis import analyze
from nb2prod.model import Analysis, Notebook, Plan
from nb2prod.notebook import parse
from nb2prod.plan import make_plan
from nb2prod.render import render

NUMBER = itertools.count()
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")
PLAIN = (int, float, complex, str, bytes, bool, type(None), type(...))


@dataclass
class Outcome:
    """What a run left behind."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    error: str = ""
    unseen: bool = False


def notebook_of(cells: Sequence[Cell]) -> Notebook:
    """The cells as a notebook that was read from a file."""
    made = [
        {
            "cell_type": cell.kind,
            "metadata": {"tags": ["raises-exception"]} if cell.raises else {},
            "source": cell.source,
            **({"outputs": [], "execution_count": None} if cell.kind == "code" else {}),
        }
        for cell in cells
    ]
    data = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return parse(json.dumps(data).encode(), f"made{next(NUMBER)}.ipynb")


def run_notebook(cells: Sequence[Cell]) -> Outcome:
    """Run the cells one after the other in one namespace, statement by statement as IPython does."""
    names: dict[str, Any] = {"__name__": "__main__"}
    out, error = io.StringIO(), ""
    with contextlib.redirect_stdout(out):
        for cell in (cell for cell in cells if cell.kind == "code"):
            try:
                for node in ast.parse(cell.source).body:
                    exec(compile(ast.Module([node], []), "<notebook>", "exec"), names)
            except Exception as caught:
                if not cell.raises:
                    error = repr(caught)
                    break
    return Outcome({k: v for k, v in names.items() if not k.startswith("__")}, out.getvalue().splitlines(), error)


@dataclass
class Package:
    """A generated package in memory."""

    name: str
    analysis: Analysis
    plan: Plan
    texts: dict[str, str]

    def __str__(self) -> str:
        return "\n\n".join(f"# {name}\n{self.texts[name]}" for name in ("stages", "pipeline"))


def package_of(cells: Sequence[Cell]) -> Package:
    """Convert the cells."""
    analysis = analyze(notebook_of(cells))
    plan = make_plan(analysis)
    project = render(plan, analysis)
    start = f"src/{plan.package}/"
    files = {file.path.removeprefix(start): file.text for file in project.files if file.path.startswith(start)}
    return Package(plan.package, analysis, plan, {name.removesuffix(".py"): text for name, text in files.items()})


@contextlib.contextmanager
def loaded(package: Package) -> Iterator[dict[str, types.ModuleType]]:
    """The modules of a package; pydantic is left out of it, the settings are their defaults."""
    made = {"": types.ModuleType(package.name)}
    settings = types.ModuleType(f"{package.name}.settings")
    defaults = {setting.name: setting.default for setting in package.plan.settings}
    vars(settings)["Settings"] = type("Settings", (), {**defaults, "figures_dir": None})
    made["settings"] = settings
    try:
        sys.modules[package.name], sys.modules[settings.__name__] = made[""], settings
        for name in ("shell", "figures", "stages", "pipeline"):
            if package.texts.get(name, "").strip():
                made[name] = _module(package, name)
        yield made
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == package.name]:
            del sys.modules[name]


def _module(package: Package, name: str) -> types.ModuleType:
    module = types.ModuleType(f"{package.name}.{name}")
    sys.modules[module.__name__] = module
    setattr(sys.modules[package.name], name, module)
    exec(compile(package.texts[name], f"/{package.name}/{name}.py", "exec"), vars(module))
    return module


class _Lines(logging.Handler):
    """Writes what is logged where what is printed goes."""

    def __init__(self, out: io.StringIO) -> None:
        super().__init__()
        self.out = out

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.INFO:
            self.out.write(record.getMessage() + "\n")


def run_package(package: Package, modules: dict[str, types.ModuleType]) -> Outcome:
    """Run the pipeline once; its values are the last that the module-level functions and modules hold."""
    last: dict[str, Any] = {}
    own = _functions(package.analysis)
    start = f"/{package.name}/"

    def profile(frame: types.FrameType, event: str, arg: Any) -> None:
        code = frame.f_code
        ours = event == "return" and code.co_filename.startswith(start) and code.co_flags & inspect.CO_OPTIMIZED
        if ours and code.co_qualname == code.co_name not in own and not code.co_name.startswith("<"):
            last.update(frame.f_locals)

    out, error = io.StringIO(), ""
    logger, handler = logging.getLogger(package.name), _Lines(out)
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    logger.propagate = False
    with contextlib.redirect_stdout(out):
        before = sys.getprofile()
        sys.setprofile(profile)
        try:
            modules["pipeline"].run()
        except Exception as caught:
            error = repr(caught)
        finally:
            lost = sys.getprofile() is not profile  # at the bottom of a recursion Python drops it
            sys.setprofile(before)
            logger.removeHandler(handler)
    for module in (modules[name] for name in ("stages", "pipeline") if name in modules):
        for name, value in vars(module).items():
            if not name.startswith("__"):
                last.setdefault(name, value)
    for setting in package.plan.settings:  # what only a function reads that nobody calls is handed to no stage
        for name in (setting.name, setting.name.upper()):
            last.setdefault(name, setting.default)
    return Outcome(last, out.getvalue().splitlines(), error, lost)


def _functions(analysis: Analysis) -> frozenset[str]:
    nodes = (node for tree in analysis.trees.values() for node in ast.walk(tree))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))


def differences(wanted: Outcome, got: Outcome) -> list[str]:
    """What the package did not do as the notebook did."""
    if got.unseen:
        return []
    if got.error:
        return [f"the package raises {got.error}"]
    data = {
        name for name, value in wanted.values.items() if not (isinstance(value, types.ModuleType) or callable(value))
    }
    gone = sorted(name for name in data if name not in got.values)
    common = sorted(data & got.values.keys())
    one, two = picture({n: wanted.values[n] for n in common}), picture({n: got.values[n] for n in common})
    wrong = [
        f"{name} is {theirs}, not {ours}" for name, ours, theirs in zip(common, one, two, strict=True) if ours != theirs
    ]
    ours, theirs = [[ADDRESS.sub("0x", line) for line in lines] for lines in (wanted.lines, got.lines)]
    lines = [] if ours == theirs else [f"printed {theirs}, not {ours}"]
    return [*(f"{name} is nowhere" for name in gone), *wrong, *lines]


def picture(values: dict[str, Any]) -> list[object]:
    """Values as plain data, in which objects that several names share are seen to be shared."""
    seen: dict[int, int] = {}
    kept: list[Any] = []

    def draw(value: Any) -> object:
        if isinstance(value, PLAIN):
            return f"{type(value).__name__} {value!r}"
        if isinstance(value, types.ModuleType) or callable(value):
            return ("code", type(value).__name__)
        if id(value) in seen:
            return ("again", seen[id(value)])
        seen[id(value)] = len(seen)
        kept.append(value)
        if isinstance(value, list | tuple):
            return (type(value).__name__, *map(draw, value))
        if isinstance(value, dict):
            return ("dict", *((draw(key), draw(item)) for key, item in value.items()))
        if isinstance(value, set | frozenset):
            return (type(value).__name__, *sorted(repr(draw(item)) for item in value))
        if hasattr(value, "__next__"):
            return ("iterator", *map(draw, _rest(value)))
        return (type(value).__name__, draw(dict(getattr(value, "__dict__", {}))))

    return [draw(value) for value in values.values()]


def _rest(iterator: Iterator[Any]) -> list[Any]:
    """What an iterator still yields, up to the error that ends it."""
    found: list[Any] = []
    try:
        found.extend(itertools.islice(iterator, 20))
    except Exception as error:
        found.append("NameError" if isinstance(error, NameError) else type(error).__name__)
    return found
