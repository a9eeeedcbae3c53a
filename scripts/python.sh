#!/usr/bin/env bash
# Print a Python that is new enough: $PYTHON if it is set, else the first one found.
set -euo pipefail
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$candidate"
        exit
    fi
done
echo "error: no Python 3.11 or newer with the venv module found; name one: PYTHON=/path/to/python3.11" >&2
exit 2
