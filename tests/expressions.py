"""Expressions made at random over a few names; some of them bind."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

NUMBERS = ("a", "b", "c", "total")
LISTS = ("xs", "ys")
FUNCTIONS = ("f", "g")
Draw = Callable[[st.SearchStrategy[Any]], Any]


class Expressions:
    """Writes expressions; `draw` decides everything."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def pick(self, *choices: Any) -> Any:
        """One of some values; callables are called for their text."""
        chosen = self.draw(st.sampled_from(choices))
        return chosen() if callable(chosen) else chosen

    def name(self) -> str:
        """The name of a number."""
        return str(self.pick(*NUMBERS))

    def items(self) -> str:
        """The name of a list."""
        return str(self.pick(*LISTS))

    def number(self, depth: int = 2) -> str:
        """An expression for a number."""
        if depth == 0:
            return str(self.pick("1", "2", self.name, self.name, "k"))

        def inner() -> str:
            return self.number(depth - 1)

        return str(
            self.pick(
                self.name,
                lambda: f"{self.name()} + {inner()}",
                lambda: f"{self.name()} * 2 - {inner()}",
                lambda: f"len({self.items()})",
                lambda: f"{self.pick(*FUNCTIONS)}({inner()})",
                lambda: f"({self.name()} := {inner()})",
                lambda: f"({inner()} if {self.test()} else {inner()})",
                lambda: f"sum({self.items()})",
                lambda: f"sum(v + {self.name()} for v in {self.items()})",
                lambda: f"max({self.items()}, default={inner()})",
                lambda: f"next(it, {inner()})",
                lambda: f"{self.items()}[0]",
                lambda: f"table.get('{self.pick('p', 'q')}', {inner()})",
                lambda: "box.value",
                lambda: f"box.read({inner()})",
                lambda: f"hooks[-1]({inner()})",
                lambda: "Box.size",
                lambda: f"math.gcd({inner()}, 6)",
                lambda: f"int({inner()} > {inner()})",
                lambda: f"int(0 < {inner()} < ({self.name()} := {inner()}))",
                lambda: f"(lambda w: w + {inner()})({inner()})",
                lambda: f"functools.partial({self.pick(*FUNCTIONS)}, {inner()})()",
                lambda: f"functools.reduce(lambda v, w: v + w + {self.name()}, {self.items()}, 0)",
                lambda: f"any(({self.name()} := v) > {self.name()} for v in {self.items()})",
                lambda: f"old({inner()})",
                lambda: f"{self.pick(*FUNCTIONS)}(*{self.items()}[:1])",
                lambda: "box()",
                lambda: f"len({{v: {inner()} for v in {self.items()} if v > {self.name()}}})",
                lambda: f"apply(lambda v: v + {self.name()})",
                lambda: f"len(f'{{{self.name()}}} {{[v + {self.name()} for v in {self.items()}]}}')",
                lambda: str(self.pick("LIMIT", "EPOCHS", "SEED", "threshold", "(1 if use_all else 2)")),
                lambda: "len(NAMES)",
            )
        )

    def test(self) -> str:
        """A condition; one that binds at times."""
        return str(
            self.pick(
                lambda: f"{self.name()} > 1",
                lambda: f"{self.number(1)} % 2",
                "True",
                "xs",
                lambda: f"({self.name()} := {self.number(0)}) > 1",
                lambda: f"{self.name()} and ({self.name()} := 3)",
                lambda: f"{self.name()} > 0 or {self.name()} < 9",
            )
        )

    def list(self) -> str:
        """An expression for a list."""
        return str(
            self.pick(
                self.items,
                lambda: f"[{self.number(1)}, {self.number(1)}]",
                "[]",
                lambda: f"{self.items()}[:]",
                lambda: f"{self.items()} + [{self.number(1)}]",
                lambda: f"[v + {self.number(1)} for v in {self.items()}]",
                lambda: f"[{self.name()} := v for v in {self.items()}]",
                lambda: f"sorted({self.items()}, key=lambda v: v * {self.name()})",
                lambda: f"list(map({self.pick(*FUNCTIONS)}, {self.items()}))",
                lambda: f"list(filter(lambda v: v > {self.name()}, {self.items()}))",
                lambda: f"list(walk({self.items()}))",
                lambda: f"[{self.name()} := {self.name()} + v for v in {self.items()}]",
                lambda: f"[v + w for v in {self.items()} for w in {self.items()}[:2] if w != {self.name()}][:6]",
                lambda: f"[fn(1) for fn in [lambda w: w + v + {self.name()} for v in {self.items()}]]",
                lambda: f"[*{self.items()}, *map({self.pick(*FUNCTIONS)}, {self.items()})]",
            )
        )
