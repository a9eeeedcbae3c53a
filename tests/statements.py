"""Statements made at random over a few names, to be hard to move: they bind, rebind, capture, share and delete."""

import textwrap
from collections.abc import Sequence

from expressions import FUNCTIONS, LISTS, NUMBERS, Expressions
from hypothesis import strategies as st


class Writer(Expressions):
    """Writes statements."""

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
                lambda: f"{self.pick('list', 'sum', 'sorted', 'len')}({self.pick('it', self.items)})",
                lambda: f"[{self.name()}, {self.list()}]",
                lambda: f"list(map({self.items()}.append, [1]))",
                lambda: f"{self.name()} = {self.pick('sum', 'max', 'len', 'min')}({self.list()})",
                lambda: self.pick(
                    "import math", "from math import gcd", "import math as m", "from operator import add as plus"
                ),
                lambda: f"{self.name()} = {self.pick('gcd(4, 6)', 'm.floor(2.5)', 'plus(1, 2)')}",
                lambda: f"{self.pick('sum', 'max', 'len')} = {self.number(1)}",
                lambda: f"assert {self.test()}",
                self.other,
                self.other,
                self.other,
            )
        )

    def other(self) -> str:
        """A statement of one line that is less common."""
        return str(
            self.pick(
                lambda: f"assert {self.test()}, ({self.name()} := 5)",
                lambda: f"old = {self.pick(*FUNCTIONS)}",
                lambda: f"{self.pick(*FUNCTIONS)} = twice({self.pick(*FUNCTIONS)})",
                lambda: f"box = copy.deepcopy(box); {self.name()} = box.value",
                lambda: f"{self.name()} = 1; {self.name()} = {self.number(1)}",
                lambda: f"box.value, table['p'] = {self.number(1)}, {self.number(1)}",
                lambda: f"[{self.name()}, ({self.name()}, *{self.items()})] = [{self.number(0)}, [1, 2, {self.number(0)}]]",
                lambda: f"LIMIT = {self.pick('3', '10', lambda: self.number(1))}",
                lambda: f"NAMES = {self.pick(['p', 'q'], ['q'])}",
                lambda: f"NAMES.append({self.pick(repr('q'), repr('p'))})",
                lambda: f"table[NAMES[0]] = {self.number(1)}",
                lambda: f"{self.pick(*FUNCTIONS)}.calls = {self.number(1)}",
                lambda: f"print(*{self.items()}, sep='-', end={self.pick(repr('!'), repr(chr(10)))})",
                lambda: f"print('%d %s' % ({self.number(1)}, {self.name()}), {self.items()})",
                lambda: f"list(map(print, {self.items()}))",
                lambda: f'text = """one\n    {{0}}\n""".format({self.name()})',
                lambda: f'text = f"""{{{self.name()}}}\n  b"""',
                lambda: f'print("""{{}}\n  two""".format({self.number(1)}))',
                lambda: f"{self.name()} = isinstance(box, Box)",
                lambda: f"print(type(box).__name__, Box.__qualname__, {self.pick(*FUNCTIONS)}.__name__)",
                lambda: f"point = Point({self.number(0)}); print(point)",
                lambda: f"{self.name()} = point.scaled()",
                lambda: f"import math as {(name := self.name())}; {name} = {self.number(0)}",
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
        makers += [self.leaving, self.more_definitions, self.probe, self.shared, self.lately, self.searching]
        return str(
            self.pick(
                *[lambda make=make: make(depth) for make in makers], *([lambda: self.while_(depth)] if loops else [])
            )
        )

    def if_(self, depth: int) -> str:
        """A condition with or without an alternative."""
        text = f"if {self.test()}:\n{self.body(depth)}"
        return text + (f"\nelse:\n{self.body(depth)}" if self.draw(st.booleans()) else "")

    def looped(self) -> str:
        """A list to loop over: if it has a name a part of it, for the loop may add to it."""
        chosen = self.list()
        return f"{chosen}[:4]" if chosen in LISTS else chosen

    def for_(self, depth: int) -> str:
        """A loop, an empty one at times, whose variable leaks."""
        over = self.pick(self.looped, lambda: f"range({self.pick('0', '2', self.name)} % 3)")
        leave = self.pick("", "", f"if {self.name()} > 1:\n    {self.pick('break', 'continue')}")
        text = f"for {self.pick(self.name, 'v', 'k')} in {over}:\n{self.body(depth, [leave] if leave else [])}"
        return text + (f"\nelse:\n{self.body(depth)}" if self.draw(st.integers(0, 4)) == 0 else "")

    def leaving(self, depth: int) -> str:
        """A loop that is left through a `finally`."""
        jump = self.pick("break", "continue", "break")
        last = self.pick(lambda: f"{self.name()} = {self.number(1)}", lambda: f"del {self.name()}", self.simple)
        inside = f"try:\n    {self.simple()}\n    if {self.test()}:\n        {jump}\n    {self.simple()}\nfinally:\n    {last}"
        return f"for v in {self.looped()}:\n{textwrap.indent(inside, '    ')}"

    def probe(self, depth: int) -> str:
        """A look at whether a name is bound, at once or by a function, and what Python says if it is not."""
        name = self.pick(self.name, self.items, "old", "point", "text", "LATER", "later", "plus", "gcd")
        tried = self.pick(name, lambda: f"{self.name()} = {name}", f"{self.pick(*FUNCTIONS)}(1)", f"del {name}")
        return str(
            self.pick(
                f"try:\n    {tried}\nexcept NameError:\n    {name} = {self.number(1)}",
                f"try:\n    {tried}\nexcept NameError as error:\n    print(error, type(error).__name__)",
                f"try:\n    {tried}\nexcept Exception as error:\n    text = str(error)",
                f"with contextlib.suppress(NameError):\n    {tried}\n    {self.simple()}",
                f"def {self.pick(*FUNCTIONS)}(v):\n    try:\n        return {name}\n    except NameError:\n        return v",
            )
        )

    def shared(self, depth: int) -> str:
        """Two names for one thing, changed by either."""
        one, other = self.pick(("xs", "ys"), ("ys", "xs"))
        return str(
            self.pick(
                lambda: f"{one} = {other}\n{one} += [{self.number(1)}]",
                lambda: f"rows = [{one}] * 2\nrows[1] += ({self.number(0)},)",
                lambda: f"table = {{'p': 1, 'rows': {one}}}\ntable['rows'].append({self.number(1)})",
                lambda: f"box.value = {self.name()}\nbox.items = {one}\nbox.items += [{self.number(0)}]",
                lambda: f"def {self.pick(*FUNCTIONS)}(v, kept={one}):\n    kept[:] = [*kept[:8], v]\n    return len(kept) + {self.name()}",
                lambda: f"for {one} in [{other}, [{self.number(0)}]]:\n    {one} += [{self.name()}]",
                lambda: f"{one}[:] = list({self.list()})[:4]",
                lambda: f"it = zip({one}, {other}); first = next(it, None); {one} = list(it)",
            )
        )

    def lately(self, depth: int) -> str:
        """What functions may read before it is bound: a constant, a function, an import, what a star brings."""
        return str(
            self.pick(
                lambda: f"LATER = {self.pick('3', '[1]', repr('q'))}",
                lambda: f"def later(v=1):\n    return v + {self.name()}",
                lambda: f"{self.pick('sum', 'max', 'len')} = {self.number(1)}\nprint(sum, max, len)\ndel {self.pick('sum', 'max')}",
                lambda: "from math import *",
                lambda: f"{self.name()} = floor({self.number(1)}) + int(pow(2, 2))",
                lambda: f"def {self.pick('floor', 'pow')}(*v):\n    return {self.number(1)}",
                lambda: f"print(__name__, f'{{__name__}} {{{self.name()}}}')",
            )
        )

    def searching(self, depth: int) -> str:
        """A loop that may end early, with what follows if it does not."""
        name, jump = self.name(), self.pick("break", "continue")
        return (
            f"for {name} in {self.looped()}:\n    if {self.test()}:\n        {self.simple()}\n        {jump}\n    {self.simple()}\n"
            f"else:\n{self.body(1)}"
        )

    def more_definitions(self, depth: int) -> str:
        """Decorators, data classes, generators, recursion, functions made in loops and under conditions."""
        return str(
            self.pick(self.decorated, self.generator, self.conditional, self.reader, self.special_class, self.recursive)
        )

    def decorated(self) -> str:
        """A decorator, or something decorated."""
        return str(
            self.pick(
                lambda: f"def twice(fn):\n    def wrapped(v):\n        return fn(fn(v)) + {self.number(1)}\n    return wrapped",
                lambda: f"@twice\ndef {self.pick(*FUNCTIONS)}(v):\n    return v + {self.number(1)}",
                lambda: f"@dataclasses.dataclass\nclass Point:\n    x: int = {self.number(1)}\n    y: int = {self.name()}\n\n"
                f"    def scaled(self):\n        return self.x + {self.number(1)}",
            )
        )

    def generator(self) -> str:
        """A generator function, or functions made in a loop."""
        return str(
            self.pick(
                lambda: f"def walk(items):\n    for v in items:\n        yield v + {self.number(1)}",
                lambda: f"def walk(items):\n    yield from (v + {self.name()} for v in items)\n    {self.items()}.append(1)",
                lambda: f"for v in {self.list()}:\n    hooks.append(lambda w: w + v + {self.name()})",
                lambda: f"def apply(fn):\n    hooks.append(fn)\n    return {self.number(1)}",
            )
        )

    def recursive(self) -> str:
        """A function that calls itself."""
        name = self.pick(*FUNCTIONS)
        return f"def {name}(v):\n    return {name}(v - 1) + {self.name()} if 0 < v < 9 else {self.number(1)}"

    def conditional(self) -> str:
        """A function that is one thing or another."""
        name = self.pick(*FUNCTIONS)
        other = f"else:\n    {name} = lambda v: v + {self.number(0)}"
        return f"if {self.test()}:\n    def {name}(v):\n        return {self.number(1)}\n{other}"

    def reader(self) -> str:
        """A function whose names are now its own and now the notebook's."""
        name, own = self.pick(*FUNCTIONS), self.name()
        return f"def {name}" + str(
            self.pick(
                lambda: f"(v, fn=lambda w: w + {own}):\n    print(v, {self.name()})\n    return fn(v)",
                lambda: f"(v):\n    for {own} in {self.items()}:\n        v += {own}\n    return v + {self.number(1)}",
                lambda: f"(v):\n    global {own}\n    for {own} in {self.items()}:\n        pass\n    return {own}",
                lambda: f"(v):\n    def inner():\n        global {own}\n        {own} += 1\n        return {own}\n"
                f"    {own} = 7\n    return inner() + {own}",
            )
        )

    def special_class(self) -> str:
        """A class that inherits from the one of its name, or that counts in itself."""
        return str(
            self.pick(
                lambda: f"class Box(Box):\n    def __call__(self):\n        return super().read({self.name()}) + {self.number(1)}",
                lambda: f"class Box:\n    __secret = {self.name()}\n    size = value = {self.number(1)}\n    def __init__(self, value=1):\n"
                f"        Box.size = {self.number(0)}\n        self.items = {self.items()}\n    def __call__(self):\n"
                "        self.items.append(self.__secret)\n        return len(self.items)",
            )
        )

    def while_(self, depth: int) -> str:
        """A loop that ends: nothing else binds `k` inside."""
        start = self.pick("", "k = 0\n")
        body = self.body(1)
        return (
            f"{start}while k < {self.pick('0', '2', '3')}:\n    k += 1\n{body}"
            if "for k" not in body
            else self.simple()
        )

    def try_(self, depth: int) -> str:
        """A `try` that is left at any point."""
        fails = self.pick(
            "",
            "raise ValueError('no')",
            "int('x')",
            f"{self.name()} = nowhere",
            f"{self.name()} = 1 // ({self.name()} % 2)",
        )
        handler = self.pick(
            "except Exception as error", "except (ValueError, NameError, ZeroDivisionError)", "except Exception as a"
        )
        text = f"try:\n{self.body(depth, [fails] if fails else [])}\n{handler}:\n{self.body(depth)}"
        text += f"\nelse:\n{self.body(depth)}" if self.draw(st.integers(0, 4)) == 0 else ""
        return text + (f"\nfinally:\n{self.body(depth)}" if self.draw(st.integers(0, 4)) == 0 else "")

    def with_(self, depth: int) -> str:
        """A block that may swallow the error that ends it."""
        manager = self.pick(
            "contextlib.suppress(Exception)", f"contextlib.nullcontext({self.number(1)}) as {self.name()}", "guard()"
        )
        fails = self.pick("", "int('x')")
        return f"with {manager}:\n{self.body(depth, [fails] if fails and 'null' not in manager else [])}"

    def match_(self, depth: int) -> str:
        """A match whose captures leak."""
        pattern = self.pick(
            f"[{self.name()}, *{self.items()}]", f"[1, {self.name()}]", "[]", "[_, _]", f"{self.name()}"
        )
        guard = self.pick("", f" if {self.name()} > 1")
        subject = self.pick(self.items, lambda: f"[{self.number(1)}, {self.number(0)}]")
        rest = self.pick("", f"\n    case _:\n{textwrap.indent(self.body(1), '    ')}")
        if not guard and pattern in NUMBERS:
            rest = ""
        return f"match {subject}:\n    case {pattern}{guard}:\n{textwrap.indent(self.body(1), '    ')}{rest}"

    def function(self, depth: int) -> str:
        """A function that reads, changes or rebinds what is outside."""
        name = self.pick(*FUNCTIONS)
        shape = self.pick(
            "plain", "plain", "global", "nested", "closure", "default", "kept", "class", "local", "cached"
        )
        value = self.number(1)
        lines = {
            "plain": f"return v + {value}",
            "global": f"global {(target := self.name())}\n{target} = {self.pick('v', target)} + 1\nreturn {value}",
            "nested": f"def inner(w):\n    return w + {value}\nreturn inner(v) + {self.number(0)}",
            "closure": f"{(own := self.name())} = v + 1\ndef inner():\n    nonlocal {own}\n    {own} += {self.number(0)}\n    return {own}\nreturn inner()",
            "default": f"return v + w + {value}",
            "kept": f"seen.append({value})\nreturn v + len(seen)",
            "class": f"class Inner:\n    {(own := self.name())} = {own}\n    size = {value}\nreturn v + Inner.size",
            "local": f"{(own := self.name())} = {value}\n{(kept := self.items())}[:] = [*{kept}[:8], v]\nreturn v + {own}",
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
