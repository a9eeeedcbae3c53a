"""Golden projects: what each notebook in tests/golden becomes, to the letter.

`UPDATE_GOLDEN=1 python -m pytest tests/test_conversions.py` writes them anew; read the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from nb2prod.config import Config
from nb2prod.model import Project
from nb2prod.pipeline import convert

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.parent.name for path in GOLDEN.glob("*/notebook.ipynb"))
FILES = ("stages.py", "pipeline.py", "settings.py")
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def converted(name: str) -> Project:
    """The project of a golden notebook."""
    return convert(str(GOLDEN / name / "notebook.ipynb"), Config(), name).project


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", NAMES)
def test_the_project_is_the_one_that_we_promise(name: str, file: str) -> None:
    """Whoever changes what is generated sees it here first."""
    expected = GOLDEN / name / file
    project, path = converted(name), f"src/{name}/{file}"
    text = project[path] if path in project.paths else ""
    if UPDATE and text:
        expected.write_text(text, encoding="utf-8")
    assert text == (expected.read_text(encoding="utf-8") if expected.exists() else ""), (
        "if this is meant: UPDATE_GOLDEN=1 python -m pytest " + __file__
    )


def test_there_is_nothing_else_in_the_folder() -> None:
    """A file that no test compares would rot."""
    found = {
        path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }
    made = {f"{name}/{file}" for name in NAMES for file in FILES if f"src/{name}/{file}" in converted(name).paths}
    assert found == made | {f"{name}/notebook.ipynb" for name in NAMES}
