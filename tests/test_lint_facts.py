"""What lint finds out about names at a glance is what the whole analysis finds out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programs import Cell, notebooks

from nb2prod import catalogue
from nb2prod.analysis import analyze, survey
from nb2prod.catalogue._files import FILE_METHODS, FILE_NAMES
from nb2prod.model import Notebook
from nb2prod.notebook import parse, read
from nb2prod.rules import Context
from nb2prod.rules._examples import notebook_json
from nb2prod.rules._look import Look

NOTEBOOKS = sorted((Path(__file__).parent.parent / "fixtures" / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_names_at_a_glance(path: Path) -> None:
    """Statement by statement."""
    compare(read(str(path)))


@settings(max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(notebooks(), st.sets(st.integers(0, 20)))
def test_names_at_a_glance_whatever_the_code(cells: list[Cell], left_out: set[int]) -> None:
    """Some cells are missing, so that there are names that nothing binds."""
    kept = [cell.source for number, cell in enumerate(cells) if cell.kind == "code" and number not in left_out]
    compare(parse(notebook_json("\n".join(f"# %%\n{source}" for source in kept)).encode(), "a.ipynb"))


def compare(notebook: Notebook) -> None:
    """What is seen at a glance is right, and what a look around explains is bound."""
    found = survey(notebook)
    everywhere = {name for glance in found.statements for name in glance.binds | glance.rebinds}
    look = Look(Context(found), everywhere)
    for glance, whole in zip(found.statements, analyze(notebook).statements, strict=True):
        facts = whole.facts
        assert (glance.binds, glance.rebinds) == (facts.may, facts.deferred_writes), whole.place
        assert facts.reads | facts.exposed | facts.deferred <= glance.reads, whole.place
        explained = {name for name in glance.reads if look.explains(glance, [name])}
        assert not explained & (facts.exposed | (facts.deferred - everywhere)), whole.place


def test_what_reads_or_writes_is_known_by_name() -> None:
    """The lists that spare most calls a look at their types, or into the catalogue, are those of the catalogue."""
    methods: set[str] = set()
    names: set[str] = set()
    for name in catalogue.libraries():
        known = catalogue._load(name)
        for key, entry in known.entries.items():
            owner, _, last = key.rpartition(".")
            of_type = owner in known.bases or owner.startswith("~") or name in {"builtins", "kinds"}
            if entry.reads or entry.writes:
                names.add(last)
                methods.update([last] if owner and of_type else [])
        for key in [*known.bases, *known.aliases]:
            entry = catalogue.function(key)
            names.update([key.rpartition(".")[2]] if entry and (entry.reads or entry.writes) else [])
    assert methods == FILE_METHODS
    assert names == FILE_NAMES
