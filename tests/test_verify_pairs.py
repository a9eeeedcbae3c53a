"""Wrong pairs: two values that some tool calls equal. Verify must see each; and it must call a value equal to itself.

The list is in wrong_pipelines.py.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from wrong_pipelines import EQUAL, NUMPY, PAIRS, PANDAS, WRONG, published

from nb2prod.model.evidence import Value
from nb2prod.trace.loading import value_of
from nb2prod.trace.tracer.records import make_digester
from nb2prod.verify.values import match

os.environ.setdefault("KERAS_BACKEND", "torch")
# Two values that are close.
SAME = [
    ("floats-within-the-tolerance", "", "x = [0.1 + 0.2, 1.0]", "x = [0.3, 1.0]"),
    ("many-floats-within-the-tolerance", "numpy", NUMPY + "x = np.linspace(1, 2, 20001)", NUMPY + "x = np.linspace(1, 2, 20001) * (1 + 3e-16)"),
]  # fmt: skip
CLOSE_FRAME = ("", "pandas", PANDAS + "x = f.assign(a=[0.1 + 0.2, 1, 2])", PANDAS + "x = f.assign(a=[0.3, 1, 2])")


def digest(code: str, tolerance: float = 1e-9) -> Value:
    """The digest of `x` after some code, by way of JSON as in a real run; without tolerance as in its first pass."""
    namespace: dict[str, object] = {}
    exec(compile(code, "<pair>", "exec"), namespace)
    return value_of(json.loads(json.dumps(make_digester(tolerance)(namespace["x"]).json())))


def require(*names: str) -> None:
    """Skip if a library is not installed."""
    for name in filter(None, names):
        pytest.importorskip(name)


pairs = pytest.mark.parametrize(("name", "needs", "one", "other"), PAIRS, ids=[pair[0] for pair in PAIRS])


@pairs
def test_a_wrong_value_is_seen(name: str, needs: str, one: str, other: str) -> None:
    require(*needs.split())
    assert match(digest(one), digest(other)).outcome == "differs"
    assert digest(one, 0).exact != digest(other, 0).exact


@pairs
def test_a_value_equals_itself(name: str, needs: str, one: str, other: str) -> None:
    require(*needs.split())
    assert digest(one) == digest(one)
    assert digest(one, 0) == digest(one, 0)
    assert digest(one).unknown == 0


@pytest.mark.parametrize(("name", "needs", "one", "other"), [*SAME, CLOSE_FRAME])
def test_close_floats_are_close_and_not_equal(name: str, needs: str, one: str, other: str) -> None:
    require(*needs.split())
    assert match(digest(one), digest(other)).outcome == "close"


def test_the_list_is_as_long_as_promised_and_published() -> None:
    assert len(PAIRS) >= 50
    for names in ([pair[0] for pair in PAIRS], [case[0] for case in WRONG], [case[0] for case in EQUAL]):
        assert len(set(names)) == len(names)
    page = Path(__file__).parents[1] / "docs" / "wrong-pipelines.md"
    assert page.read_text(encoding="utf-8") == published(), "run python tests/wrong_pipelines.py"


def test_another_process_digests_the_same() -> None:
    """Another hash seed, another address space: the same digests."""
    usable = [pair for pair in PAIRS if all(map(importlib.util.find_spec, pair[1].split()))]
    code = (
        f"import json, sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from test_verify_pairs import PAIRS, digest\n"
        "print(json.dumps([digest(pair[2]).exact for pair in PAIRS if pair[0] in sys.argv]))"
    )
    command = [sys.executable, "-c", code, *(pair[0] for pair in usable)]
    found = [
        json.loads(
            subprocess.run(
                command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
            ).stdout.splitlines()[-1]
        )
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
