"""How good the proof is: whether it sees wrong code, and what it costs.

    python benchmarks/verify.py mutate --python PY --count 25 [--golden 5] [NOTEBOOK ...]
    python benchmarks/verify.py time --python PY --repeat 3 [NOTEBOOK ...]
    python benchmarks/verify.py agree --python PY --results FOLDER [--seconds 460] NOTEBOOK-or-FOLDER ...

Without notebooks those in fixtures/ are taken. Each is converted into a folder of its own first.

`mutate` changes the stage functions of each project in one place at a time and reports the share of changes that
verify sees; those that it does not see are listed. Changes of code that does not run are left out, and so are those
that leave the same variables, text and random state wherever they are run (see twins.py). With `--golden`
the first of the changes are shown to the project's own golden tests too.

`time` compares a whole verify with the notebook's own run, in a bare IPython shell that nobody watches, and adds a
notebook with a table of 500,000 rows. `looking` is the share of the notebook's run that looking at values takes.

`agree` lays verify's verdicts beside those of a scoreboard that observes the projects from outside.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from agreement import report_agreement, silent
from mutants import Mutant, chosen, failing_at
from twins import both

from nb2prod.config import Config
from nb2prod.model.evidence import Evidence, Trace
from nb2prod.notebook import read
from nb2prod.pipeline import convert, prove, verify
from nb2prod.trace import Options, apart, begin_notebook, begin_project, finish, made_in, workplace
from nb2prod.verify import borders, judge
from nb2prod.write import write

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notebooks"
LARGE = """import numpy as np, pandas as pd
rng = np.random.default_rng(0)
n = 500_000
df = pd.DataFrame({f"x{i}": rng.normal(size=n) for i in range(8)})
df["k"] = rng.choice(["a", "b", "c"], n)
df["d"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 1000, n), unit="h")
---
df["s"] = df[["x0", "x1", "x2"]].sum(axis=1)
d2 = df[df.s > 0].sort_values("s")
---
g = d2.groupby("k").mean(numeric_only=True)
print(g.round(3))
---
r = df["x0"].rolling(50).mean()
m = df.merge(g[["s"]].rename(columns={"s": "gs"}), left_on="k", right_index=True)
print(len(m))"""
# The notebook's own run: its cells in a shell, as they come.
BARE = """import json, sys
from IPython.core.interactiveshell import InteractiveShell
class ZMQInteractiveShell(InteractiveShell):
    def enable_gui(self, gui=None): pass
shell = ZMQInteractiveShell.instance()
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code": shell.run_cell("".join(cell["source"]), store_history=True)
    if "matplotlib.pyplot" in sys.modules: sys.modules["matplotlib.pyplot"].close("all")
import os; os._exit(0)"""


@contextmanager
def project_of(path: str, options: Options, *, proven: bool) -> Iterator[Path]:
    """The project that a notebook becomes, in a folder that is gone afterwards; with golden tests if it is `proven`."""
    with tempfile.TemporaryDirectory(prefix="nb2prod-bench-") as root:
        folder = Path(root) / "project"
        made = convert(path, Config())
        write(made.project, folder)
        if proven:
            write(prove(path, str(folder), Config(), made, options, silent, with_data=True).project, folder)
        yield folder


# The fates that count: a change of code that does not run, or that leaves the same, is none.
COUNTED = {"seen", "not seen"}


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: seen, not seen, equivalent, not run; and what the golden tests said: True if they failed."""

    mutant: Mutant
    seen: str
    golden: bool | None = None


