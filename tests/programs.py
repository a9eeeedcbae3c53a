"""Notebooks made at random: statements over a few names, cut into cells anywhere, with headings between some of them."""

import contextlib
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

NUMBERS = ("a", "b", "c", "total")
LISTS = ("xs", "ys")
FUNCTIONS = ("f", "g")
Draw = Callable[[st.SearchStrategy[Any]], Any]


@dataclass(frozen=True)
class Cell:
    """A cell to be: markdown, or code that may be expected to raise."""

    source: str
    kind: str = "code"
    raises: bool = False


class Writer:
    """Writes statements; `draw` decides everything."""

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

    # expressions

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
            )
        )

    # statements

    def simple(self) -> str:
        """A statement of one line."""
        return str(
            self.pick(
                lambda: f"{self.name()} = {self.number()}",
                lambda: f"{self.name()} = {self.number()}",
                lambda: f"{self.name()} = {self.pick('1', '2', '7')}",
                lambda: f"{self.name()}: int = {self.number()}",
                lambda: f"{self.name()} {self.pick('+=', '-=')} {self.number(1)}",
                lambda: f"{self.name()} = {self.name()} = {self.number(1)}",
                lambda: f"{self.name()}, {self.name()} = {self.number(1)}, {self.number(1)}",
                lambda: f"{self.name()}, *{self.items()} = {self.number(1)}, {self.number(1)}, {self.number(1)}",
                lambda: f"{self.items()} = {self.list()}",
                lambda: f"{self.items()}.append({self.number(1)})",
                lambda: f"{self.items()} += [{self.number(1)}]",
                lambda: f"{self.items()}[0] = {self.number(1)}",
                lambda: f"xs, ys = ys, {self.items()}",
                lambda: f"table['{self.pick('p', 'q')}'] = {self.number(1)}",
                lambda: f"table = {{'p': {self.number(1)}, 'q': {self.number(0)}}}",
                lambda: f"rows = [{self.items()}, {self.items()}]",
                lambda: f"rows[0].append({self.number(1)})",
                lambda: f"it = {self.pick('iter', 'reversed', 'walk')}({self.items()})",
                lambda: f"it = (v + {self.name()} for v in {self.items()})",
                lambda: f"hooks = [lambda v: v + {self.number(1)}]",
                lambda: f"hooks.append(lambda v, w={self.name()}: v + w + {self.name()})",
                lambda: f"hooks.append({self.pick(*FUNCTIONS)})",
                lambda: f"{self.pick(*FUNCTIONS)} = lambda v: v * 2 + {self.name()}",
                lambda: f"box = Box({self.number(1)})",
                lambda: f"box.value += {self.number(1)}",
                lambda: f"Box.size = {self.number(1)}",
                lambda: f"del {self.pick(self.name, lambda: f'{self.items()}[0]', lambda: 'table', self.name)}",
                lambda: f"print({self.name()}, {self.items()})",
                lambda: f"print(f'{{{self.name()}=}} {{{self.number(1)}}}')",
                lambda: f"print({self.number()})",
                self.number,
                self.name,
                lambda: self.pick("import math", "from math import gcd", "import math as m", "from operator import add as plus"),
                lambda: f"{self.name()} = {self.pick('gcd(4, 6)', 'm.floor(2.5)', 'plus(1, 2)')}",
                lambda: f"{self.pick('sum', 'max', 'len')} = {self.number(1)}",
                lambda: f"assert {self.test()}",
            )
        )

    def body(self, depth: int, extra: Sequence[str] = ()) -> str:
        """An indented suite."""
        count = self.draw(st.integers(1, 2))
        lines = [*(self.statement(depth - 1) for _ in range(count)), *extra]
        return textwrap.indent("\n".join(lines), "    ")

    def statement(self, depth: int = 2, loops: bool = False) -> str:
        """Any statement; `loops` says that it may count with `k`."""
        if depth == 0 or self.draw(st.integers(0, 9)) < 5:
            return self.simple()
        makers = [self.if_, self.for_, self.try_, self.with_, self.match_, self.function, self.function, self.class_]
        return str(self.pick(*[lambda make=make: make(depth) for make in makers], *([lambda: self.while_(depth)] if loops else [])))

    def if_(self, depth: int) -> str:
        """A condition with or without an alternative."""
        text = f"if {self.test()}:\n{self.body(depth)}"
        return text + (f"\nelse:\n{self.body(depth)}" if self.draw(st.booleans()) else "")

    def for_(self, depth: int) -> str:
        """A loop, an empty one at times, whose variable leaks."""
        over = self.pick(self.list, lambda: f"range({self.pick('0', '2', self.name)} % 3)")
        leave = self.pick("", "", f"if {self.name()} > 1:\n    {self.pick('break', 'continue')}")
        text = f"for {self.pick(self.name, 'v', 'k')} in {over}:\n{self.body(depth, [leave] if leave else [])}"
        return text + (f"\nelse:\n{self.body(depth)}" if self.draw(st.integers(0, 4)) == 0 else "")

    def while_(self, depth: int) -> str:
        """A loop that ends: nothing else binds `k` inside."""
        start = self.pick("", "k = 0\n")
        body = self.body(1)
        return f"{start}while k < {self.pick('0', '2', '3')}:\n    k += 1\n{body}" if "for k" not in body else self.simple()

    def try_(self, depth: int) -> str:
        """A `try` that is left at any point."""
        fails = self.pick("", "raise ValueError('no')", "int('x')", f"{self.name()} = nowhere", f"{self.name()} = 1 // ({self.name()} % 2)")
        handler = self.pick("except Exception as error", "except (ValueError, NameError, ZeroDivisionError)", "except Exception as a")
        text = f"try:\n{self.body(depth, [fails] if fails else [])}\n{handler}:\n{self.body(depth)}"
        text += f"\nelse:\n{self.body(depth)}" if self.draw(st.integers(0, 4)) == 0 else ""
        return text + (f"\nfinally:\n{self.body(depth)}" if self.draw(st.integers(0, 4)) == 0 else "")

    def with_(self, depth: int) -> str:
        """A block that may swallow the error that ends it."""
        manager = self.pick("contextlib.suppress(Exception)", f"contextlib.nullcontext({self.number(1)}) as {self.name()}", "guard()")
        fails = self.pick("", "int('x')")
        return f"with {manager}:\n{self.body(depth, [fails] if fails and 'null' not in manager else [])}"

    def match_(self, depth: int) -> str:
        """A match whose captures leak."""
        pattern = self.pick(f"[{self.name()}, *{self.items()}]", f"[1, {self.name()}]", "[]", "[_, _]", f"{self.name()}")
        guard = self.pick("", f" if {self.name()} > 1")
        subject = self.pick(self.items, lambda: f"[{self.number(1)}, {self.number(0)}]")
        rest = self.pick("", f"\n    case _:\n{textwrap.indent(self.body(1), '    ')}")
        if not guard and pattern in NUMBERS:
            rest = ""
        return f"match {subject}:\n    case {pattern}{guard}:\n{textwrap.indent(self.body(1), '    ')}{rest}"

    def function(self, depth: int) -> str:
        """A function that reads, changes or rebinds what is outside."""
        name = self.pick(*FUNCTIONS)
        shape = self.pick("plain", "plain", "global", "nested", "closure", "default", "kept", "class", "local", "cached")
        value = self.number(1)
        lines = {
            "plain": f"return v + {value}",
            "global": f"global {(target := self.name())}\n{target} = {self.pick('v', target)} + 1\nreturn {value}",
            "nested": f"def inner(w):\n    return w + {value}\nreturn inner(v) + {self.number(0)}",
            "closure": f"{(own := self.name())} = v + 1\ndef inner():\n    nonlocal {own}\n    {own} += {self.number(0)}\n    return {own}\nreturn inner()",
            "default": f"return v + w + {value}",
            "kept": f"seen.append({value})\nreturn v + len(seen)",
            "class": f"class Inner:\n    {(own := self.name())} = {own}\n    size = {value}\nreturn v + Inner.size",
            "local": f"{(own := self.name())} = {value}\n{self.items()}.append(v)\nreturn v + {own}",
            "cached": f"return v * {value}",
        }[shape]
        head = {"default": f"v, w={self.number(1)}", "kept": "v, seen=[]"}.get(shape, "v")
        cached = "@functools.lru_cache\n" if shape == "cached" else ""
        return f"{cached}def {name}({head}):\n{textwrap.indent(lines, '    ')}"

    def class_(self, depth: int) -> str:
        """A class whose body and methods read what is outside."""
        own = self.pick("size", self.name)
        return (
            f"class Box{self.pick('', '', '(Box)')}:\n    size = {self.number(1)}\n    {own} = {self.pick('1', own, 'size')}\n"
            f"    parts = [v + {self.pick(self.name, '1')} for v in {self.items()}]\n"
            f"    def __init__(self, value):\n        self.value = value + {self.number(0)}\n"
            f"    def read(self, v):\n        return self.value + v + {self.number(1)}"
        )


