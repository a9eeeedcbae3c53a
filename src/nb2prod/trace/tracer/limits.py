"""The limits that a traced process puts on itself before any code of the notebook runs."""

from __future__ import annotations

import errno
import sys
from typing import Any

LOCAL = ("127.", "::1", "localhost")
FILE_SIZE = 8 << 30


def limit(memory: int) -> list[str]:
    """Limit memory (in MB), file size and core dumps; what could not be limited is named."""
    try:
        import resource
    except ImportError:
        return ["memory is not limited: this system has no rlimits"]
    missing = []
    wanted = [
        ("memory", resource.RLIMIT_AS, memory << 20),
        ("file size", resource.RLIMIT_FSIZE, FILE_SIZE),
        ("core dumps", resource.RLIMIT_CORE, 0),
    ]
    for name, kind, size in wanted:
        if name == "memory" and memory <= 0:
            continue
        try:
            resource.setrlimit(kind, (size, size))
        except (ValueError, OSError):
            missing.append(f"{name} could not be limited")
    return missing


def forbid_network() -> None:
    """Make every connection to another machine fail, whatever library opens it."""

    def watch(event: str, arguments: Any) -> None:
        if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
            address = arguments[0] if event in {"socket.getaddrinfo", "socket.gethostbyname"} else arguments[1]
            host = address[0] if isinstance(address, tuple) else address
            outside = isinstance(host, str) and not host.startswith(LOCAL) and not host.startswith(("/", "\0"))
            if outside and host:
                raise OSError(errno.ENETUNREACH, f"no network while tracing: {host} (pass --allow-network)")

    sys.addaudithook(watch)
