"""Start the tracer as a script: `python .../tracer/__main__.py job.json`; its folder does not stay on the path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

NAME = "nb2prod_tracer"


def load() -> None:
    """Make the folder of this file importable as a package of its own name, so that it hides no module of the user."""
    folder = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != folder]
    spec = importlib.util.spec_from_file_location(
        NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder}: the tracer's own files are missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    load()
    importlib.import_module(f"{NAME}.job").main(sys.argv[1])
