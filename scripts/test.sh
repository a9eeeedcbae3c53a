#!/usr/bin/env bash
# All tests: install the checkout with what they need into .venv, and run them; arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$(bash scripts/python.sh)
"$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,fixtures]"
.venv/bin/python -m pytest --numprocesses 2 --dist loadgroup "$@"
