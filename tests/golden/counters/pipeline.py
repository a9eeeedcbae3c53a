"""The notebook from top to bottom."""

from dataclasses import dataclass
from typing import Any

from counters import stages


@dataclass(frozen=True, slots=True)
class Result:
    """What the notebook ends up with."""

    old: list[Any]


def run() -> Result:
    """Run all stages in the notebook's order."""
    orders = stages.compute_orders()
    old = stages.compute_old_rate(orders)
    return Result(old=old)
