"""The pipeline as a drawing: stages from top to bottom, and what flows between them, with its types.

What a stage hands on leaves it on a line of its own at the right; each stage that takes a part of it branches off.
Nothing is measured but characters, so that the same report is the same drawing everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nb2prod.model.plan import Variable
from nb2prod.model.report import Report, StageText

BOX, GAP, ROW, HEAD, LANE, CHAR = 250, 18, 22, 46, 16, 6.7
MOST_VALUES, LONGEST = 4, 64


@dataclass(frozen=True, slots=True)
class Box:
    """A stage in the drawing: its upper edge and its height."""

    stage: StageText
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Wire:
    """What a stage hands on: down a lane, and off into those that take it, at these heights with these labels."""

    start: int
    x: int
    ends: tuple[tuple[int, str], ...]

    @property
    def bottom(self) -> int:
        """Where the lane ends."""
        return max(y for y, _ in self.ends)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and wires, and how large it all is."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    width: int
    height: int


def drawing(report: Report) -> Drawing:
    """Lay out the pipeline."""
    boxes = tuple(_boxes(report))
    places = {box.stage.name: box for box in boxes}
    labels = max((len(told(edge.values)) for edge in report.edges), default=0)
    first = BOX + 44 + int(labels * CHAR)
    wires: list[Wire] = []
    free: list[int] = []  # the height from which on each lane is free again
    for box in boxes:
        taken = [edge for edge in report.edges if edge.source == box.stage.name]
        if not taken:
            continue
        ends = tuple((_entry(report, places[edge.target], box.stage.name), told(edge.values)) for edge in taken)
        start = box.top + box.height - 12
        lane = next((number for number, until in enumerate(free) if until < start), len(free))
        free[lane : lane + 1] = [max(y for y, _ in ends)]
        wires.append(Wire(start, first + lane * LANE, ends))
    height = boxes[-1].top + boxes[-1].height + 2 if boxes else 0
    return Drawing(boxes, tuple(wires), first + max(len(free), 1) * LANE + 8, height)


def _boxes(report: Report) -> Iterator[Box]:
    top = 1
    for stage in report.stages:
        incoming = sum(edge.target == stage.name for edge in report.edges)
        height = max(HEAD, 18 + ROW * (incoming + 1))
        yield Box(stage, top, height)
        top += height + GAP


def _entry(report: Report, box: Box, source: str) -> int:
    """Where the values of a source enter a box."""
    sources = [edge.source for edge in report.edges if edge.target == box.stage.name]
    return box.top + 20 + ROW * sources.index(source)


def told(values: Sequence[Variable]) -> str:
    """`df: DataFrame, X: ndarray and 2 more`: names and types on one line."""
    said = ", ".join(f"{v.name}: {short(v.type)}" if v.type else v.name for v in values[:MOST_VALUES])
    said += f" and {len(values) - MOST_VALUES} more" if len(values) > MOST_VALUES else ""
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def short(kind: str) -> str:
    """A dotted type without its modules: `list[pandas.DataFrame]` is `list[DataFrame]`."""
    parts, word = [], ""
    for char in kind:
        if char.isalnum() or char in "._":
            word += char
        else:
            parts += [word.rpartition(".")[2], char]
            word = ""
    return "".join([*parts, word.rpartition(".")[2]])
