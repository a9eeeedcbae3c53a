"""Expected values for the tests: what the project's own `tests/golden.py` and `tests/cases.py` say in two runs alike."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from nb2prod.trace.process import environment, namespaces
from nb2prod.trace.workplace import TraceError, workplace

LARGEST_INPUT = 1_000_000


def expected(
    scripts: Mapping[str, str],
    folder: str,
    notebook: str,
    python: str,
    timeout: float,
    network: bool,
    real: bool = False,
) -> dict[str, str]:
    """The files that the tests compare with: golden values and, if the last script can make them, cases of stages.

    `real` says that rows of the data may be kept. Raises TraceError if the pipeline does not run.
    """
    try:
        return _alike_in_two_runs(scripts, folder, notebook, python, timeout, network, real)
    except TraceError:
        if len(scripts) < 2:
            raise
        golden = dict(list(scripts.items())[:1])  # whatever makes cases fail, golden values need not
        return _alike_in_two_runs(golden, folder, notebook, python, timeout, network, real)


def _alike_in_two_runs(
    scripts: Mapping[str, str], folder: str, notebook: str, python: str, timeout: float, network: bool, real: bool
) -> dict[str, str]:
    """Run the last of the scripts in two fresh copies of the notebook's folder; what does not change between them."""
    found = []
    with workplace(notebook, folder) as place:
        for seed in (1, 2):
            start = place.fresh()
            for name, script in scripts.items():
                (start.records / name).write_text(script, encoding="utf-8")
            made = start.records / "golden.json"
            main = start.records / list(scripts)[-1]
            command = [*namespaces(network), python, str(main), str(made), *(["real"] if real else [])]
            variables = environment(start.home, seed, "Agg") | {"PYTHONPATH": str(Path(folder).resolve() / "src")}
            _run(command, start.work, variables, timeout, folder)
            found.append(json.loads(made.read_text(encoding="utf-8")))
    first, second = found
    values = {"golden.json": {"inputs": first["inputs"], "values": _alike(first["values"], second["values"])}}
    if "cases" in first:
        values["stages.json"] = {"cases": _alike(first["cases"], second["cases"]), "skipped": first["skipped"]}
        values["stages.json"] |= {"folders": first["folders"]}
    return {name: json.dumps(content, indent=1) + "\n" for name, content in values.items()}


def _run(command: list[str], work: Path, variables: dict[str, str], timeout: float, folder: str) -> None:
    """Run a script of the tests; raises TraceError if it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=work,
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


def _alike(first: dict[str, object], second: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in first.items() if second.get(key) == value}


def small_inputs(notebook: str, golden: str) -> list[tuple[str, bytes]]:
    """The inputs that golden values name, as far as they are small enough for a repository: path and content."""
    folder = Path(notebook).resolve().parent
    files = [(name, folder / name) for name in json.loads(golden)["inputs"]]
    return [
        (name, file.read_bytes())
        for name, file in files
        if file.is_file() and file.stat().st_size <= LARGEST_INPUT and file.resolve().is_relative_to(folder)
    ]
