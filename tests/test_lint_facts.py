"""What lint finds out about names at a glance is what the whole analysis finds out."""

from pathlib import Path

import pytest

from nb2prod import catalogue
from nb2prod.analysis import analyze, survey
from nb2prod.catalogue._files import FILE_METHODS
from nb2prod.notebook import read

NOTEBOOKS = sorted((Path(__file__).parent.parent / "fixtures" / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_names_at_a_glance(path: Path) -> None:
    """Statement by statement."""
    notebook = read(str(path))
    for glance, whole in zip(survey(notebook).statements, analyze(notebook).statements, strict=True):
        for fact in ("exposed", "reads", "must", "may", "kills", "deferred", "deferred_writes"):
            assert getattr(glance.facts, fact) == getattr(whole.facts, fact), (glance.place, fact)


def test_methods_that_read_or_write_are_known_by_name() -> None:
    """The list that spares most calls a look at their types is that of the catalogue."""
    found: set[str] = set()
    for name in catalogue.libraries():
        known = catalogue._load(name)
        for key, entry in known.entries.items():
            owner, _, last = key.rpartition(".")
            of_type = owner in known.bases or owner.startswith("~") or name in {"builtins", "kinds"}
            if owner and of_type and (entry.reads or entry.writes):
                found.add(last)
    assert found == FILE_METHODS
