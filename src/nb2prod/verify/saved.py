"""The outputs that the notebook was saved with, against what it prints and shows today."""

from collections.abc import Iterator

from nb2prod.model.evidence import Comparison, Trace
from nb2prod.model.notebook import Cell, Notebook
from nb2prod.verify.printed import TIMING, near_text, normal


def compare_saved(notebook: Notebook, trace: Trace, tolerance: float) -> Iterator[Comparison]:
    """One comparison a cell that has saved text; a cell that was not run today is left out."""
    steps = {step.cell: step for step in trace.steps}
    for cell in notebook.code:
        step = steps.get(cell.index)
        if step is None:
            continue
        for name, then, now in _texts(cell, step.printed, step.displayed):
            old, new = _lines(then), _lines(now)
            if old == new:
                yield Comparison("saved", name, "equal", cell.index)
                continue
            near = len(old) == len(new) and all(near_text(a, b, tolerance) for a, b in zip(old, new, strict=True))
            left, right = next(
                ((a, b) for a, b in zip(old, new, strict=False) if a != b), ("\n".join(old), "\n".join(new))
            )
            yield Comparison("saved", name, "close" if near else "differs", cell.index, "", left[:200], right[:200])


def _texts(cell: Cell, printed: str, displayed: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    stream = "".join(out.text for out in cell.outputs if out.kind == "stream" and out.stream == "stdout")
    if stream:
        yield "printed text", stream, printed
    result = next((out.text for out in cell.outputs if out.kind == "result" and out.text), "")
    if result:
        yield "last value", result, displayed[-1] if displayed else ""


def _lines(text: str) -> list[str]:
    return [normal(line) for line in text.splitlines() if line.strip() and not TIMING.match(line)]
