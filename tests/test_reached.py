"""Nothing is generated that nothing uses: every function and class of a project is named somewhere else in it."""

from typing import Literal

import pytest
from generated import FIXTURES
from reached import unreached

from nb2prod.config import Config
from nb2prod.pipeline import convert

NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())


@pytest.mark.parametrize("profile", ["library", "batch", "service"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_generated_that_nothing_uses(name: str, profile: Literal["library", "batch", "service"]) -> None:
    path = str(FIXTURES / name / f"{name}.ipynb")
    assert unreached(convert(path, Config(project_profile=profile)).project, path) == set()
