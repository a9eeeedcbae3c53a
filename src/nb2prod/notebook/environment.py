"""What is installed beside nb2prod: the versions that a notebook most likely ran with."""

import re
from importlib.metadata import distributions


def installed_versions() -> dict[str, str]:
    """The version of every installed distribution, by normalized name."""
    found: dict[str, str] = {}
    for each in distributions():
        name = each.metadata["Name"]
        if name:
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), each.version)
    return found
