"""The notebook's cells as functions, in its order, with its own names."""

import json
import logging
from typing import Any

logger = logging.getLogger(__name__)


seen: int


def gross(price: Any, *, rate: float) -> Any:
    """With tax."""
    return round(price * rate, 2)


def count(orders: Any) -> None:
    global seen
    seen += len(orders)


def compute_orders() -> Any:
    """Make orders (cells 2-4)."""
    global seen
    rate = 1.19
    seen = 0
    orders = json.loads('[{"price": 10}, {"price": 20}]')
    for order in orders:
        order["gross"] = gross(order["price"], rate=rate)
    count(orders)
    return orders


def compute_old_rate(orders: Any) -> list[Any]:
    """Again, with the old rate (cell 6)."""
    rate = 1.16
    old = [gross(order["price"], rate=rate) for order in orders]
    count(old)
    logger.info(f"{seen} prices, {sum(old):.2f} in all")
    return old