class Bench:
    """One notebook, traced twice, and its project, whose mutants are traced one after another."""

    def __init__(self, path: str, folder: Path, options: Options) -> None:
        """Trace the notebook."""
        self.path, self.folder, self.options = path, folder, options
        self.notebook, self.made = read(path), made_in(str(folder))
        self.marks = borders(self.made.stages)
        self.stages = self.made.source / self.made.package / "stages.py"
        self.text = self.stages.read_text(encoding="utf-8")

    def mutate(self, count: int, golden: int, seed: int) -> list[Fate]:
        """The fates of some mutants; nothing if the project is not proven as it is."""
        ends = {max(mark.cells) for mark in self.marks if mark.aligned}
        with workplace(self.path, str(self.folder)) as self.place:
            runs = [
                finish(begin_notebook(self.notebook, self.place, self.options, ends, seed, silent))[0]
                for seed in (1, 2)
            ]
            self.first, self.again = runs
            if not self.proven(self.text):
                return []
            if golden and self.failing(self.text):
                raise ValueError(f"{self.path}: its golden tests fail as it is")
            mutants = chosen(self.text, count, seed)
            with ThreadPoolExecutor(2 if apart(self.options.network) else 1) as pool:
                return list(pool.map(self.fate, mutants, range(golden, golden - len(mutants), -1)))

    def fate(self, mutant: Mutant, golden: int) -> Fate:
        """Whether verify sees a mutant, and whether the golden tests do if it is their turn."""
        seen = "seen"
        if self.proven(mutant.text):
            seen = "not run" if self.proven(failing_at(self.text, mutant.line)) else self.survived(mutant)
        return Fate(mutant, seen, self.failing(mutant.text) if golden > 0 and seen in COUNTED else None)

    def survived(self, mutant: Mutant) -> str:
        """What a change is that verify does not see: one that can't matter on this data, or one that it should see."""
        if mutant.kind == "copy":
            return "not seen"  # what is lost is no value
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder, "twins.txt")
            text = both(self.text, mutant.text, self.made.package, str(output))
            if text is None or not self.proven(text):
                return "not seen"
            lines = set(output.read_text(encoding="utf-8").split()) if output.is_file() else set()
        return "not seen" if lines - {"same"} else "equivalent" if lines else "not run"

    def proven(self, text: str) -> bool:
        """Whether the project is proven with another text of its stages."""
        with tempfile.TemporaryDirectory() as copies:
            source = self.copied(Path(copies), text) / "src"
            limits = replace(self.options, timeout=max(30.0, 10 * self.first.seconds))
            made = replace(self.made, source=source)
            [trace] = finish(begin_project(made, self.notebook, self.place, limits, silent))
            return self.judged(trace).proven

    def judged(self, trace: Trace) -> Evidence:
        """The evidence that a run of the project is."""
        return judge(self.notebook, self.first, [self.again], trace, self.marks, self.options.tolerance)

    def copied(self, root: Path, text: str) -> Path:
        """A copy of the project with another text of its stages."""
        copy = root / "project"
        shutil.copytree(self.folder, copy)
        (copy / "src" / self.made.package / "stages.py").write_text(text, encoding="utf-8")
        return copy

    def failing(self, text: str) -> bool:
        """Whether the golden tests fail."""
        with tempfile.TemporaryDirectory() as copies:
            copy = self.copied(Path(copies), text)
            words = [self.options.python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/test_golden.py"]
            done = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False, timeout=300)
            if "skipped" in done.stdout and "passed" not in done.stdout:
                raise ValueError(f"{self.path}: its golden tests were skipped: {done.stdout[-300:]}")
            return done.returncode == 1


def report_mutants(paths: Sequence[str], options: Options, count: int, golden: int, seed: int) -> None:
    """Print a line a notebook, the survivors, and the scores by kind; changes of code that does not run don't count."""
    every: list[Fate] = []
    equivalent = 0
    for path in paths:
        with project_of(path, options, proven=golden > 0) as folder:
            done = Bench(path, folder, options).mutate(count, golden, seed)
        ran = [fate for fate in done if fate.seen in COUNTED]
        every += ran
        fates = Counter(fate.seen for fate in done)
        equivalent += fates["equivalent"]
        note = "" if done else " (not proven as it is)"
        left = f"{fates['equivalent']} equivalent, {fates['not run']} not run"
        print(f"{Path(path).name}: {fates['seen']} of {len(ran)} seen, {left}{note}", flush=True)
        for fate in done:
            print_fate(fate)
    sums = Counter(fate.mutant.kind for fate in every)
    seen = Counter(fate.mutant.kind for fate in every if fate.seen == "seen")
    for kind, number in sorted(sums.items()):
        print(f"{kind}: {seen[kind]} of {number}")
    if every:
        print(f"verify: {seen.total()} of {len(every)} = {seen.total() / len(every):.3f}")
        print(f"with {equivalent} equivalent ones: {seen.total() / (len(every) + equivalent):.3f}")
    tried = [fate for fate in every if fate.golden is not None]
    if tried:
        failed = sum(bool(fate.golden) for fate in tried)
        print(f"golden tests: {failed} of {len(tried)} = {failed / len(tried):.3f}")


