"""`nb2prod init` adds what is missing and takes nothing away."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nb2prod.config import Config
from nb2prod.config._settings import KEYS
from nb2prod.pipeline import lint
from nb2prod.report.manual import settings_schema
from nb2prod.rules import all_rules
from nb2prod.write.setup import MATCHER, Step, set_up

FILES = (".pre-commit-config.yaml", ".vscode/tasks.json", ".github/workflows/nb2prod.yml")


def test_an_empty_repository_gets_everything(tmp_path: Path) -> None:
    """And a second time nothing is done."""
    assert set_up(tmp_path) == [Step(name, "made") for name in FILES]
    before = {name: (tmp_path / name).read_bytes() for name in FILES}
    assert set_up(tmp_path) == [Step(name, "kept") for name in FILES]
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize(
    "text",
    [
        "repos:\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: x\n",
        "# ours\ndefault_stages: [pre-commit]\nrepos:\n  # first\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: x",
    ],
)
def test_a_hook_is_added_behind_those_that_are_there(tmp_path: Path, text: str) -> None:
    """In the same indentation; what was there stays, character for character."""
    path = tmp_path / FILES[0]
    path.write_text(text, encoding="utf-8")
    assert set_up(tmp_path)[0].what == "merged"
    new = path.read_text(encoding="utf-8")
    assert new.startswith(text)
    first, second = (re.search(r"^( *)- repo", line) for line in new.split("\n") if "- repo" in line)
    assert first is not None
    assert second is not None
    assert first[1] == second[1]


@pytest.mark.parametrize("text", ["repos: []\n", "repos:\n- repo: a\n  hooks: []\nci:\n  skip: [x]\n", "exclude: a\n"])
def test_a_configuration_that_is_not_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    """A person is told what to add."""
    (tmp_path / FILES[0]).write_text(text, encoding="utf-8")
    step = set_up(tmp_path)[0]
    assert (tmp_path / FILES[0]).read_text(encoding="utf-8") == text
    assert step.what == "left"
    assert "id: nb2prod-lint" in step.hint


def test_tasks_are_added_to_tasks(tmp_path: Path) -> None:
    """Those of the same name stay as the user has them; a file with comments is not touched."""
    path = tmp_path / FILES[1]
    path.parent.mkdir()
    mine = {"label": "nb2prod: lint", "command": "mine"}
    path.write_text(json.dumps({"tasks": [mine], "version": "2.0.0"}, indent=4), encoding="utf-8")
    assert set_up(tmp_path)[1].what == "merged"
    tasks = json.loads(path.read_text(encoding="utf-8"))["tasks"]
    assert tasks[0] == mine
    assert len(tasks) == 3
    path.write_text('// ours\n{"tasks": []}', encoding="utf-8")
    assert set_up(tmp_path)[1].what == "left"


def test_the_problem_matcher_reads_what_lint_prints(tmp_path: Path) -> None:
    """Each line of the format that the task asks for."""
    cell = {"cell_type": "code", "source": 'open("/Users/lea/a: b.csv")'}
    (tmp_path / "a.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [cell]}), encoding="utf-8")
    command = [sys.executable, "-m", "nb2prod", "lint", "a.ipynb", "--output-format", "concise"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    pattern = MATCHER["pattern"]
    assert isinstance(pattern, dict)
    lines = done.stdout.splitlines()
    assert lines
    assert all(re.match(str(pattern["regexp"]), line) for line in lines)
    assert next(iter(lint([str(tmp_path / "a.ipynb")], Config()))).findings


def test_the_schema_knows_every_key_rule_and_option() -> None:
    """No more and no less than the settings take."""
    rules = list(all_rules().values())
    properties = json.loads(settings_schema(rules))["properties"]
    assert set(properties) == set(KEYS)
    assert set(properties["severities"]["properties"]) == {rule.name for rule in rules}
    assert {name: set(table["properties"]) for name, table in properties["options"]["properties"].items()} == {
        rule.name: set(rule.options) for rule in rules if rule.options
    }
