"""The story of a proof: run the notebook, run the project beside another run of the notebook, compare; look twice where they differ."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from nb2prod.model.evidence import Evidence, Trace
from nb2prod.model.notebook import Notebook
from nb2prod.trace import (
    Made,
    Options,
    Progress,
    apart,
    begin_notebook,
    begin_project,
    finish,
    made_in,
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
    """Run the notebook; if it ends well, run the project and the notebook again, two at a time where that is possible."""
    marks = borders(made.stages)
    ends = {max(mark.cells) for mark in marks if mark.aligned}
    with workplace(notebook.path, folder) as place:
        [first] = finish(begin_notebook(notebook, place, options, ends, 1, partial(progress, "notebook")))
        if not first.ended_well:
            return judge(notebook, first, (), None, marks, tolerance)
        rest = [
            partial(begin_project, made, notebook, place, options, partial(progress, "project")),
            *(
                partial(begin_notebook, notebook, place, options, ends, seed, partial(progress, "notebook again"))
                for seed in seeds
            ),
        ]
        traces: list[Trace] = []
        for pair in (rest[at : at + 2] for at in range(0, len(rest), 2)):
            both = finish(*(start() for start in pair)) if apart(options.network) else []
            if not both or any(trace.hard_up for trace in both):
                # what a run lacks, its neighbour may have taken: alone it has what the first had
                both = [finish(start())[0] for start in pair]
            traces += both
    return judge(notebook, first, traces[1:], traces[0], marks, tolerance)
