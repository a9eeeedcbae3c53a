#!/usr/bin/env bash
# The main job, from a bare machine to a running project: install nb2prod, convert a notebook of the fixtures, install
# what came out, pass its tests, and run it where the notebook's data is.
#
#   bash scripts/main_job.sh [WHAT [WHERE]]
#
# WHAT is what pip installs as nb2prod (this checkout, or a wheel); everything is made below WHERE (out).
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-.}
where=${2:-out}
name=churn-model-relative
python=$(bash scripts/python.sh)

say() { printf '\n=== %s\n' "$*"; }

say "install nb2prod ($what) into $where/nb2prod-venv"
"$python" -m venv "$where/nb2prod-venv"
"$where/nb2prod-venv/bin/python" -m pip install --quiet --disable-pip-version-check "$what"
"$where/nb2prod-venv/bin/nb2prod" --version

say "convert fixtures/notebooks/$name/$name.ipynb to $where/churn"
"$where/nb2prod-venv/bin/nb2prod" convert "fixtures/notebooks/$name/$name.ipynb" -o "$where/churn"

say "install the project into $where/churn-venv"
"$python" -m venv "$where/churn-venv"
(cd "$where/churn" && ../churn-venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]")

say "its tests, with the notebook's data in tests/data"
mkdir -p "$where/churn/tests/data"
cp "fixtures/notebooks/$name/customers.csv" "$where/churn/tests/data/"
(cd "$where/churn" && ../churn-venv/bin/python -m pytest)

say "run it in a copy of the notebook's folder: $where/churn-run"
mkdir -p "$where/churn-run"
cp "fixtures/notebooks/$name/customers.csv" "$where/churn-run/"
(cd "$where/churn-run" && ../churn-venv/bin/python -m churn_model_relative && ls -l)

say "done: the project is $where/churn, what a person must still do is in $where/churn/REPORT.md"
