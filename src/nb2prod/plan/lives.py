"""When each name that flows is bound, needed and certain: what any border between stages would have to carry."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from nb2prod.model.facts import Facts

READ, BIND = 0, 1


class Lives:
    """Positions are between units: position p stands before unit p."""

    def __init__(
        self, facts: Sequence[Facts], flows: frozenset[str], given: Iterable[str], roots: Iterable[str] = ()
    ) -> None:
        self.facts, self.flows, self.given = facts, flows, frozenset(given)
        self.events: dict[str, list[tuple[int, int]]] = {name: [] for name in flows}
        self.touches: dict[str, list[int]] = {}
        self.first: dict[str, int] = dict.fromkeys(self.given & flows, -1)
        self.certain: dict[str, list[tuple[int, bool]]] = {name: [(-1, True)] for name in self.given & flows}
        for number, each in enumerate(facts):
            for name in each.inputs & flows:
                self.events[name].append((number, READ))
            for name in each.must & flows:
                self.events[name].append((number, BIND))
            for name in each.touched & flows:
                self.first.setdefault(name, number)
                self.touches.setdefault(name, []).append(number)
            for name in (each.must | each.kills) & flows:
                self.certain.setdefault(name, []).append((number, name in each.must and name not in each.kills))
        for name in roots:
            self.events[name].append((len(facts), READ))

    def live(self, name: str, position: int) -> bool:
        """Whether a value of the name from before a position may still be read."""
        events = self.events[name]
        at = bisect_left(events, (position, READ))
        return at < len(events) and events[at][1] == READ

    def exists(self, name: str, position: int) -> bool:
        """Whether the name may be bound before a position."""
        return name in self.first and self.first[name] < position

    def sure(self, name: str, position: int) -> bool:
        """Whether the name is certainly bound at a position."""
        changes = self.certain.get(name, [])
        at = bisect_right(changes, (position - 1, True)) - 1
        return at >= 0 and changes[at][1]

    def needed(self, name: str, position: int) -> bool:
        """Whether the next thing that happens to the name after a position is a read on every path."""
        events = self.events[name]
        at = bisect_left(events, (position, READ))
        if at >= len(events) or events[at][1] != READ:
            return False
        number = events[at][0]
        touches = self.touches.get(name, [])
        before = bisect_left(touches, position)
        if before < len(touches) and touches[before] < number:
            return False  # what stands between may bind it
        return number >= len(self.facts) or name in self.facts[number].sure_reads

    def spans(self) -> Mapping[str, tuple[int, int]]:
        """For each name that some border could not carry: the first and the last such position."""
        found: dict[str, tuple[int, int]] = {}
        for name in self.flows:
            for position in self._doubtful(name):
                start, _ = found.get(name, (position, position))
                found[name] = (start, position)
        return found

    def closed(self) -> set[int]:
        """The positions at which no stage may begin or end."""
        return {position for start, end in self.spans().values() for position in range(start, end + 1)}

    def _doubtful(self, name: str) -> Iterable[int]:
        events = self.events[name]
        if not events or name not in self.first or self.first[name] < 0 or (events[-1][1] == BIND and len(events) == 1):
            return
        last = max((number for number, kind in events if kind == READ), default=-1)
        for position in range(self.first[name] + 1, min(last, len(self.facts)) + 1):
            if not self.sure(name, position) and self.live(name, position) and not self.needed(name, position):
                yield position
