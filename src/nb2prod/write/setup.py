"""What a repository needs to keep its notebooks fit: the hook, the editor's tasks, the CI job. Nothing is overwritten."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from nb2prod import __version__
from nb2prod.errors import WriteError

HOOK = f"""\
  - repo: local
    hooks:
      - id: nb2prod-lint
        name: nb2prod lint
        entry: nb2prod lint --force-exclude
        language: python
        additional_dependencies: ["nb2prod=={__version__}"]
        types_or: [jupyter]
        require_serial: true
"""
WORKFLOW = f"""\
name: notebooks

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  nb2prod:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install "nb2prod=={__version__}"
      - name: Lint the notebooks
        run: |
          mkdir -p nb2prod-reports
          nb2prod lint . --profile ci --output-format github \\
            --output sarif=nb2prod-reports/lint.sarif \\
            --output junit=nb2prod-reports/lint.xml \\
            --output markdown=nb2prod-reports/lint.md \\
            --output html=nb2prod-reports/lint.html
      - name: Show the summary
        if: always()
        run: head -c 900000 nb2prod-reports/lint.md >> "$GITHUB_STEP_SUMMARY"
      - name: Keep the reports
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: nb2prod-reports
          path: nb2prod-reports/
"""
# `a.ipynb:cell 6:2:8: warning hardcoded-path message`; an editor opens the notebook, it can't be sent to a cell.
MATCHER = {
    "owner": "nb2prod",
    "fileLocation": ["autoDetect", "${workspaceFolder}"],
    "pattern": {
        "regexp": r"^(.+\.ipynb):cell (\d+):(\d+):(\d+): (error|warning|info) ([\w-]+) (.*)$",
        "file": 1,
        "line": 3,
        "column": 4,
        "severity": 5,
        "code": 6,
        "message": 7,
    },
}
FILE = "${file}"
PROJECT = "${fileDirname}/${fileBasenameNoExtension}"


class Step(NamedTuple):
    """What became of one file: `made`, `merged`, `kept` because it has all that is needed, or `left` to a person."""

    path: str
    what: str
    hint: str = ""


def set_up(folder: Path) -> list[Step]:
    """Write what is missing in a repository; raises WriteError if that is not allowed."""
    try:
        return [_hook(folder), _tasks(folder), _workflow(folder)]
    except OSError as error:
        raise WriteError(f"{folder}: can't be written ({error.strerror or error}); choose another folder") from error


def _hook(folder: Path) -> Step:
    name = ".pre-commit-config.yaml"
    path = folder / name
    if not path.exists():
        return _made(path, name, f"repos:\n{HOOK}")
    text = path.read_text(encoding="utf-8")
    if "nb2prod" in text:
        return Step(name, "kept")
    # The list of repositories can be added to where it stands last and is written one item a line.
    last = re.search(
        r"^repos:[ \t]*\n((?:[ \t]*(?:#[^\n]*)?\n)*)( *)- (?:[^\n]*\n?)(?:(?:[ \t]+[^\n]*|#[^\n]*|- [^\n]*|)(?:\n|$))*\Z",
        text,
        re.M,
    )
    if last is None:
        return Step(name, "left", f"add under `repos:`\n{HOOK}")
    indent = last.group(2)
    hook = "".join(indent + line[2:] for line in HOOK.splitlines(keepends=True))
    path.write_text(text + ("" if text.endswith("\n") else "\n") + hook, encoding="utf-8")
    return Step(name, "merged")


def _tasks(folder: Path) -> Step:
    name = ".vscode/tasks.json"
    path = folder / name
    wanted = [
        _task("nb2prod: lint", ["lint", ".", "--output-format", "concise", "--profile", "ci"], MATCHER),
        _task("nb2prod: convert this notebook", ["convert", FILE, "-o", PROJECT]),
        _task("nb2prod: verify this notebook", ["verify", FILE, PROJECT]),
    ]
    if not path.exists():
        return _made(path, name, json.dumps({"version": "2.0.0", "tasks": wanted}, indent=2) + "\n")
    text = path.read_text(encoding="utf-8")
    try:
        found = json.loads(text)
        there = {str(task.get("label", "")) for task in found["tasks"]}
    except (ValueError, TypeError, KeyError, AttributeError):
        return Step(name, "left", f"add to `tasks`\n{json.dumps(wanted, indent=2)}")
    missing = [task for task in wanted if task["label"] not in there]
    if not missing:
        return Step(name, "kept")
    found["tasks"] += missing
    space = re.search(r"^([ \t]+)", text, re.M)
    path.write_text(json.dumps(found, indent=space[1] if space else 2, ensure_ascii=False) + "\n", encoding="utf-8")
    return Step(name, "merged")


def _task(label: str, arguments: list[str], matcher: object = ()) -> dict[str, object]:
    return {
        "label": label,
        "type": "process",
        "command": "nb2prod",
        "args": arguments,
        "options": {"cwd": "${workspaceFolder}"},
        "problemMatcher": matcher or [],
    }


def _workflow(folder: Path) -> Step:
    name = ".github/workflows/nb2prod.yml"
    path = folder / name
    return Step(name, "kept") if path.exists() else _made(path, name, WORKFLOW)


def _made(path: Path, name: str, text: str) -> Step:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Step(name, "made")
