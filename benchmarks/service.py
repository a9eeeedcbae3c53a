"""How the service of a generated project stands up to load while versions are promoted and rolled back.

    python benchmarks/service.py PROJECT --package NAME --seconds 60 --clients 8

PROJECT is a generated service project; its settings are taken from the environment, and its `serve` extra must be
installed. Two versions are trained (the second one on all rows but the last), the service is started with uvicorn, and
so many clients ask over connections that stay open, while another version is promoted or rolled back every few
seconds. Reported are answers a second, failed requests, percentiles of the time that a client waits, and those
of the bare call of the model for the same row in a process of its own. The exit code is 1 if a request failed.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HEADER = "POST /predict HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: {size}\r\n\r\n"
TRAIN = """
import json, sys, time
from {package} import drift, serving
from {package}.registry import Manifest, Registry
from {package}.serve_settings import ServeSettings
from {package}.settings import Settings
trained = serving.train(Settings())
registry = Registry(ServeSettings().artifacts)
def manifest(rows):
    return Manifest(trained.metrics, drift.profile(rows), {{}}, serving.data_sha256(rows), serving.code_sha256())
names = [registry.save(trained.fitted, manifest(trained.rows))]
trained.fitted.model.another_version_ = True
names.append(registry.save(trained.fitted, manifest(trained.rows[:-1])))
registry.promote(names[0])
rows = []
for values in json.loads(trained.rows.to_json(orient="records")):
    try:
        trained.fitted.predict(values)
    except serving.RowError:
        continue
    rows.append(values)
times = []
for number in range(300):
    start = time.perf_counter()
    trained.fitted.predict(rows[number % len(rows)])
    times.append(time.perf_counter() - start)
print(json.dumps({{"names": names, "rows": rows, "times": times}}), file=sys.stderr)
"""


@dataclass
class Load:
    """What the clients have seen."""

    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)


def main() -> int:
    """Train, serve, ask, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--package", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a client waits between two questions")
    parser.add_argument("--every", type=float, default=2, help="seconds between two changes of the version")
    given = parser.parse_args()
    env = {**os.environ, "PYTHONPATH": str((given.project / "src").resolve()), "MPLBACKEND": "Agg"}
    code = TRAIN.format(package=given.package)
    trained = subprocess.run([sys.executable, "-c", code], env=env, cwd=given.project, capture_output=True, text=True)
    if trained.returncode:
        print(trained.stderr, file=sys.stderr)
        return 2
    made = json.loads(trained.stderr.splitlines()[-1])
    port = free_port()
    command = [sys.executable, "-m", given.package, "serve", "--port", str(port)]
    with (given.project / "service.log").open("w") as log:
        service = subprocess.Popen(command, env=env, cwd=given.project, stdout=log, stderr=log)
        try:
            load = asyncio.run(asked(port, made, given, env))
        finally:
            service.terminate()
            service.wait()
    report(load, made["times"], given)
    return int(bool(load.failed))


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def asked(port: int, made: dict, given: argparse.Namespace, env: dict[str, str]) -> Load:
    """Ask from several clients at once while versions change."""
    await ready(port)
    load, end = Load(), time.monotonic() + given.seconds
    changing = asyncio.create_task(change(made["names"], given, env, end))
    await asyncio.gather(
        *(client(port, made["rows"], number, end, load, given.pause) for number in range(given.clients))
    )
    await changing
    return load


async def ready(port: int) -> None:
    """Wait until the service is ready."""
    for _ in range(600):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /ready HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n")
            answer = await reader.read()
            writer.close()
            if b" 200 " in answer[:20]:
                return
        except OSError:
            pass
        await asyncio.sleep(0.1)
    raise TimeoutError("the service does not become ready")


async def change(names: list[str], given: argparse.Namespace, env: dict[str, str], end: float) -> None:
    """Promote the second version, roll it back, and so on."""
    step = 0
    while time.monotonic() < end - given.every:
        await asyncio.sleep(given.every)
        words = ["promote", names[1]] if step % 2 == 0 else ["rollback"]
        command = [sys.executable, "-m", given.package, *words]
        done = await asyncio.create_subprocess_exec(*command, env=env, cwd=given.project, stdout=subprocess.DEVNULL)
        assert await done.wait() == 0, words
        step += 1


async def client(port: int, rows: list[dict], number: int, end: float, load: Load, pause: float) -> None:
    """Ask one after the other over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    turn = 0
    while time.monotonic() < end:
        body = json.dumps({"id": f"{number}-{turn}", "row": rows[(number + turn) % len(rows)]}).encode()
        start = time.perf_counter()
        try:
            writer.write(HEADER.format(size=len(body)).encode() + body)
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            size = int(
                next(line.split(":")[1] for line in head.splitlines() if line.lower().startswith("content-length"))
            )
            answer = await reader.readexactly(size)
        except (OSError, asyncio.IncompleteReadError, StopIteration) as error:
            load.failed.append(repr(error))
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        load.times.append(time.perf_counter() - start)
        if " 200 " not in head[:20]:
            load.failed.append(f"{head.splitlines()[0]} {answer[:200]!r}")
        else:
            version = json.loads(answer)["version"]
            load.versions[version] = load.versions.get(version, 0) + 1
        turn += 1
        await asyncio.sleep(pause)
    writer.close()


def report(load: Load, bare: list[float], given: argparse.Namespace) -> None:
    """Say what was seen."""
    print(f"{len(load.times)} requests in {given.seconds:g} s by {given.clients} clients, {len(load.failed)} failed")
    print(f"{len(load.times) / given.seconds:.0f} answers a second, by version {load.versions}")
    for name, times in (("client waits", load.times), ("bare model", bare)):
        shown = ", ".join(f"p{share * 100:g} {percentile(times, share) * 1000:.1f} ms" for share in (0.5, 0.95, 0.99))
        print(f"{name}: {shown}")
    for failure in load.failed[:5]:
        print(f"failed: {failure}")


def percentile(times: list[float], share: float) -> float:
    """The time that this share of all is below."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


if __name__ == "__main__":
    sys.exit(main())
