"""What users install: the wheel holds all that the checkout has, and works without the checkout."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import nb2prod
from nb2prod.rules._examples import notebook_json

ROOT = Path(__file__).resolve().parents[1]
# All tests of this file stay on one worker: they share what was built.
pytestmark = pytest.mark.xdist_group("packaging")


def wheel_of(source: Path, folder: Path) -> Path:
    """Build a wheel of a source tree, without a network."""
    (path,) = WheelBuilder(str(source)).build(directory=str(folder), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built of the checkout."""
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built of the source distribution: what a release consists of."""
    folder = tmp_path_factory.mktemp("sdist")
    (path,) = SdistBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with tarfile.open(path) as archive:
        # the argument came with 3.11.4
        archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    return wheel_of(Path(path.removesuffix(".tar.gz")), folder)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel; the checkout is not beside it."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def members(wheel: Path) -> set[str]:
    """The files in a wheel."""
    return set(zipfile.ZipFile(wheel).namelist())


def below(folder: str) -> set[str]:
    """The files of a folder of the checkout, without what Python and tools leave there."""
    paths = (path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not re.search(r"__pycache__|\.\w+_cache", path.as_posix())}


def test_the_wheel_has_every_template(wheel: Path) -> None:
    prefix = "nb2prod/_templates/"
    assert {name.removeprefix(prefix) for name in members(wheel) if name.startswith(prefix)} == below("templates")


def test_templates_are_no_code_for_other_tools() -> None:
    assert [name for name in below("templates") if not name.endswith(".j2")] == []


def test_the_wheel_has_every_module_and_is_typed(wheel: Path) -> None:
    assert {f"nb2prod/{name}" for name in below("src/nb2prod")} <= members(wheel)
    assert "nb2prod/py.typed" in members(wheel)


def test_the_wheel_has_nothing_else(wheel: Path) -> None:
    assert {name.partition("/")[0] for name in members(wheel)} == {
        "nb2prod",
        f"nb2prod-{nb2prod.__version__}.dist-info",
    }


def test_the_wheel_has_the_licence(wheel: Path) -> None:
    (name,) = (name for name in members(wheel) if name.endswith("licenses/LICENSE"))
    assert "Apache License" in zipfile.ZipFile(wheel).read(name).decode()


def test_the_source_distribution_makes_the_same_wheel(wheel: Path, published: Path) -> None:
    assert members(published) == members(wheel)


def test_the_entry_point_is_the_command() -> None:
    (command,) = entry_points(group="console_scripts", name="nb2prod")
    assert command.value == "nb2prod.__main__:main"
    assert callable(command.load())


@pytest.mark.parametrize("argument", ["--version", "-V"])
def test_the_module_is_the_command(argument: str) -> None:
    done = subprocess.run([sys.executable, "-m", "nb2prod", argument], capture_output=True, text=True, check=True)
    assert done.stdout == f"nb2prod {nb2prod.__version__}\n"


def test_the_installed_script_is_the_command() -> None:
    script = Path(sys.executable).with_name("nb2prod")
    if not script.exists():
        pytest.skip("nb2prod is not installed in this environment")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"nb2prod {nb2prod.__version__}\n"


def test_the_versions_of_package_and_wheel_agree(wheel: Path) -> None:
    assert wheel.name == f"nb2prod-{nb2prod.__version__}-py3-none-any.whl"


def test_the_wheel_converts_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook_json("# %%\nprice = 3\nprint(price)"), encoding="utf-8")
    command = [sys.executable, "-m", "nb2prod", "convert", "a.ipynb", "-o", "made"]
    env = {**os.environ, "PYTHONPATH": str(installed)}
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    where = [sys.executable, "-c", "import nb2prod.render.templates as t; print(t.root())"]
    done = subprocess.run(where, cwd=tmp_path, env=env, check=True, capture_output=True, text=True)
    assert Path(done.stdout.strip()).is_relative_to(installed)
    assert (tmp_path / "made" / "pyproject.toml").is_file()
