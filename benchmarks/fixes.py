"""What `nb2prod lint --fix` does to real notebooks, byte for byte.

    python benchmarks/fixes.py NOTEBOOKS

Each notebook is read, mended in memory and compared with what it was: without a fix all bytes are the same; with fixes,
every line of the file outside the sources of the mended cells is, and so is all that the JSON holds but these sources.
Nothing is written. Leaves with 1 if any notebook breaks this.
"""

import argparse
import json
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from nb2prod.analysis import survey
from nb2prod.errors import NotebookError
from nb2prod.notebook import Contents, notebook_in
from nb2prod.notebook.positions import locate
from nb2prod.notebook.splice import Mended, mended
from nb2prod.rules import all_rules, check


def main() -> None:
    """Look at every notebook below a folder, with the safe fixes and with all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    paths = sorted(parser.parse_args().folder.rglob("*.ipynb"))
    counts: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    for path in paths:
        for unsafe in (False, True):
            kind = "all fixes" if unsafe else "safe fixes"
            problem = looked_at(path, unsafe, counts, kind)
            broken += [f"{path} ({kind}): {problem}\n"] if problem else []
    for kind in ("safe fixes", "all fixes"):
        sys.stdout.write(
            f"{kind}: {counts[kind, 'notebooks']} notebooks, {counts[kind, 'same']} without a fix and byte for byte the "
            f"same, {counts[kind, 'mended']} with {counts[kind, 'fixes']} fixes in {counts[kind, 'cells']} cells, "
            f"{counts[kind, 'refused']} that can't be read\n"
        )
    sys.stdout.writelines(broken)
    sys.exit(bool(broken))


def looked_at(path: Path, unsafe: bool, counts: Counter[tuple[str, str]], kind: str) -> str:
    """What is wrong with a mended notebook, "" if nothing is; the counts grow."""
    data = path.read_bytes()
    try:
        notebook = notebook_in(Contents(data), str(path))
        new = mended(data, str(path), check(survey(notebook), list(all_rules().values())), unsafe)
    except NotebookError:
        counts[kind, "refused"] += 1
        return ""
    counts[kind, "notebooks"] += 1
    if new is None:
        counts[kind, "same"] += 1
        return ""
    counts[kind, "mended"] += 1
    counts[kind, "fixes"] += new.fixes
    counts[kind, "cells"] += len(new.cells)
    return difference(data, new, str(path))


def difference(data: bytes, new: Mended, path: str) -> str:
    """What has changed beside the sources of the mended cells, "" if nothing has."""
    notebook = locate(notebook_in(Contents(data), path), Contents(data))
    allowed = {line for cell in new.cells for line, _ in notebook.cells[cell.cell - 1].physical}
    before, after = data.split(b"\n"), new.data.split(b"\n")
    for tag, first, last, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal" and not set(range(first + 1, last + 1)) <= allowed:
            return f"lines {first + 1} to {last} of the file have changed"
    old, now = json.loads(data), json.loads(new.data)
    touched = {cell.cell for cell in new.cells}
    for document in (old, now):
        for index, cell in enumerate(document.get("cells", []), 1):
            if index in touched:
                del cell["source"]
    return "" if old == now else "something beside the sources has changed"


if __name__ == "__main__":
    main()
