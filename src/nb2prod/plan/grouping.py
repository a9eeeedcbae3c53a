"""Where one stage ends and the next begins: the cheapest contiguous division, found by dynamic programming."""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from nb2prod.plan.constants import assigned
from nb2prod.plan.handing import count
from nb2prod.plan.lives import Lives
from nb2prod.plan.units import Unit

# Lines of a stage: fewer than SHORT are hardly worth a name, more than LONG cost more and more, beyond LIMIT it takes a reason.
SHORT, LONG, LIMIT, MOST = 4, 9, 24, 50
WIDE, MIXED, TORN = 6, 1.8, 3.0
COARSE = 2000
KINDS = {
    "load": "load", "clean": "prepare", "transform": "prepare", "split": "split", "train": "train", "evaluate": "evaluate",
    "plot": "plot", "export": "export",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A run of units that becomes one stage, with the names that flow in and out."""

    start: int
    end: int
    params: tuple[str, ...]
    returns: tuple[str, ...]


def divide(
    units: Sequence[Unit], lives: Lives, settings: Sequence[Set[str]], alone: Mapping[int, int] = MappingProxyType({})
) -> list[Group]:
    """Divide the units at the borders that cost least; `settings` are the setting parameters of each unit.

    `alone` are the starts and ends of runs that are stages of their own.
    """
    count = len(units)
    best: list[float] = [0.0] + [float("inf")] * count
    back: list[Group | None] = [None] * (count + 1)
    closed = lives.closed() | {p for start, end in alone.items() for p in range(start + 1, end)}
    cells = _cell_lines(units)
    ends = {end for end in range(1, count + 1) if end == count or (end not in closed and _may_end(units, end, cells))}
    for start in range(count):
        if best[start] == float("inf"):
            continue
        border = _border(units, start, cells)
        for group, price in _candidates(units, lives, settings, start, ends, alone):
            total = best[start] + border + price
            if total < best[group.end]:
                best[group.end], back[group.end] = total, group
    return _path(back, count)


def _path(back: Sequence[Group | None], count: int) -> list[Group]:
    """The groups along the cheapest way."""
    found: list[Group] = []
    at = count
    while at and (last := back[at]) is not None:
        found.append(last)
        at = last.start
    return found[::-1]


def _cell_lines(units: Sequence[Unit]) -> dict[int, int]:
    lines: dict[int, int] = {}
    for unit in units:
        lines[unit.cell] = lines.get(unit.cell, 0) + unit.lines
    return lines


def _may_end(units: Sequence[Unit], end: int, cells: dict[int, int]) -> bool:
    """Whether a stage may end here: between cells, inside a long one, or where what the code is for changes."""
    before, after = units[end - 1], units[end]
    if before.cell != after.cell:
        return True
    if cells[after.cell] > LONG:
        return end % (1 + cells[after.cell] // COARSE) == 0  # in a cell of thousands of lines not every border is tried
    return KINDS.get(before.role) != KINDS.get(after.role) and bool(before.role and after.role)


def _border(units: Sequence[Unit], start: int, cells: dict[int, int]) -> float:
    """What it costs to begin a stage here; a heading makes it cheap."""
    unit = units[start]
    torn = TORN if _filled(units, start) else 0.0
    if start and units[start - 1].cell == unit.cell:
        apart = KINDS.get(unit.role) != KINDS.get(units[start - 1].role)
        return (0.8 if cells[unit.cell] > LONG else 1.4) - 0.4 * apart + torn
    if unit.heading is None or not unit.heading.title:
        return 0.6 + torn
    return (-1.2 if unit.heading.level <= 2 else -0.6) + torn


def _filled(units: Sequence[Unit], start: int) -> bool:
    """Whether a statement fills what the ones right before it begin as empty."""
    for number in range(start - 1, -1, -1):
        bound = assigned(units[number])
        if bound is None or not _empty(bound[1]):
            return False
        if bound[0] in units[start].facts.inputs:
            return True
    return False


def _empty(node: ast.expr) -> bool:
    """Whether a value is one to begin with: an empty container, nothing, zero."""
    match node:
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Constant(value=0 | None | False | "") | ast.Call(args=[]):
            return not isinstance(node, ast.Call) or getattr(node.func, "id", "") in {"list", "dict", "set"}
    return False


@dataclass(slots=True)
class Run:
    """A run of units that grows: what it needs, binds and hands on, how long it is and what it is for."""

    lives: Lives
    start: int
    needs: dict[str, None] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    may: dict[str, None] = field(default_factory=dict)
    alive: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    lines: int = 0
    swallowed: float = 0.0

    def add(self, unit: Unit, end: int, settings: Set[str]) -> None:
        """Take one more unit, which ends at a position."""
        facts, lives = unit.facts, self.lives
        self.lines += unit.lines
        if end - 1 > self.start and unit.heading is not None and unit.heading.title:
            self.swallowed += 2.0 if unit.heading.level <= 2 else 0.7
        self.needs |= dict.fromkeys(name for name in sorted(facts.inputs & lives.flows) if name not in self.written)
        self.written |= facts.must  # whatever happens to the name later, the value from before is gone
        self.may |= dict.fromkeys(sorted(facts.touched & lives.flows))
        self.given |= settings
        self.kinds |= {KINDS[unit.role]} if unit.role in KINDS else set()
        for name in (facts.inputs | facts.touched) & self.may.keys():  # only these can begin or end to be read later
            if lives.live(name, end):
                self.alive.add(name)
            else:
                self.alive.discard(name)

    def group(self, end: int) -> Group:
        """The run as it is now."""
        returns = tuple(name for name in self.may if name in self.alive)
        through = [name for name in returns if name not in self.written]
        names = (name for name in dict.fromkeys([*self.needs, *through]) if self.lives.exists(name, self.start))
        return Group(self.start, end, tuple(sorted(names, key=lambda name: self.lives.first[name])), returns)

    def price(self, group: Group) -> float:
        """What it costs as a stage, but for its border."""
        own = [name for name in group.params if name not in self.lives.given]
        handed_on = len(own) + count(len(group.params) - len(own) + len(self.given))
        return self.swallowed + _price(handed_on, len(group.returns), self.lines, self.kinds, group.end - group.start)


def _candidates(
    units: Sequence[Unit],
    lives: Lives,
    settings: Sequence[Set[str]],
    start: int,
    ends: set[int],
    alone: Mapping[int, int],
) -> Iterator[tuple[Group, float]]:
    """Every stage that may begin here, and its price without that of the border."""
    run = Run(lives, start)
    for end in range(start + 1, alone.get(start, len(units)) + 1):
        if end - 1 > start and end - 1 in alone:
            return
        run.add(units[end - 1], end, settings[end - 1])
        if end in ends:
            group = run.group(end)
            yield group, run.price(group)
            if run.lines > MOST and end - start > 1:
                return


def _price(params: int, returns: int, lines: int, kinds: set[str], units: int) -> float:
    price = 1 + 0.15 * (params + returns) + 0.5 * max(0, params - 4) ** 2 + 0.6 * max(0, returns - 3) ** 2
    price += (max(0, lines - LONG) / WIDE) ** 2 + MIXED * len(kinds) * max(0, len(kinds) - 1) / 2
    if lines > LIMIT and units > 1:
        price += 6 + 0.3 * (lines - LIMIT)
    return price + (0.7 if lines < SHORT else 0)