SETUP = (
    "import contextlib",
    "import functools",
    "import math",
    "a = 1",
    "b, c = 2, 3",
    "total = 0",
    "k = 0",
    "xs = [1, 2, 3]",
    "ys = []",
    "table = {'p': 1}",
    "rows = []",
    "it = iter([4, 5, 6])",
    "hooks = []",
    "def walk(items):\n    for v in items:\n        yield v + a",
    "@contextlib.contextmanager\ndef guard():\n    try:\n        yield\n    except ValueError:\n        pass",
    "def f(v):\n    return v + 1",
    "def g(v):\n    return v * b",
    "class Box:\n    size = 3\n    def __init__(self, value):\n        self.value = value\n    def read(self, v):\n        return v",
    "box = Box(1)",
)


def working(statements: Sequence[str]) -> list[str]:
    """The statements that run when those that fail are left out."""
    names: dict[str, Any] = {"__name__": "__main__"}
    kept: list[str] = []
    for statement in statements:
        if _fails(statement, names):
            # What it did before it failed must not stay: run what was kept once more.
            names = {"__name__": "__main__"}
            if any(_fails(each, names) for each in kept):
                return []
        else:
            kept.append(statement)
    return kept


def _fails(text: str, names: dict[str, Any]) -> bool:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "<notebook>", "exec"), names)
    except Exception:
        return True
    return False


@st.composite
def notebooks(draw: Draw, most: int = 12) -> list[Cell]:
    """A notebook that runs without an error from top to bottom."""
    writer = Writer(draw)
    left_out = draw(st.sets(st.sampled_from(range(3, len(SETUP))), max_size=14))
    setup = [text for number, text in enumerate(SETUP) if number not in left_out]
    count = draw(st.integers(1, most))
    statements = working([*setup, *(writer.statement(loops=True) for _ in range(count))])
    cells: list[Cell] = []
    together: list[str] = []
    for number, statement in enumerate(statements):
        together.append(statement)
        if number < len(setup) - 1 and draw(st.integers(0, 5)) or draw(st.integers(0, 2)) == 0:
            continue
        cells += [Cell("\n".join(together)), *_between(draw)]
        together = []
    return [*cells, *([Cell("\n".join(together))] if together else [])]


def _between(draw: Draw) -> list[Cell]:
    """The markdown between two cells, if any."""
    title = draw(st.sampled_from(["", "", "", "# Load", "## Clean the data", "### Step", "Some words."]))
    return [Cell(title, "markdown")] if title else []
