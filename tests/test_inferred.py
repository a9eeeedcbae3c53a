"""What was inferred about libraries is about names that they have."""

import warnings
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from nb2prod.catalogue import _inferred as inferred

LIBRARIES = sorted(path.stem for path in (Path(inferred.__file__).parent / "inferred").glob("*.txt"))
# Another release may lack some names; if it lacks more, scripts/library_types.py should write the file anew.
GONE = 0.2


def found(dotted: str) -> Any:
    """What a dotted name stands for; what can't be imported here counts as found."""
    parts = dotted.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            value: Any = import_module(".".join(parts[:length]))
        except ModuleNotFoundError as error:
            if error.name and not dotted.startswith(error.name):
                return error
            continue
        except Exception as error:
            return error
        try:
            for part in parts[length:]:
                value = getattr(value, part, None)
        except ImportError as error:
            return error
        return value
    return None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("library", LIBRARIES)
def test_classes_exist(library: str) -> None:
    """Each class can be imported by the name that annotations give it."""
    if not find_spec(library):
        pytest.skip("not installed")
    names = sorted(inferred.inferred(library).bases)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        missing = [name for name in names if found(name) is None]
    assert len(missing) <= GONE * len(names), missing


@pytest.mark.parametrize("library", LIBRARIES)
def test_types_are_well_formed(library: str) -> None:
    """Every type is a name with arguments, or a union of such."""
    known = inferred.inferred(library)
    types = {kind for table in (known.returns, known.attributes) for kind in table.values() if kind}
    assert [kind for kind in types if kind.count("[") != kind.count("]") or kind[:1] == "."] == []
