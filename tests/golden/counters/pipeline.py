"""The notebook from top to bottom."""

from dataclasses import dataclass
from typing import Any

from counters import stages


@dataclass(frozen=True, slots=True)
class Result:
    """What the notebook ends up with."""

    orders: Any
    rate: float
    old: list[Any]


def run() -> Result:
    """Run all stages in the notebook's order."""
    orders = stages.compute_orders()
    old_rate = stages.compute_old_rate(orders)
    return Result(orders=orders, rate=old_rate.rate, old=old_rate.old)
