"""The static facts of notebooks against what a run of them does to names.

    python benchmarks/oracle.py [--with-dir] [--timeout SECONDS] [--jobs N] NOTEBOOK-or-FOLDER-or-LIST ...

Each notebook runs in a child process and an empty folder (a copy of its own with --with-dir), in a namespace that records
every read, binding and unbinding of a name (`tests/oracle.py`). What a statement did and its facts do not allow is printed.
Magics do nothing; a cell that fails ends there, and the run goes on with the next. Needs what the notebooks import.
"""

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from nb2prod.analysis import analyze  # noqa: E402
from nb2prod.notebook import parse  # noqa: E402

FOLLOW = {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0"}


def one(path: Path) -> dict[str, object]:
    """Run one notebook here and hold it against its facts."""
    from oracle import observe, violations

    analysis = analyze(parse(path.read_bytes(), path.name))
    given = {"__magic__": lambda *_: None, "display": lambda *_, **__: None}
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seen, _ = observe(analysis.statements, given)
    return {
        "statements": len(analysis.statements),
        "run": len(seen),
        "failed": sum(each.error is not None for each in seen),
        "reflective": sorted({reflection.kind for reflection in analysis.reflections}),
        "violations": violations(analysis.statements, seen),
    }


def child(path: Path, with_dir: bool, timeout: float) -> dict[str, object]:
    """Run one notebook in a process and a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "run"
        if with_dir:
            shutil.copytree(path.parent, place)
        else:
            place.mkdir()
        command = [sys.executable, str(Path(__file__).resolve()), "--one", str(path.resolve())]
        try:
            done = subprocess.run(
                command,
                cwd=place,
                env={**os.environ, **FOLLOW},
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": f"longer than {timeout:.0f} s"}
    line = done.stdout.strip().rpartition("\n")[2]
    if done.returncode or not line.startswith("{"):
        return {"error": (done.stderr.strip() or f"exit code {done.returncode}").rpartition("\n")[2]}
    made: dict[str, object] = json.loads(line)
    return made


def notebooks(paths: list[Path]) -> Iterator[Path]:
    """The notebooks of files, folders and lists."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.ipynb"))
        elif path.suffix == ".txt":
            yield from (Path(line) for line in path.read_text().splitlines() if line.strip())
        else:
            yield path


def main() -> None:
    """Print what the facts of the notebooks do not allow, and the totals."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--with-dir", action="store_true")
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print("\n" + json.dumps(one(options.paths[0])))
        return
    total: Counter[str] = Counter()
    with ThreadPoolExecutor(options.jobs) as pool:
        made = [
            (path, pool.submit(child, path, options.with_dir, options.timeout)) for path in notebooks(options.paths)
        ]
        for path, future in made:
            told(path, future.result(), total)
    print(", ".join(f"{count} {name}" for name, count in total.items()))


def told(path: Path, found: dict[str, object], total: Counter[str]) -> None:
    """Print what the facts of one notebook do not allow, and count."""
    total["notebooks"] += 1
    if "error" in found:
        total["not observed"] += 1
        print(f"{path.name}: not observed: {found['error']}", flush=True)
        return
    total.update({name: int(str(found[name])) for name in ("statements", "run", "failed")})
    wrong = found["violations"]
    assert isinstance(wrong, list)
    total["violations"] += len(wrong)
    total["notebooks with violations"] += bool(wrong)
    total["of these reflective"] += bool(wrong and found["reflective"])
    for claim in wrong:
        print(f"{path.name}: {claim} {found['reflective'] or ''}", flush=True)


if __name__ == "__main__":
    main()
