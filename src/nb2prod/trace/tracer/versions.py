"""Which distributions a run has imported, without importlib.metadata, which reads every list of files there is."""

# ruff: noqa: PTH112, PTH118, PTH123, PTH208

from __future__ import annotations

import os
import sys
from collections.abc import Mapping


def versions() -> dict[str, str]:
    """The distributions whose modules were imported, with their versions: by the names of their folders, else by their lists of files."""
    homes = {entry for entry in sys.path if entry.endswith("-packages")}
    installed: dict[str, tuple[str, str, str]] = {}
    for home in homes:
        for folder in os.listdir(home) if os.path.isdir(home) else ():
            name, _, version = folder.removesuffix(".dist-info").partition("-")
            if folder.endswith(".dist-info"):
                installed[name.lower()] = (name, version, os.path.join(home, folder, "RECORD"))
    found, unknown = {}, []
    for module in sorted({name.partition(".")[0] for name, held in list(sys.modules.items()) if _is_of(held, homes)}):
        if module.lower() in installed:
            name, version, _ = installed.pop(module.lower())
            found[name.replace("_", "-")] = version
        else:
            unknown.append(module)
    return {**found, **_owners(unknown, installed)} if unknown else found


def _is_of(module: object, homes: set[str]) -> bool:
    """Whether a module was installed into one of some folders."""
    place = getattr(module, "__file__", None) or ""
    return any(place.startswith(home + os.sep) for home in homes)


def _owners(modules: list[str], installed: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    """The distributions that list a file of one of some modules."""
    found = {}
    starts = [f"\n{module}{end}" for module in modules for end in ("/", ".py,")]
    for name, version, record in installed.values():
        try:
            with open(record, encoding="utf-8") as file:
                listed = "\n" + file.read()
        except OSError:
            continue
        if any(start in listed for start in starts):
            found[name.replace("_", "-")] = version
    return found
