"""The static facts contain what a run does: every construct that binds, reads, unbinds or puts off."""

import contextlib
import io

import pytest
from differential import notebook_of
from hypothesis import HealthCheck, given, settings
from oracle import observe, violations
from programs import Cell, notebooks

from nb2prod.analysis import analyze
from nb2prod.model import Statement


def statements_of(*sources: str) -> tuple[Statement, ...]:
    """The analysed statements of some cells."""
    return analyze(notebook_of([Cell(source) for source in sources])).statements


def checked(*sources: str) -> list[str]:
    """What the facts of some cells do not allow and their run does."""
    statements = statements_of(*sources)
    with contextlib.redirect_stdout(io.StringIO()):
        found, _ = observe(statements)
    return violations(statements, found)


SNIPPETS = {
    "rebind": "x = 1\nx = x + 1\nx += 1",
    "augmented items": "xs = [1]\nxs[0] += 1\ni = 0\nxs[i] = i",
    "chained and nested targets": "a = b = [1]\nc, (d, *e) = 1, (2, 3)\na[0], f = f0 = (1, 2)",
    "swap": "a, b = 1, 2\na, b = b, a",
    "annotations": "x: int = 1\ny: int\nclass K:\n    z: int = x\nxs = [0]\nxs[x - 1]: int = 5",
    "for": "for i in range(3):\n    x = i\nfor j in []:\n    y = j\nelse:\n    z = 1",
    "for targets": "xs = {}\nclass O:\n    pass\no = O()\nfor xs['k'] in [1, 2]:\n    pass\nfor o.a, (b, *c) in [(1, (2, 3))]:\n    pass",
    "for with jumps": "for i in range(4):\n    if i == 1:\n        continue\n    if i == 3:\n        break\n    x = i\nelse:\n    y = 1",
    "break through finally": "for i in range(2):\n    try:\n        break\n    finally:\n        x = 1\ny = x",
    "continue through finally": "x = 1\nfor i in range(2):\n    try:\n        continue\n    finally:\n        del x\n        x = 2",
    "break unbinds on the way": "x = 1\nfor i in range(2):\n    try:\n        break\n    finally:\n        del x",
    "while": "n = 0\nwhile n < 2:\n    n += 1\n    x = n\nelse:\n    y = n\nwhile True:\n    z = 1\n    break",
    "while that binds in its test": "it = iter([1, 0])\nwhile (v := next(it)):\n    w = v",
    "if": "a = 0\nif a:\n    x = 1\nelif a == 0:\n    y = 2\nelse:\n    z = 3",
    "try": "try:\n    x = 1\n    int('x')\n    y = 2\nexcept ValueError as e:\n    z = x\nelse:\n    w = 1\nfinally:\n    v = 1",
    "except unbinds": "e = 1\ntry:\n    int('x')\nexcept ValueError as e:\n    pass",
    "except groups": "try:\n    raise ExceptionGroup('g', [ValueError(1)])\nexcept* ValueError as g:\n    n = 1",
    "nested try": "try:\n    try:\n        x = 1\n        int('x')\n    finally:\n        y = x\nexcept ValueError:\n    z = y",
    "with": "import contextlib\nwith contextlib.nullcontext(1) as a, contextlib.nullcontext(a) as b:\n    c = a + b",
    "with that swallows": "import contextlib\nwith contextlib.suppress(ValueError):\n    x = 1\n    int('x')\n    y = 2",
    "with that swallows the second manager": (
        "import contextlib\nwith contextlib.suppress(ValueError), contextlib.nullcontext(int('x')) as y:\n    z = 1"
    ),
    "own context managers": (
        "import contextlib\n@contextlib.contextmanager\ndef guard():\n    try:\n        yield 1\n    except ValueError:\n        pass\n"
        "with guard() as g:\n    x = 1\n    int('x')\n    y = 1"
    ),
    "imports": "import os.path\nimport math as m, json\nfrom math import pi as p, e\nif m:\n    import re",
    "del": "a, b, c = 1, 2, [3]\ndel a, (b)\ndel c[0]\nfor i in range(1):\n    del c",
    "del in a condition": "a = 1\nif not a:\n    del a",
    "probe": "try:\n    missing\nexcept NameError:\n    missing = 1",
    "walrus": "x = (y := 1) + y\n[z := v for v in [1, 2]]\nif (w := 0) or (u := 1):\n    pass",
    "walrus that reads itself": "t = 0\nxs = [t := t + v for v in [1, 2]]",
    "walrus behind short circuits": "a = 0\nb = a and (x := 1)\nc = a or (y := 1)\nd = 1 if a else (z := 2)",
    "walrus in a chain": "a = 0\nb = a < 0 < (x := 1)\nc = a < 1 < (y := 2)",
    "walrus in an assertion's message": "a = 1\nassert a, (x := 1)",
    "walrus in a generator": "g = (x := v for v in [1, 2])\nn = next(g)\nm = list(g)",
    "comprehensions": (
        "n, xs = 2, [1, 2]\na = [v * n for v in xs if v < n]\nb = {v: w for v in xs for w in range(v)}\nc = {v for v in [n for n in xs]}\nd = n"
    ),
    "comprehension variables hide": "v = 1\nxs = [v for v in [v, 2]]\nys = [[v for v in [w]] for w in xs]",
    "generators": "n = 1\ng = (v + n for v in [1, 2])\nn = 2\nx = next(g)\ny = sum(v + n for v in [1])\nz = list(g)",
    "lambdas": "n = 1\nf = lambda v, w=n: v + w + n\nn = 5\nx = f(1)\nys = sorted([3, 1], key=lambda v: v * n)",
    "lambdas in comprehensions": "n = 1\nfs = [lambda w: w + v + n for v in [1, 2]]\nx = [f(1) for f in fs]",
    "a callee that keeps its argument": "kept = []\ndef apply(f):\n    kept.append(f)\nn = 1\napply(lambda v: v + n)\nn = 2\nx = kept[0](1)",
    "functions": "n = 1\ndef f(a, b=n, *c, d: int = n, **e) -> int:\n    return a + b + n\nx = f(1)",
    "function locals": "n = 1\ndef f():\n    n = 2\n    for i in range(n):\n        pass\n    return i\nx = f()",
    "global": "n = 1\ndef f():\n    global n, fresh\n    n += 1\n    fresh = n\nf()\nx = fresh",
    "global in a nested function": "n = 1\ndef f():\n    n = 2\n    def g():\n        global n\n        return n\n    return g() + n\nx = f()",
    "global del": "n = 1\ndef f():\n    global n\n    del n\nf()",
    "nonlocal": "k = 0\ndef f():\n    k = 1\n    def g():\n        nonlocal k\n        k += 1\n        return k\n    return g\nx = f()()",
    "decorators": "n = 1\ndef deco(m):\n    def wrap(f):\n        return lambda: f() + m + n\n    return wrap\n@deco(n)\ndef g():\n    return n\nx = g()",
    "late names": "def f():\n    return late\nlate = 1\nx = f()",
    "recursion": "def f(n):\n    return n and f(n - 1)\nx = f(3)",
    "class bodies": "k = w = 1\nclass K:\n    k = k\n    w = w + 1\n    def m(self):\n        return k\n    n = m\nx = K().m()",
    "comprehension in a class body": "s = 10\nclass K:\n    s = 2\n    xs = [v * s for v in range(s)]\n    t = [s for s in [s]]",
    "lambda in a class body": "s = 10\nclass K:\n    s = 2\n    f = staticmethod(lambda: s)\n    xs = sorted([2, 1], key=lambda v: v * s)\nx = K.f()",
    "class body in a function": "n = 1\ndef f():\n    n = 2\n    class K:\n        n = n\n    return K.n\nx = f()",
    "class body with conditions": "a = 0\nclass K:\n    if a:\n        b = missing\n    else:\n        c = a",
    "class with global": "n = 1\nclass K:\n    global n\n    n = 2\n    m = n",
    "private names": "_K__x = 1\nclass K:\n    y = __x\n    def m(self):\n        return __x\nz = K().m()",
    "class bases and keywords": "n = 1\nclass B:\n    def __init_subclass__(cls, k):\n        cls.k = k + n\nclass K(B, k=n):\n    pass",
    "match": "v = [1, 2, 3]\nmatch v:\n    case [a, b]:\n        x = 1\n    case [c, *d] if c > 5:\n        y = 1\n    case [e, *f]:\n        z = 1",
    "match values": (
        "class C:\n    one = 1\nk = C()\nk.two = 1\nmatch {1: [2]}:\n    case {C.one: [C.one]}:\n        pass\n    case {C.one: [int(n), *_], **r}:\n        m = n"
    ),
    "match with an irrefutable case": "match 1:\n    case 2:\n        x = 1\n    case other:\n        x = 2",
    "strings": "n = 1\nx = f'{n=} {n:>{n}} {[n for n in [1]]}'",
    "star arguments": "xs = [1]\nkw = {'end': ''}\nprint(*xs, **kw)",
    "raise": "try:\n    x = 1\n    raise ValueError\n    y = 1\nexcept ValueError:\n    pass",
    "assertion": "a = 1\nassert a\nassert a, missing",
    "future annotations": "from __future__ import annotations\ndef f(a: Missing) -> Missing:\n    pass\nx: Missing = 1",
    "await": "import asyncio\nasync def f(n):\n    return n\nx = await f(1)\nasync def g():\n    yield 1\nasync for y in g():\n    z = y\nw = [v async for v in g()]",
    "top-level global": "global x\nx = 1\ny = x",
    "leading string": "'about this'\nx = 1",
    "builtins": "sum = sum([1])\nmax = 1\nx = max + sum",
    "unicode": "ﬁle = 1\nx = file",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_facts_contain_what_a_statement_does(name: str) -> None:
    assert checked(SNIPPETS[name]) == []


@pytest.mark.parametrize("name", SNIPPETS)
def test_every_snippet_runs(name: str) -> None:
    statements = statements_of(SNIPPETS[name])
    with contextlib.redirect_stdout(io.StringIO()):
        found, _ = observe(statements)
    assert found[-1].error is None
    assert len(found) == len(statements)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(notebooks())
def test_facts_contain_what_random_notebooks_do(cells: list[Cell]) -> None:
    assert checked(*(cell.source for cell in cells if cell.kind == "code")) == []


@pytest.mark.parametrize(
    ("code", "must", "may", "kills"),
    [
        ("if a:\n    x = 1", "", "x", ""),
        ("for i in [1]:\n    x = 1", "i x", "i x", ""),
        ("for i in xs:\n    x = 1", "", "i x", ""),
        ("while True:\n    x = 1\n    if x:\n        break", "x", "x", ""),
        ("try:\n    x = 1\nexcept E:\n    y = 1\nelse:\n    x = 2", "", "x y", ""),
        ("try:\n    x = f()\nexcept E as e:\n    x = 1", "x", "x", "e"),
        ("with f() as x:\n    y = 1", "x y", "x y", ""),
        ("with suppress(E) as x:\n    y = 1", "", "x y", ""),
        ("match v:\n    case [x]:\n        y = 1\n    case _:\n        y = 2", "y", "x y", ""),
        ("a and (x := 1)", "", "x", ""),
        ("del x", "", "", "x"),
        ("try:\n    raise E\nexcept E:\n    pass\nelse:\n    x = 1", "", "x", ""),
        ("try:\n    pass\nexcept E as e:\n    pass", "", "", "e"),
        ("class x:\n    y = 1", "x", "x", ""),
    ],
)
def test_what_is_certain(code: str, must: str, may: str, kills: str) -> None:
    (statement,) = statements_of(code)
    facts = statement.facts
    assert (facts.must, facts.may, facts.kills) == (set(must.split()), set(may.split()), set(kills.split()))
