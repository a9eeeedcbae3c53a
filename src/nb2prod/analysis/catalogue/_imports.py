"""Which imports do nothing that anybody could see."""

import sys

LOUD = frozenset(
    ["__main__", "antigravity", "idlelib", "readline", "rlcompleter", "site", "sitecustomize", "this", "turtle", "usercustomize"]
)
QUIET = frozenset(["pandas", "numpy", "sklearn", "scipy", "matplotlib", "seaborn"])


def inert(module: str) -> bool:
    """Whether importing this module is known to have no visible effect."""
    parts = module.split(".")
    prefixes = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    if prefixes & LOUD:
        return False
    return parts[0] in sys.stdlib_module_names or parts[0] in QUIET
