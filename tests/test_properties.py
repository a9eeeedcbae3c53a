"""The package made of a notebook leaves what the notebook leaves, whatever the notebook is and wherever it is cut.

`EXAMPLES=2500 python -m pytest tests/test_properties.py --hypothesis-seed=1 --hypothesis-show-statistics` tries that many
notebooks a test, others with every seed; without EXAMPLES they are few and always the same. SHRINK=1 looks for the
smallest notebook that fails, which takes minutes.
"""

import ast
import os
import re

import pytest
from differential import Package, differences, loaded, package_of, run_notebook, run_package
from hypothesis import HealthCheck, Phase, given, reject, settings
from programs import Cell, notebooks, repeating

from nb2prod.plan import grouping
from nb2prod.render import format as formatting
from nb2prod.render.annotations import Annotations
from nb2prod.render.code import Code
from nb2prod.render.stages import check

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
TRUSTED = settings(
    max_examples=EXAMPLES or 100,
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase is not Phase.shrink or "SHRINK" in os.environ],
)
FEWER = settings(TRUSTED, max_examples=EXAMPLES or 50)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long runs leave out black, which takes half of the time and must not change the program anyway."""
    if EXAMPLES:
        monkeypatch.setattr(formatting, "_black", lambda text: text)


def wrong(cells: list[Cell], runs: int = 1) -> list[str]:
    """How the package differs from the notebook, run after run."""
    wanted = run_notebook(cells)
    if wanted.error:
        reject()
    package = package_of(cells)
    with loaded(package) as modules:
        for _ in range(runs):
            found = differences(run_notebook(cells), run_package(package, modules))
            if found:
                return [*found, str(package)]
    return []


@TRUSTED
@given(notebooks())
def test_the_package_does_what_the_notebook_does(cells: list[Cell]) -> None:
    assert wrong(cells) == []


@FEWER
@given(repeating())
def test_it_does_so_where_cells_stand_again(cells: list[Cell]) -> None:
    assert wrong(cells) == []


def test_it_does_so_with_a_stage_for_every_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_border", lambda *_: -9.0)
    monkeypatch.setattr(grouping, "_may_end", lambda *_: True)

    @FEWER
    @given(notebooks())
    def cut_everywhere(cells: list[Cell]) -> None:
        assert wrong(cells) == []

    cut_everywhere()


MINIMAL = {
    "an annotated name that is deleted": [
        "def f():\n    return a",
        "for v in [1]:\n    a: int = 1\n    x = f()\n    del a",
    ],
    "an annotated name that a function reads": [
        "a: int = 1\ndef f():\n    return a\nhooks = [f]",
        "a: int = 2\nx = f()",
    ],
    "a generator function over a name that is bound later": [
        "def walk(v):\n    yield v + a\nit = walk(1)",
        "a = 2\nx = next(it)",
    ],
    "a call that does not reach the name it might read": ["def f(v):\n    return v and a\nx = f(0)", "a = 1\ny = f(1)"],
    "an iterator that a displayed expression uses up": ["it = iter([1, 2])", "sorted(it)", "x = next(it, 'none')"],
    "a display that prints": ["xs = [1, 2]", "list(map(print, xs))"],
    "a display that changes": ["xs = [1, 2]", "list(map(xs.append, [3]))"],
    "a class body that reads its own name in a function": [
        "n = 1\ndef f():\n    class K:\n        n = n\n    return K.n",
        "x = f()",
        "f = f",
    ],
    "a comprehension in a class body": [
        "s = 10",
        "class K:\n    s = 2\n    xs = [v * s for v in range(3)]",
        "ys = K.xs",
    ],
    "names of the generated code": [
        "stages, settings, Result = 1, 2, 3",
        "x = stages + settings",
        "stages = Result + x",
    ],
    "a name called dataclass": [
        "dataclass = 1\ndef f():\n    return dataclass\na, b = f(), 2",
        "c = a + b",
        "d = f() + c",
    ],
    "names of types": [
        "Any, Callable = 1, 2\nxs = []",
        "def f(v):\n    return v + Any",
        "x = f(Callable)\nxs.append(f)",
    ],
    "private names": ["__a, b = 1, 2", "# %%\nc = __a + b", "__a = c"],
    "a lambda kept by the notebook's own apply": [
        "kept = []\ndef apply(f):\n    kept.append(f)",
        "n = 1\napply(lambda v: v + n)",
        "n = 5\nx = kept[0](1)",
    ],
    "a generator that binds": ["g = (y := v for v in [1, 2])", "x = next(g)", "z = y"],
    "a value that only the last stage changes": ["c = 3", "xs = [1, 2]", "for v in xs:\n    c += v"],
    "a break through finally": ["for i in range(2):\n    try:\n        break\n    finally:\n        x = 1", "y = x"],
    "a binding that is never reached": [
        "n = 1",
        "try:\n    raise ValueError\nexcept ValueError:\n    pass\nelse:\n    n = 2\nx = n",
    ],
    "an unknown name that the package imports": [
        "def f():\n    return logging\nprint(1)",
        "try:\n    x = f()\nexcept NameError:\n    x = 2",
    ],
    "stages whose classes of results would have one name": [
        "# compute x1\na, b = 1, 2\nx1 = a + b",
        "x_1 = x1 + a\nc = b",
        "d = x_1 + x1 + c",
    ],
    "a name that is bound anew, deleted, and read by a function": [
        "total = 0\nk = 0",
        "class Box:\n    size = 3",
        "total = 7\nb = 2\ndef f(v):\n    return v + Box.size\ndel total\ndef f(v):\n    return v * total + 2",
    ],
    "a star import after a function that it replaces": [
        "def floor(v):\n    return 'own'\nx = floor(2.5)",
        "from math import *\ny = floor(2.5)",
        "def floor(v):\n    return 'again'\nz = floor(2.5)",
    ],
    "a star import after a builtin that it replaces": ["x = pow(2, 2)", "from math import *\ny = pow(2, 2)"],
    "a star import before a name of its own is bound anew": ["from math import *", "x = e", "e = 5\ny = e", "z = e"],
    "a star import under a condition": ["x = 1", "if x:\n    from math import *\ny = floor(2.5)"],
    "a builtin that is deleted after it was shadowed": ["list = [1, 2]\nx = len(list)", "del list\ny = list('ab')"],
    "a function that finds a constant missing": [
        "def f():\n    try:\n        return LIMIT\n    except NameError:\n        return 0\nx = f()",
        "LIMIT = 5",
        "y = f()",
    ],
    "a function that finds a knob missing": [
        "def f():\n    try:\n        return SEED\n    except NameError:\n        return 0\nx = f()",
        "SEED = 5",
        "y = f()",
    ],
    "a function that finds a function missing": [
        "def f():\n    try:\n        return g()\n    except Exception:\n        return 0\ndef h():\n    return f()\nx = h()",
        "def g():\n    return 5",
        "y = h()",
    ],
    "an import that is missing at first": [
        "try:\n    math\nexcept NameError:\n    x = 'no'",
        "import math\ny = math.floor(2.5)",
    ],
    "the words for a name that is not bound": [
        "a = 1\ndel a\ntry:\n    print(a)\nexcept NameError as error:\n    print(error)",
        "try:\n    a += 1\nexcept Exception as error:\n    x = type(error).__name__\n    a = 2",
    ],
    "the module's name": [
        "def f():\n    return __name__",
        "x = f'{__name__}' + f()",
        "class K:\n    n = __name__\ny = K.n",
    ],
    "text in strings": [
        'def f(v):\n    return f"""{v}\n  two"""\nx = 1',
        "print(f(x))\ny = '''a\n    b'''",
        "z = y + f(x)",
    ],
}


@pytest.mark.parametrize("name", MINIMAL)
@pytest.mark.parametrize("titles", [False, True])
def test_notebooks_that_were_wrong_once(name: str, titles: bool) -> None:
    headings = [Cell(f"# Part {number}", "markdown") for number in range(len(MINIMAL[name]))]
    cells = [Cell(source) for source in MINIMAL[name]]
    together = [cell for pair in zip(headings, cells, strict=True) for cell in pair] if titles else cells
    assert run_notebook(together).error == ""
    assert wrong(together) == []


def test_what_stands_after_an_expected_error_does_not_run() -> None:
    cells = [Cell("total = 0"), Cell("1 / 0\ntotal = 5", raises=True), Cell("x = total")]
    assert wrong(cells) == []


def test_a_name_that_an_expected_error_leaves_unbound() -> None:
    cells = [
        Cell("b = 1"),
        Cell("del b\n1 / 0\nb = 2", raises=True),
        Cell("try:\n    b\nexcept NameError:\n    b = 3"),
        Cell("x = b"),
    ]
    assert wrong(cells) == []


def parts(*cells: Cell) -> list[Cell]:
    """The cells, each under a heading of its own."""
    return [each for number, cell in enumerate(cells) for each in (Cell(f"# Part {number}", "markdown"), cell)]


def test_what_an_expected_error_leaves_crosses_borders() -> None:
    cells = [Cell("b = 1"), Cell("del b\n1 / 0\nb = 2", raises=True), Cell("try:\n    b\nexcept NameError:\n    b = 3")]
    assert wrong(parts(*cells, Cell("x = b"))) == []


def test_code_made_before_an_expected_error_sees_later_values() -> None:
    cells = [Cell("hooks = []"), Cell("x = 1\nhooks.append(lambda: x)\n1 / 0", raises=True), Cell("x = 2")]
    assert wrong(parts(*cells, Cell("y = hooks[0]()"))) == []


def test_a_function_passed_on_in_a_cell_that_may_fail() -> None:
    cells = [Cell("b = 2\ndef g(v):\n    return v * b"), Cell("x = 0\nx = list(map(g, [1]))\n1 / 0", raises=True)]
    assert wrong(parts(*cells, Cell("y = g(3)"))) == []


def test_a_class_that_a_cell_defines_after_an_error_keeps_its_name() -> None:
    cells = [
        Cell("x = 1"),
        Cell("class Box:\n    pass\n1 / 0", raises=True),
        Cell("if x:\n    class Bag:\n        pass"),
    ]
    assert wrong([*cells, Cell("print(Box.__qualname__, Bag.__qualname__)")]) == []


def test_an_import_that_may_fail_stands_beside_one_that_does_not() -> None:
    cells = [
        Cell("import math\nx = math.gcd(4, 6)"),
        Cell("import math\n1 / 0", raises=True),
        Cell("y = math.gcd(2, x)"),
    ]
    assert wrong(cells) == []


# the second run

STATE = {
    "a default that is changed": "def f(v, seen=[]):\n    seen.append(v)\n    return len(seen)",
    "an attribute of a function": "def f(v):\n    f.calls = getattr(f, 'calls', 0) + 1\n    return f.calls",
    "an attribute of a class": "class K:\n    n = 0\ndef f(v):\n    K.n += v\n    return K.n",
    "a list of a class": "class K:\n    items = []\n    def add(self, v):\n        self.items.append(v)\n        return len(self.items)\nf = K().add",
    "a cache": "import functools\n@functools.cache\ndef f(v):\n    print('called')\n    return v",
    "a cache of what reads a value": "import functools\nrate = 2\ndef g():\n    return rate\n@functools.cache\ndef f(v):\n    return v * g()\nx = f(2)\nrate = 3",
    "a shadowed builtin": "xs = [1]\ndef f(v):\n    return sum(xs) + v\nx = f(1)\nsum = len",
    "a name that is probed": "def f(v):\n    global late\n    try:\n        late += v\n    except NameError:\n        late = 0\n    return late",
}


@pytest.mark.parametrize("name", STATE)
def test_state_does_not_outlive_a_run(name: str) -> None:
    assert wrong([Cell(STATE[name]), Cell("y = f(1)\nprint(y)"), Cell("y = y + f(1)")], runs=3) == []


@FEWER
@given(notebooks())
def test_a_second_run_begins_afresh(cells: list[Cell]) -> None:
    assert wrong(cells, runs=2) == []


# the check of the stages

NOTEBOOK = [
    Cell("a = 1\nb = a + 1\nxs = [a, b]"),
    Cell("# Sum", "markdown"),
    Cell("total = 0\nfor v in xs:\n    total += v\nprint(total)"),
]


@pytest.fixture(scope="module")
def package() -> Package:
    """A small package whose text is as it should be."""
    return package_of(NOTEBOOK)


def checks(package: Package, text: str) -> None:
    """Check a text as that of the package's stages."""
    check(text, package.plan, Code(package.plan, package.analysis, Annotations({})))


def test_the_text_itself_passes(package: Package) -> None:
    checks(package, package.texts["stages"])


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"    b = a \+ 1\n", ""),
        (r"a \+ 1", "a + 2"),
        (r"    a = 1\n    b = a \+ 1\n", "    b = a + 1\n    a = 1\n"),
        (r"    total = 0\n", "    total = 0\n    total = 0\n"),
        (r"        total \+= v\n", "        total -= v\n"),
        (r"        total \+= v\n", "        total = total + v\n"),
        (r"\[a, b\]", "[b, a]"),
    ],
)
def test_a_changed_text_is_caught(package: Package, pattern: str, instead: str) -> None:
    text, count = re.subn(pattern, instead, package.texts["stages"])
    assert count == 1
    ast.parse(text)
    with pytest.raises(AssertionError, match="is not the notebook's own"):
        checks(package, text)
