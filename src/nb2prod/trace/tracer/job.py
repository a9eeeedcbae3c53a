"""One traced run: read the job, put the limits in force, run one side, say how it ended."""

# ruff: noqa: PTH123

from __future__ import annotations

import json
import os
import sys

from . import limits, package, shell
from .records import Recorder, error_facts


def main(path: str) -> None:
    """Do what the job file says; leave without the interpreter's farewell, which hangs on threads."""
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    sys.argv = ["notebook"]  # the same on both sides
    os.chdir(job["folder"])
    missing = limits.limit(int(job["memory"]))
    recorder = Recorder(job)
    recorder.event("start", python=sys.version.split()[0], executable=sys.executable, missing=missing)
    if not job["network"]:
        limits.forbid_network()
    try:
        (shell if job["side"] == "notebook" else package).run(job, recorder)
    except shell.MissingShellError as error:
        recorder.event("missing", message=str(error))
    except BaseException as error:
        recorder.event("failed", **error_facts(error))
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)
