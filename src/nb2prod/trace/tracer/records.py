"""What a run says while it runs: events for the parent, printed text, warnings, and the digests of its variables."""

# ruff: noqa: PTH119, PTH123, SIM115

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import warnings
from collections.abc import Mapping
from typing import Any

from .arrays import arrays, sparse, tensors
from .figures import Figures, drawings
from .frames import frames, polar
from .logs import Logs
from .node import Node
from .plain import atoms, containers, objects, of_ipython
from .shown import is_data, is_small
from .values import CODE, Digester

SHARE = 0.04  # of the run's own time may go into looking at variables before the end
# The default filters show these to the code of `__main__` only: a package is expected to lose them.
QUIET = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning, SyntaxWarning)
FREE = 0.05  # seconds that are always allowed


def make_digester(tolerance: float) -> Digester:
    """A digester that knows all kinds, the most particular first."""
    digester = Digester(tolerance)
    digester.handlers = [of_ipython, arrays, frames, sparse, polar, tensors, drawings, atoms, containers, objects]
    return digester


class Recorder:
    """Writes what happens as lines of JSON, each at once, so that a killed run still tells how far it came."""

    def __init__(self, job: Mapping[str, Any]) -> None:
        """Open the file of events and watch figures and warnings."""
        self.digester = make_digester(float(job["tolerance"]))
        self.digester.package = job.get("package", "")
        self.names = frozenset(job["names"])
        self.events = open(job["events"], "a", encoding="utf-8")
        self.printed, self.errors = Tail(job["stdout"], "stdout"), Tail(job["stderr"], "stderr")
        self.figures = Figures(self.digester)
        self.logs = Logs(job.get("package", "__main__"))
        self.shown: list[dict[str, object] | None] = []
        self.warned: list[list[str]] = []
        self.known: dict[str, bytes] = {}
        self.cost: dict[str, float] = {}
        # digests at the end by identity; the values are held so that no identity is used again
        self.final: dict[int, tuple[object, Node]] = {}
        self.started, self.looked = time.perf_counter(), 0.0
        self.watch_warnings()

    @property
    def spent(self) -> float:
        """The seconds that looking at values took so far: they are not the run's own."""
        return self.looked + self.figures.spent

    def watch_warnings(self) -> None:
        """Keep what is warned about; filters stay as they are."""

        def keep(message: object, category: type, filename: str, *rest: object) -> None:
            del rest
            if "IPython" not in filename and not issubclass(category, QUIET):
                self.warned.append([category.__name__, str(message)[:500]])

        warnings.showwarning = keep  # type: ignore[assignment]

    def event(self, kind: str, **facts: object) -> None:
        """Tell the parent."""
        self.events.write(json.dumps({"event": kind, **facts}, default=str) + "\n")
        self.events.flush()

    def said(self) -> dict[str, object]:
        """What was printed, written to standard error and logged since the last call, by us or by a child process."""
        shown, self.shown = self.shown, []
        said = {"printed": self.printed.new(), "errors": self.errors.new(), "logged": self.logs.take()}
        return {**said, "shown": shown}

    def show(self, value: Any) -> Any:
        """Look at the value of an expression that stands alone, and return it; None is kept for one that is too dear."""
        if is_data(value):
            begun = time.perf_counter()
            allowed = FREE + SHARE * (begun - self.started)
            self.shown.append(self.digester(value).json(2) if self.spent < allowed or is_small(value) else None)
            self.looked += time.perf_counter() - begun
        return value

    def observable(self, namespace: Mapping[str, object]) -> dict[str, object]:
        """The notebook's own data among some names: no modules, functions or classes."""
        return {
            name: value
            for name, value in namespace.items()
            if name in self.names and not isinstance(value, CODE) and name.strip("_") and not _of_ipython(name)
        }

    def changed(self, namespace: Mapping[str, object]) -> dict[str, object]:
        """Digests of the variables that changed since the last call; None for one that was too dear to look at."""
        made: dict[str, object] = {}
        begun = time.perf_counter()
        held = self.observable(namespace)
        for name, value in held.items():
            now = time.perf_counter()
            allowed = FREE + SHARE * (now - self.started)
            if self.spent + (now - begun) + self.cost.get(name, 0.0) > allowed and self.cost.get(name, 1.0) > 0.002:
                made[name] = None
                self.known.pop(name, None)
                continue
            node = self.digester(value)
            self.cost[name] = time.perf_counter() - now
            if self.known.get(name) != node.exact:
                self.known[name] = node.exact
                made[name] = node.json(2)
        made.update(self._gone(held))
        self.looked += time.perf_counter() - begun
        return made

    def _gone(self, held: Mapping[str, object]) -> dict[str, object]:
        gone = [name for name in self.known if name not in held]
        for name in gone:
            del self.known[name]
        return dict.fromkeys(gone, {"k": "gone", "h": "", "s": ""})

    def last_changes(self, namespace: Mapping[str, object]) -> dict[str, object]:
        """What changed in the last step: looked at once, at the end, for the step and for the end itself."""
        held = self.observable(namespace)
        nodes = {name: self._final(value) for name, value in held.items()}
        made = {name: node.json(2) for name, node in nodes.items() if self.known.get(name) != node.exact}
        return {**made, **self._gone(held)}

    def full(self, namespace: Mapping[str, object]) -> dict[str, object]:
        """The digests of all variables at the end."""
        return {name: self._final(value).json() for name, value in self.observable(namespace).items()}

    def _final(self, value: object) -> Node:
        if id(value) not in self.final:
            self.final[id(value)] = (value, self.digester(value))
        return self.final[id(value)][1]

    def aliases(self, namespace: Mapping[str, object]) -> list[list[str]]:
        """Names that are bound to one and the same changeable object."""
        groups: dict[int, list[str]] = {}
        for name, value in self.observable(namespace).items():
            if not isinstance(value, (int, float, complex, str, bytes, tuple, frozenset, type(None), range)):
                groups.setdefault(id(value), []).append(name)
        return sorted(sorted(group) for group in groups.values() if len(group) > 1)


