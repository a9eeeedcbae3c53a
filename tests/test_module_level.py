"""What moves to module level does nothing there; what acts when it is defined stays where it ran."""

import pytest
from differential import package_of
from programs import Cell
from test_properties import parts, wrong

ACTS = {
    "a decorator with a known name": [
        "def cache(f):\n    print('registered', f.__name__)\n    return f",
        "@cache\ndef g(v):\n    return v + 1\nx = g(1)",
    ],
    "a decorator that is given something to compute": [
        "import functools\ndef size():\n    print('asked')\n    return 2",
        "@functools.lru_cache(maxsize=size())\ndef g(v):\n    return v + 1\nx = g(1)",
    ],
    "a call with a known name": [
        "def field(v):\n    print('made', v)\n    return v",
        "class K:\n    size = field(3)\nx = K.size",
    ],
    "a builtin of the notebook's own": [
        "def list(v=()):\n    print('own')\n    return [v]",
        "def f(a=list()):\n    return a",
    ],
    "a function that the notebook replaces in its module": [
        "import collections\nold = collections.namedtuple\ncollections.namedtuple = lambda *_: print('own')",
        "class K:\n    pair = collections.namedtuple('Pair', 'a b')\ncollections.namedtuple = old",
    ],
    "a class that hears of its subclasses": [
        "class Base:\n    def __init_subclass__(cls):\n        print('new', cls.__name__)",
        "class K(Base):\n    pass",
    ],
    "a descriptor that hears its name": [
        "class D:\n    def __set_name__(self, owner, name):\n        print('named', name)\nd = D()",
        "class K:\n    size = d",
    ],
}
NOTHING = {
    "a logger": (
        "import logging",
        "log = logging.getLogger('towns')\ndef f():\n    log.info('x')\n    return 1",
        "log f",
    ),
    "a pattern": ("import re", "WORD = re.compile('a+')\ndef f():\n    return WORD.findall('aab')", "WORD f"),
    "a class with a path": (
        "from pathlib import Path",
        "class C:\n    source: Path = Path('x')\nx = C.source.name",
        "C",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_acts_stays(name: str) -> None:
    assert wrong(parts(*map(Cell, ["print('start')", *ACTS[name]]))) == []


@pytest.mark.parametrize("name", NOTHING)
def test_what_does_nothing_moves(name: str) -> None:
    *cells, names = NOTHING[name]
    package = package_of(parts(*map(Cell, ["print('start')", *cells])))
    pieces = [piece.statement for piece in (*package.plan.definitions, *package.plan.constants)]
    moved = {bound for at in pieces if at is not None for bound in package.analysis.statements[at].facts.may}
    assert moved == set(names.split())
    assert package.plan.fallbacks == ()


def test_a_heading_goes_on_to_the_code_below_a_definition() -> None:
    cells = [Cell("## Double the rows", "markdown"), Cell("def twice(v):\n    return v * 2"), Cell("x = twice(1)")]
    assert [stage.name for stage in package_of(cells).plan.stages] == ["double_rows"]
