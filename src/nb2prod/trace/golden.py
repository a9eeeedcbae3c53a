"""Expected values for the golden tests: what the project's own `tests/golden.py` says in two runs of it alike."""

import json
import subprocess
from pathlib import Path

from nb2prod.trace.process import environment, namespaces
from nb2prod.trace.workplace import TraceError, workplace

LARGEST_INPUT = 1_000_000


def expected(script: str, folder: str, notebook: str, python: str, timeout: float, network: bool) -> str:
    """Run the script in two fresh copies of the notebook's folder; the JSON of what does not change between them.

    Raises TraceError if it does not run.
    """
    found = []
    with workplace(notebook, folder) as place:
        for seed in (1, 2):
            start = place.fresh()
            (start.records / "golden.py").write_text(script, encoding="utf-8")
            variables = environment(start.home, seed, "Agg") | {"PYTHONPATH": str(Path(folder).resolve() / "src")}
            command = [
                *namespaces(network),
                python,
                str(start.records / "golden.py"),
                str(start.records / "golden.json"),
            ]
            try:
                done = subprocess.run(
                    command,
                    cwd=start.work,
                    env=variables,
                    capture_output=True,
                    text=True,
                    timeout=timeout,
                    check=False,
                    stdin=subprocess.DEVNULL,
                )
            except subprocess.TimeoutExpired as error:
                raise TraceError(
                    f"{folder}: its golden values took more than {timeout:g} s; allow more with --timeout"
                ) from error
            if done.returncode:
                last = (done.stderr.strip() or "no message").splitlines()[-1]
                raise TraceError(f"{folder}: its golden values can't be written ({last[:300]})")
            found.append(json.loads((start.records / "golden.json").read_text(encoding="utf-8")))
    first, second = found
    values = {key: value for key, value in first["values"].items() if second["values"].get(key) == value}
    return json.dumps({"inputs": first["inputs"], "values": values}, indent=1) + "\n"


def small_inputs(notebook: str, golden: str) -> list[tuple[str, str]]:
    """The inputs that golden values name, as far as they are text and small enough for a repository: path and text."""
    folder = Path(notebook).resolve().parent
    made = []
    for name in json.loads(golden)["inputs"]:
        file = folder / name
        if file.is_file() and file.stat().st_size <= LARGEST_INPUT and file.resolve().is_relative_to(folder):
            try:
                made.append((name, file.read_bytes().decode("utf-8")))
            except UnicodeDecodeError:
                continue
    return made
