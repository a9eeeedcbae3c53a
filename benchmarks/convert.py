"""How conversion time grows with a notebook: 100, 1,000 and 10,000 cells of six lines.

    python benchmarks/convert.py [CELLS ...]

Each step is timed once in one process, on notebooks made here: read a table, derive columns, define and call a
function, split, fit, evaluate, print, with headings between, and with names that flow from cell to cell. The table shows
seconds of processor time a step, and how much longer each takes than for the notebook before; growth as large as the notebook's is linear.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from nb2prod.analysis import analyze, survey
from nb2prod.notebook import parse
from nb2prod.plan import make_plan
from nb2prod.render import render
from nb2prod.rules import all_rules, check_notebook

Value = TypeVar("Value")
STEPS = ("read", "analyze", "check", "plan", "render")
CELLS = (
    "# Read the orders of part {n}\npath_{n} = 'data/orders_{n}.csv'\norders_{n} = pd.read_csv(path_{n})\norders_{n} = orders_{n}.dropna()\n"
    "print(orders_{n}.shape)\norders_{n}.head()",
    "orders_{n}['total'] = orders_{n}['price'] * orders_{n}['count']\nlimit_{n} = orders_{n}['total'].quantile(0.9)\n"
    "large_{n} = orders_{n}[orders_{n}['total'] > limit_{n}]\nshare_{n} = len(large_{n}) / len(orders_{n})\nshares.append(share_{n})\n"
    "print('share', share_{n})",
    "def scale_{n}(frame, by=2):\n    result = frame.copy()\n    result['total'] = result['total'] / by\n    return result\n\n"
    "scaled_{n} = scale_{n}(large_{n})",
    "features_{n} = scaled_{n}.drop(columns=['price'])\ntarget_{n} = scaled_{n}['price']\nX_train, X_test, y_train, y_test = train_test_split(\n"
    "    features_{n}, target_{n}, test_size=0.2, random_state=0\n)\nrows = len(X_train)",
    "model_{n} = LinearRegression()\nmodel_{n}.fit(X_train, y_train)\npredicted_{n} = model_{n}.predict(X_test)\n"
    "score_{n} = r2_score(y_test, predicted_{n})\nscores[{n}] = score_{n}\nif score_{n} > best: best = score_{n}",
    "summary_{n} = []\nfor name, value in scores.items():\n    if value > 0.5:\n        summary_{n}.append((name, value))\n"
    "total = total + len(summary_{n})\nprint(f'{{total}} good models')",
)
START = (
    "import pandas as pd\nfrom sklearn.linear_model import LinearRegression\nfrom sklearn.metrics import r2_score\n"
    "from sklearn.model_selection import train_test_split\nscores, shares = {}, []\nbest, total = 0.0, 0"
)


def notebook(count: int) -> bytes:
    """A notebook of that many code cells, a heading before every sixth."""
    cells = [_cell("code", START)]
    for number in range(count - 1):
        part, kind = divmod(number, len(CELLS))
        if kind == 0:
            cells.append(_cell("markdown", f"## Part {part}"))
        cells.append(_cell("code", CELLS[kind].format(n=part)))
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def _cell(kind: str, source: str) -> dict[str, object]:
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def measure(count: int) -> list[float]:
    """The seconds that each step takes."""
    data, seconds, rules = notebook(count), [], list(all_rules().values())

    def timed(step: Callable[[], Value]) -> Value:
        start = time.process_time()
        result = step()
        seconds.append(time.process_time() - start)
        return result

    read = timed(lambda: parse(data, "synthetic.ipynb"))
    analysis = timed(lambda: analyze(read))
    findings, _ = timed(lambda: check_notebook(survey(read), rules))
    plan = timed(lambda: make_plan(analysis, findings))
    timed(lambda: render(plan, analysis))
    return seconds


def main() -> None:
    """Print the table."""
    counts = [int(argument) for argument in sys.argv[1:]] or [100, 1_000, 10_000]
    print(f"{'cells':>7}" + "".join(f"{step:>16}" for step in (*STEPS, "total")))
    measure(10)  # imports and caches
    before: list[float] = []
    for count in counts:
        seconds = measure(count)
        seconds.append(sum(seconds))
        ratios = [f"(x{now / then:.1f})" for now, then in zip(seconds, before, strict=False)] or [""] * len(seconds)
        print(f"{count:>7}" + "".join(f"{s:>8.2f} {r:<7}" for s, r in zip(seconds, ratios, strict=True)), flush=True)
        before = seconds


if __name__ == "__main__":
    main()