class Tail:
    """What a stream has written to its file since we last looked."""

    def __init__(self, path: str, name: str) -> None:
        """Begin at the start of the file; `name` is the stream's in `sys`, where code may put another in its place."""
        self.path, self.name, self.offset = path, name, 0

    def new(self) -> str:
        """The text that is new."""
        for stream in (getattr(sys, self.name), getattr(sys, f"__{self.name}__")):
            with contextlib.suppress(ValueError, AttributeError, OSError):
                stream.flush()
        with open(self.path, "rb") as file:
            file.seek(self.offset)
            text = file.read()
        self.offset += len(text)
        return text.decode("utf-8", "replace")


def _of_ipython(name: str) -> bool:
    """The shell's own names: `In`, `_i3`, `_12`, `__doc__` and the like."""
    if name in {"In", "Out", "exit", "quit", "get_ipython", "open", "_i", "_ii", "_iii", "_ih", "_oh", "_dh"}:
        return True
    return name.startswith("_") and (name.strip("_").isdigit() or name[2:].isdigit() or name[:2] == name[-2:] == "__")


def figures_json(nodes: list[Node]) -> list[dict[str, object]]:
    """Figures as JSON."""
    return [node.json(4) for node in nodes]


def error_facts(error: BaseException, root: str = "") -> dict[str, object]:
    """Type, text and place of an error."""
    place = ""
    step = error.__traceback__
    while step is not None:
        if not root or step.tb_frame.f_code.co_filename.startswith(root):
            place = f"{os.path.basename(step.tb_frame.f_code.co_filename)}:{step.tb_lineno}"
        step = step.tb_next
    return {"type": type(error).__name__, "message": str(error)[:500], "place": place}
