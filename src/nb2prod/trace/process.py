"""One child process: isolated as far as the system allows, limited, killed with all its children when time is up."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nb2prod.model.evidence import Ending, Failure
from nb2prod.trace.workplace import Start

TRACER = Path(__file__).resolve().parent / "tracer"
# The shell stays process 1 of the namespace, so that signals work in the traced process as they do elsewhere.
INSIDE = 'ip link set lo up 2>/dev/null; "$@"; exit $?'
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT", "SSL_CERT_FILE", "OMP_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Run:
    """How a process ended: what became of it, and the files with its events and its errors."""

    ending: Ending
    failure: Failure | None
    events: Path
    isolation: tuple[str, ...]


@cache
def apart(network: bool) -> bool:
    """Whether runs can go on side by side without seeing each other: each with its own files at the same path, and ports."""
    words = namespaces(network)
    if network or "-p" not in words:
        return False
    tried = [*words, "sh", "-c", "mount --bind /tmp /tmp"]
    return not subprocess.run(tried, capture_output=True, check=False, stdin=subprocess.DEVNULL).returncode


@cache
def namespaces(network: bool) -> tuple[str, ...]:
    """The words of `unshare` that work here: own processes, and no network unless it is allowed."""
    if not shutil.which("unshare"):
        return ()
    for flags in (["-r", "-n", "-p", "-f", "--mount-proc", "--kill-child"], ["-r", "-n"]):
        words = ["unshare", *(flag for flag in flags if not (network and flag == "-n"))]
        tried = subprocess.run([*words, "true"], capture_output=True, check=False, stdin=subprocess.DEVNULL)
        if not tried.returncode:
            return tuple(words)
    return ()


def isolation(words: tuple[str, ...], network: bool) -> tuple[str, ...]:
    """What is in force, in words."""
    notes = ["own process group, working copy and home folder"]
    if network:
        notes.append("the network was allowed")
    else:
        notes.append(
            "no network (own namespace)"
            if "-n" in words
            else "no network from Python (hook), programs it starts not isolated"
        )
    notes.append(
        "own process namespace" if "-p" in words else "no process namespace: a detached child may outlive its run"
    )
    return tuple(notes)


def environment(home: Path, seed: int, backend: str) -> dict[str, str]:
    """A clean environment: what the interpreter needs and what makes runs comparable."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    # In the runs that look for what is unstable, memory is filled before it is given out (by glibc): what is in an array
    # that nobody has written must not be the same in all of them.
    filled = {"MALLOC_PERTURB_": str(37 * seed % 256)} if seed > 2 else {}
    return {
        "OMP_NUM_THREADS": "1",
        "LANG": "C.UTF-8",
        **kept,
        **filled,
        "HOME": str(home),
        "IPYTHONDIR": str(home / ".ipython"),
        "MPLCONFIGDIR": str(home / ".matplotlib"),
        "MPLBACKEND": backend,
        "PYTHONHASHSEED": str(seed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


class Child:
    """A traced process from its start to its end."""

    def __init__(
        self,
        python: str,
        job: Mapping[str, object],
        start: Start,
        variables: Mapping[str, str],
        timeout: float,
        progress: Callable[[Mapping[str, object]], None],
    ) -> None:
        """Start the tracer on a job; its events are passed on to `progress` as they come."""
        records = start.records
        self.events, self.errors = records / "events.jsonl", records / "stderr.txt"
        self.timeout, self.progress, self.rest, self.late = timeout, progress, "", False
        self.network = bool(job["network"])
        output = records / "stdout.txt"
        asked = {**job, "events": str(self.events), "stdout": str(output), "stderr": str(self.errors)}
        (records / "job.json").write_text(json.dumps(asked), encoding="utf-8")
        words = namespaces(self.network)
        inside = ("sh", "-c", start.mounts + INSIDE, "sh") if words else ()
        command = [*words, *inside, python, str(TRACER / "__main__.py"), str(records / "job.json")]
        self.events.touch()
        with output.open("wb") as out, self.errors.open("wb") as err:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=dict(variables),
                cwd=records,
                start_new_session=True,
            )
        self.until = time.monotonic() + timeout
        self.file = self.events.open(encoding="utf-8")

    def ended(self) -> bool:
        """Pass on what has begun since the last call; whether the process has ended, by itself or by our clock."""
        over = self.process.poll() is not None
        *lines, self.rest = (self.rest + self.file.read()).split("\n")
        for line in lines:
            if line.startswith('{"event": "begin"'):
                self.progress(json.loads(line))
        self.late = not over and time.monotonic() > self.until
        return over or self.late

    def run(self) -> Run:
        """How the process ended; whatever it left running is ended too."""
        _kill(self.process)
        self.file.close()
        ending, failure = _ending(self.process.returncode, self.late, self.timeout, self.errors)
        return Run(ending, failure, self.events, isolation(namespaces(self.network), self.network))


def finish(children: Sequence[Child]) -> list[Run]:
    """Wait for some processes that run side by side."""
    waiting, pause = list(children), 0.002
    try:
        while waiting:
            time.sleep(pause)
            pause = min(pause * 1.2, 0.02)
            waiting = [child for child in waiting if not child.ended()]
    finally:
        runs = [child.run() for child in children]
    return runs


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it left running in its group."""
    if sys.platform == "win32":
        process.kill()
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    process.wait()


def _ending(code: int, late: bool, timeout: float, errors: Path) -> tuple[Ending, Failure | None]:
    last = errors.read_bytes()[-4000:].decode("utf-8", "replace").strip().splitlines()[-1:]
    if late:
        return "timeout", Failure("Timeout", f"no end after {timeout:g} s")
    if code == 0:
        return "crash", Failure("Exit", "the process left in the middle of its run")
    if last and "MemoryError" in last[0]:
        return "memory", Failure("MemoryError", last[0])
    number = -code if code < 0 else code - 128
    name = signal.Signals(number).name if number in {int(s) for s in signal.Signals} else f"exit code {code}"
    return "crash", Failure(name, last[0] if last else "the process ended without a word")
