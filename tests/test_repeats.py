"""A cell that stands in the notebook more than once becomes one function, called each time."""

import re

import pytest
from differential import Package, package_of
from programs import Cell
from test_properties import parts, wrong

BEST = "best = max(xs)\nfor v in xs:\n    if v == best:\n        print('best', v, n)\nshare = best / sum(xs)"
FIRST, OTHER = "xs, n = [1, 2, 3], 1", "xs = [4, 4]\nn = 's'"
CASES = {
    "with other values": [FIRST, BEST, OTHER, BEST, "z = share + best"],
    "the result of the first is read too": [FIRST, BEST, f"y = share\n{OTHER}", BEST, "z = share + best + y"],
    "it reads what it made": [FIRST, f"{BEST}\nxs = xs + [best]", "c = 1", f"{BEST}\nxs = xs + [best]", "z = xs"],
    "three times": [FIRST, BEST, OTHER, BEST, "n = 5\nxs = xs * 2", BEST, "z = share"],
}
APART = {
    "a name that is bound in one only": [FIRST, BEST.replace("n)", "n, 0)"), OTHER, BEST, "z = share"],
    "what is not bound for certain": [
        "xs, n = [1, 2], 0",
        "for v in xs:\n    n += v\n    if n > 2:\n        print(n)\n        last = n",
        "xs = [5]",
        "for v in xs:\n    n += v\n    if n > 2:\n        print(n)\n        last = n",
        "z = last",
    ],
    "a name that is unbound the first time": [
        "xs = [1]",
        "try:\n    print(w)\nexcept NameError:\n    print('none')\nxs = xs * 2",
        "w = 1",
        "try:\n    print(w)\nexcept NameError:\n    print('none')\nxs = xs * 2",
    ],
}


def calls(package: Package) -> list[str]:
    """The stages that the pipeline calls, in order."""
    return re.findall(r"stages\.(\w+)\(", package.texts["pipeline"])


@pytest.mark.parametrize("name", CASES)
def test_it_is_called_several_times(name: str) -> None:
    cells = parts(*map(Cell, CASES[name]))
    package = package_of(cells)
    repeated = [stage for stage in package.plan.stages if stage.repeats]
    assert wrong(cells, runs=2) == []
    assert repeated
    assert package.texts["stages"].count("best = max(xs)") == 1
    assert calls(package).count(repeated[0].name) == len(repeated) + 1


@pytest.mark.parametrize("name", APART)
def test_cells_that_are_not_one_function_stay_apart(name: str) -> None:
    cells = parts(*map(Cell, APART[name]))
    assert wrong(cells) == []
    assert not any(stage.repeats for stage in package_of(cells).plan.stages)


def test_its_figures_keep_their_names() -> None:
    plot = "plt.plot(xs)\nplt.title('some rows')\nplt.xlabel('row')\nplt.show()"
    cells = ["import matplotlib.pyplot as plt\nxs = [1, 2]", plot, "xs = [3]", plot]
    package = package_of(parts(*map(Cell, cells)))
    assert re.findall(r'"cell-\d+"', package.texts["pipeline"]) == ['"cell-4"', '"cell-8"']
    assert '"cell-' not in package.texts["stages"]


def test_the_pipeline_names_nothing_that_it_does_not_use() -> None:
    package = package_of(parts(*map(Cell, ["xs, n = [1, 2, 3], 1", BEST, "xs = [4, 4]", BEST, "z = share + best"])))
    names = re.findall(r"^    (\w+) = stages", package.texts["pipeline"], re.MULTILINE)
    assert [name for name in names if len(re.findall(rf"\b{name}\b", package.texts["pipeline"])) == 1] == []
