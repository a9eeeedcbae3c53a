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
    again_old_rate = stages.again_old_rate(orders)
    return Result(orders=orders, rate=again_old_rate.rate, old=again_old_rate.old)
