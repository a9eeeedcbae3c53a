"""Service projects stand up to real tools: their own tests pass, and a process answers over HTTP.

What is not installed is skipped; `pip install -e ".[dev,fixtures]"` brings all of it.
"""

import json
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from generated import FIXTURES, environment_of, needs, python, texts

from nb2prod.config import Config
from nb2prod.pipeline import convert
from nb2prod.write import write

# Columns of many kinds with a scaler and categories; one column of text into a pipeline.
NAMES = ("churn-model-relative", "text-classifier")
NEEDED = (
    "pandas",
    "sklearn",
    "matplotlib",
    "seaborn",
    "pandera",
    "stamina",
    "fastapi",
    "httpx2",
    "prometheus_client",
    "uvicorn",
)
with_libraries = needs(*NEEDED)


@dataclass(frozen=True)
class Service:
    """A generated service project, a working folder with the notebook's data, and what both are called."""

    folder: Path
    package: str
    work: Path

    def run(self, *command: str, folder: Path | None = None) -> str:
        """What a Python module prints; what it says is the message if it fails."""
        return python(self.folder, *command, folder=folder)


@pytest.fixture(scope="module", params=[pytest.param(n, marks=pytest.mark.xdist_group(f"service {n}")) for n in NAMES])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The service project of a fixture."""
    source, folder = FIXTURES / request.param, tmp_path_factory.mktemp("service")
    converted = convert(str(source / f"{request.param}.ipynb"), Config(project_profile="service"))
    assert converted.plan.profile == "service", converted.plan.profile_why
    write(converted.project, folder / "project")
    shutil.copytree(source, folder / "work")
    return Service(folder / "project", converted.project.package, folder / "work")


def test_ruff_and_black_find_nothing(made: Service) -> None:
    made.run("-m", "ruff", "check", "--no-cache", ".")
    made.run("-m", "black", "--check", "--quiet", ".")


def test_the_card_names_the_model_that_answers_first_and_every_column(made: Service) -> None:
    card = (made.folder / "docs" / "MODEL_CARD.md").read_text()
    model = next(line for line in card.splitlines() if line.startswith("| Model "))
    assert model.partition("(the one that answers)")[0].count("`") == 2
    columns = next(made.work.glob("*.csv")).read_text().splitlines()[0].split(",")
    data = next(line for line in card.splitlines() if line.startswith("| Data "))
    assert [name for name in columns if f"`{name}`" not in data] == []
    assert "(the label)" in data


def test_the_runbook_is_that_of_a_service(made: Service) -> None:
    text = (made.folder / "docs" / "RUNBOOK.md").read_text()
    assert "To train again" in text
    assert "promote VERSION" in text
    assert "cron" not in text


def test_what_a_service_needs_is_an_extra(made: Service) -> None:
    project = tomllib.loads((made.folder / "pyproject.toml").read_text())["project"]
    assert f"{project['name']}[serve]" in project["optional-dependencies"]["dev"]
    assert any(need.startswith("fastapi") for need in project["optional-dependencies"]["serve"])
    assert not any(need.startswith("fastapi") for need in project["dependencies"])


def test_no_row_of_the_notebooks_data_is_in_the_project(made: Service) -> None:
    rows = next(made.work.glob("*.csv")).read_text().splitlines()[1:]
    text = "\n".join(text for _, text in texts(made.folder))
    assert [row for row in rows if row in text] == []


@with_libraries
def test_mypy_finds_nothing(made: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    made.run("-m", "mypy", "--cache-dir", str(tmp_path_factory.getbasetemp() / "mypy-cache"))


@with_libraries
def test_its_own_tests_pass_on_rows_that_are_made_up(made: Service) -> None:
    made.run("-m", "pytest", "-q", "-p", "no:cacheprovider")


@pytest.fixture
def served(made: Service) -> Iterator[str]:
    """The address of a process that serves a model trained on the notebook's own data."""
    version = made.run("-m", made.package, "train", folder=made.work).splitlines()[-1]
    made.run("-m", made.package, "promote", version, folder=made.work)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", made.package, "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=made.work, env=environment_of(made.folder), stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        assert any(status(f"{address}/ready") == 200 or time.sleep(0.1) for _ in range(600))
        yield address
    finally:
        process.terminate()
        process.wait()


def status(address: str, body: object = None) -> int:
    """The status of an answer, 0 if there is none."""
    data = None if body is None else json.dumps(body).encode()
    try:
        request = urllib.request.Request(address, data, {"content-type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@with_libraries
def test_a_process_answers_over_http(served: str, made: Service) -> None:
    assert status(f"{served}/health") == 200
    with urllib.request.urlopen(f"{served}/openapi.json") as answer:
        fields = json.load(answer)["components"]["schemas"]["Row"]["properties"]
    code = (
        f"import json\nfrom {made.package} import serving\nfrom {made.package}.settings import Settings\n"
        "rows = serving.raw_rows(Settings())\n"
        f"print(rows[{list(fields)!r}].dropna().head(1).to_json(orient='records'))"
    )
    row = json.loads(made.run("-c", code, folder=made.work).splitlines()[-1])[0]
    assert status(f"{served}/predict", {"id": "1", "row": row}) == 200
    assert status(f"{served}/predict", {"id": "1", "row": row | {"surprise": 1}}) == 422
    assert status(f"{served}/metrics") == 200