def print_fate(fate: Fate) -> None:
    """A line on a mutant that verify or the golden tests did not see."""
    missed = [
        *(["not seen by verify"] if fate.seen == "not seen" else []),
        *(["not seen by golden tests"] if fate.golden is False else []),
        *(["equivalent"] if fate.seen == "equivalent" else []),
    ]
    if missed:
        mutant = fate.mutant
        print(f"  {', '.join(missed)}: {mutant.kind}, line {mutant.line}: {mutant.before!r}", flush=True)


def report_times(paths: Sequence[str], options: Options, repeat: int) -> None:
    """Print a table of the time of verify against the notebook's own, medians of some runs, and the medians of the columns."""
    print(f"{'notebook':32} {'own run':>8} {'verify':>8} {'allowed':>8} {'times':>6} {'looking':>8}  verdict")
    ratios, shares, kept = [], [], 0
    for path in paths:
        with project_of(path, options, proven=False) as folder:
            runs = [timed(path, folder, options) for _ in range(repeat)]
        own, whole = (statistics.median(run[n] for run in runs) for n in (0, 1))
        evidence = runs[-1][2]
        share = statistics.median(run[2].looking_seconds for run in runs) / own
        allowed = 3.3 * own + 1
        ratios.append((whole - 1) / own)
        shares.append(share)
        kept += whole <= allowed
        name = Path(path).stem[:32]
        print(
            f"{name:32} {own:8.2f} {whole:8.2f} {allowed:8.2f} {ratios[-1]:6.2f} {share:8.1%}  {evidence.verdict}",
            flush=True,
        )
    print(
        f"within 3.3 times the own run and 1 s: {kept} of {len(paths)}; median {statistics.median(ratios):.2f} times and 1 s"
    )
    print(f"looking at values: median {statistics.median(shares):.1%} of the own run, most {max(shares):.1%}")


def timed(path: str, folder: Path, options: Options) -> tuple[float, float, Evidence]:
    """The seconds of the notebook's own run and those of verify."""
    with tempfile.TemporaryDirectory() as copies:
        work = Path(copies) / "work"
        shutil.copytree(Path(path).parent, work)
        env = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline", "OMP_NUM_THREADS": "1"}
        words = [options.python, "-c", BARE, str(work / Path(path).name)]
        begun = time.perf_counter()
        subprocess.run(words, cwd=work, env=env, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        own = time.perf_counter() - begun
    begun = time.perf_counter()
    evidence = verify(path, str(folder), options, silent)
    return own, time.perf_counter() - begun, evidence


def large(folder: Path) -> str:
    """A notebook with a table of 500,000 rows."""
    cells = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None}
        for cell in LARGE.split("\n---\n")
    ]
    path = folder / "table-of-500000-rows.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return str(path)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["mutate", "time", "agree"])
    parser.add_argument("notebooks", nargs="*")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--count", type=int, default=25, help="changes a notebook")
    parser.add_argument("--golden", type=int, default=0, help="changes a notebook that its golden tests see too")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--results", type=Path, help="folder of a scoreboard's results")
    parser.add_argument("--seconds", type=float, default=460.0, help="no notebook is begun after so long")
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds that each run may take")
    given = parser.parse_intermixed_args()
    # colab-images installs packages when it runs
    fixtures = sorted(str(path) for path in FIXTURES.glob("*/*.ipynb") if path.stem != "colab-images")
    paths = given.notebooks or fixtures
    options = Options(given.python, given.timeout)
    if given.what == "agree":
        report_agreement(given.results, paths, options, given.seconds)
        return
    if given.what == "mutate":
        report_mutants(paths, options, given.count, given.golden, given.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        report_times([*paths, large(Path(folder))], options, given.repeat)


if __name__ == "__main__":
    main()
