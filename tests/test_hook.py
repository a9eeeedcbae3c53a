"""The hook as pre-commit installs and runs it: `try-repo`, and a commit that is refused until the notebook is clean."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nb2prod.rules._examples import notebook_json

ROOT = Path(__file__).resolve().parents[1]
CLEAN = "# %% [markdown]\n# Title\n# %%\nx = 1\nprint(x)"
DIRTY = '# %%\nopen("/Users/lea/a.csv")'
CONFIG = "repos:\n  - repo: {root}\n    rev: {rev}\n    hooks:\n      - id: nb2prod-lint\n"

needs_network = pytest.mark.skipif(
    not shutil.which("pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    or not (ROOT / ".git").exists(),
    reason="pre-commit is not installed, or this is no checkout",
)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder; pre-commit and git as they are installed here, without the caller's settings."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    environment |= {"PATH": path, "PRE_COMMIT_HOME": str(folder.parent / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def repository(folder: Path) -> Path:
    """An empty repository with a notebook that has findings, staged."""
    folder.mkdir()
    for command in ("git init -q", "git config user.name Lea", "git config user.email lea@example.org"):
        assert run(folder, *command.split()).returncode == 0
    (folder / "a.ipynb").write_text(notebook_json(DIRTY), encoding="utf-8")
    assert run(folder, "git", "add", "-A").returncode == 0
    return folder


@needs_network
def test_the_hook_as_it_is_tried_and_used(tmp_path: Path) -> None:
    """Installed from this checkout's last commit: it names the finding, stops the commit, and lets a clean one through."""
    work = repository(tmp_path / "work")
    tried = run(work, "pre-commit", "try-repo", str(ROOT), "nb2prod-lint", "--all-files")
    assert tried.returncode == 1, tried.stdout + tried.stderr
    assert "a.ipynb:cell 1:1:6: error hardcoded-path" in tried.stdout
    rev = run(ROOT, "git", "rev-parse", "HEAD").stdout.strip()
    (work / ".pre-commit-config.yaml").write_text(CONFIG.format(root=ROOT, rev=rev), encoding="utf-8")
    assert run(work, "pre-commit", "install").returncode == 0
    run(work, "git", "add", "-A")
    refused = run(work, "git", "commit", "-m", "a notebook")
    assert refused.returncode != 0
    assert "hardcoded-path" in refused.stdout + refused.stderr
    (work / "a.ipynb").write_text(notebook_json(CLEAN), encoding="utf-8")
    run(work, "git", "add", "-A")
    passed = run(work, "git", "commit", "-m", "a notebook")
    assert passed.returncode == 0, passed.stdout + passed.stderr
