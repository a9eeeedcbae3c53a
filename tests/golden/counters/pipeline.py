"""The notebook from top to bottom."""

from dataclasses import dataclass
from typing import Any

from counters import stages
from counters.settings import Settings


@dataclass(frozen=True, slots=True)
class Result:
    """What the notebook ends up with."""

    orders: Any
    rate: float
    old: list[Any]


def run(settings: Settings | None = None) -> Result:
    """Run all stages in the notebook's order; without settings, with those of the environment."""
    del settings  # the notebook has no value to set
    orders = stages.compute_orders()
    old_rate = stages.compute_old_rate(orders)
    return Result(orders=orders, rate=old_rate.rate, old=old_rate.old)
