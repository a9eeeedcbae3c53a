"""The story of a proof: run the notebook, beside it the project and the notebook again, compare; look twice where they differ."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from nb2prod.model.evidence import Evidence, Trace
from nb2prod.model.notebook import Notebook
from nb2prod.trace import (
    Begun,
    Made,
    Options,
    Progress,
    apart,
    begin_notebook,
    begin_project,
    finish,
    made_in,
    stop,
    workplace,
)
from nb2prod.verify import borders, judge


def verified(notebook: Notebook, folder: str, options: Options, progress: Progress) -> Evidence:
    """What the runs of a notebook and of the project in a folder show; raises TraceError if a run can't be begun."""
    made = made_in(folder)
    evidence = _traced(notebook, folder, made, replace(options, tolerance=0.0), options.tolerance, progress, (2,))
    if evidence.verdict != "differs":
        return evidence
    # Only now it matters whether floats are close, so every float is digested on two grids as well; and whether what
    # differs is stable at all: two runs of a notebook that draws at random may agree by chance.
    return _traced(notebook, folder, made, options, options.tolerance, progress, (2, 3, 4))


def _traced(
    notebook: Notebook,
    folder: str,
    made: Made,
    options: Options,
    tolerance: float,
    progress: Progress,
    seeds: Sequence[int],
) -> Evidence:
    """Run the notebook, the project and the notebook again: side by side where that is possible, and the rest in pairs."""
    marks = borders(made.stages)
    ends = {max(mark.cells) for mark in marks if mark.aligned}
    with workplace(notebook.path, folder) as place:
        alone = partial(begin_notebook, notebook, place, options, ends, 1, partial(progress, "notebook"))
        rest = [
            partial(begin_project, made, notebook, place, options, partial(progress, "project")),
            *(
                partial(begin_notebook, notebook, place, options, ends, seed, partial(progress, "notebook again"))
                for seed in seeds
            ),
        ]
        beside = apart(options.network)
        first, begun = _first([alone, *(rest[:2] if beside else [])])
        if not first.ended_well:
            stop(*begun)
            return judge(notebook, first, (), None, marks, tolerance)
        traces = _pair(rest[:2], begun)
        for at in range(2, len(rest), 2):
            pair = rest[at : at + 2]
            traces += _pair(pair, [start() for start in pair if beside])
    return judge(notebook, first, traces[1:], traces[0], marks, tolerance)


def _first(starts: Sequence[Callable[[], Begun]]) -> tuple[Trace, list[Begun]]:
    """The first of some runs that are begun together, and the others, which go on."""
    begun = [start() for start in starts]
    try:
        [first] = finish(begun[0])
    except BaseException:
        stop(*begun[1:])
        raise
    if len(begun) == 1 or not first.hard_up:
        return first, begun[1:]
    stop(*begun[1:])  # what the run lacks, they may have taken
    return finish(starts[0]())[0], []


def _pair(starts: Sequence[Callable[[], Begun]], begun: Sequence[Begun]) -> list[Trace]:
    """Two runs that were begun side by side, or that are made one after another."""
    both = finish(*begun) if begun else []
    if both and not any(trace.hard_up for trace in both):
        return both
    # what a run lacks, its neighbour may have taken: alone it has what the first had
    return [finish(start())[0] for start in starts]
