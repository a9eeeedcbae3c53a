"""The notebook's side: its cells in a fresh IPython shell, as a kernel would run them."""

# ruff: noqa: PTH109

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from typing import Any

from .files import changes, snapshot
from .logs import configured
from .records import Recorder, error_facts, figures_json
from .shown import Shown
from .versions import versions


class MissingShellError(Exception):
    """IPython is not installed in the interpreter that should run the notebook."""


def make_shell() -> Any:
    """An IPython shell that needs neither a screen nor a kernel and keeps what it would display."""
    try:
        from IPython.core.interactiveshell import InteractiveShell
    except ImportError as error:
        raise MissingShellError(
            f"{sys.executable} has no IPython: install it there, or choose another --python"
        ) from error
    from traitlets.config import Config

    # Libraries ask for this name to know whether they are in a notebook.
    class ZMQInteractiveShell(InteractiveShell):  # type: ignore[misc, unused-ignore]
        def enable_gui(self, gui: object = None) -> None:
            """There is no event loop to join."""

        def ask_exit(self) -> None:
            """Go on: in a notebook the cells after `exit()` still run."""

        def enable_matplotlib(self, gui: object = None) -> tuple[object, str]:
            """Draw for no screen; what is not inline stays open, as another backend would have it."""
            if gui and gui != "inline":
                __import__("matplotlib").use("agg")
            return gui, "agg"

        def showtraceback(self, *args: object, **options: object) -> None:
            """An error is recorded, not printed."""

        def showsyntaxerror(self, *args: object, **options: object) -> None:
            """An error is recorded, not printed."""

    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    return ZMQInteractiveShell.instance(config=config)


def hold_displays(shell: Any) -> list[str]:
    """Format what is displayed, as a kernel does, and keep its text instead of printing it."""
    shown: list[str] = []

    def keep(data: Mapping[str, object], metadata: object = None) -> None:
        del metadata
        shown.append(str(data.get("text/plain", "")))

    shell.display_formatter.format = plain(shell.display_formatter)
    shell.display_pub.publish = _nothing
    shell.displayhook.write_output_prompt = lambda: None
    shell.displayhook.finish_displayhook = lambda: None
    shell.displayhook.write_format_data = keep
    shell.set_hook("show_in_pager", _nothing, 0)
    return shown


def plain(formatter: Any) -> Any:
    """A function that formats text alone, but all that the notebook's own classes ask for: drawing for a screen is no result."""
    whole, text = formatter.format, formatter.formatters["text/plain"]

    def format_one(value: object, *given: object, **options: object) -> object:
        own = any(kind.__module__ == "__main__" for kind in type(value).__mro__)
        return whole(value, *given, **options) if own else ({"text/plain": text(value)}, {})

    return format_one


def _nothing(*given: object, **options: object) -> None:
    del given, options


def run(job: Mapping[str, Any], recorder: Recorder) -> None:
    """Run all cells until one fails; record each as a step."""
    shell = make_shell()
    recorder.watch_warnings()
    sys.path.insert(0, os.getcwd())
    shell.ast_transformers.append(Shown(recorder.show))
    skip = set(shell.user_ns)
    shown = hold_displays(shell)
    before = snapshot(".")
    root = os.getcwd()
    recorder.started = time.perf_counter()
    failure = None
    cells = [cell for cell in job["cells"] if cell["source"].strip() and "skip-execution" not in cell["tags"]]
    for cell in cells:
        recorder.event("begin", cell=cell["index"])
        begun, spent = time.perf_counter(), recorder.spent
        error = run_cell(shell, cell["source"])
        close_inline()
        seconds = time.perf_counter() - begun - (recorder.spent - spent)
        recorder.event(
            "step",
            cell=cell["index"],
            # no name may hold the variables here: an object that the next cell deletes must go then
            changed=recorder.changed(variables(shell, skip)) if cell["border"] and cell is not cells[-1] else {},
            **recorder.said(),
            displayed=shown[:],
            figures=figures_json(recorder.figures.take()),
            error=error,
            seconds=seconds,
        )
        shown.clear()
        if error and "raises-exception" not in cell["tags"]:
            failure = {**error, "cell": cell["index"]}
            break
    seconds = time.perf_counter() - recorder.started - recorder.spent
    recorder.event("last", changed=recorder.last_changes(variables(shell, skip)))
    finish(recorder, variables(shell, skip), root, before, failure, seconds)


def variables(shell: Any, skip: set[str]) -> dict[str, object]:
    """The notebook's own names with their values."""
    return {name: value for name, value in shell.user_ns.items() if name not in skip}


def finish(
    recorder: Recorder,
    values: Mapping[str, object],
    root: str,
    before: Mapping[str, tuple[int, int, int]],
    failure: object,
    seconds: float,
) -> None:
    """Record what is left at the end."""
    recorder.event(
        "end",
        values=recorder.full(values),
        aliases=recorder.aliases(values),
        figures=figures_json(recorder.figures.take_open()),
        files=changes(root, dict(before), recorder.digester),
        looking=time.perf_counter() - recorder.started - seconds,
        warnings=recorder.warned,
        logging=configured(),
        error=failure,
        seconds=seconds,
        versions=versions(),
    )


def run_cell(shell: Any, source: str) -> dict[str, object] | None:
    """Run one cell; the facts of its error, None if there was none."""
    result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    return error_facts(error) if error is not None else None


def close_inline() -> None:
    """Close the figures after a cell, as the inline backend does; another backend keeps them open."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and "inline" in pyplot.get_backend():
        pyplot.close("all")
