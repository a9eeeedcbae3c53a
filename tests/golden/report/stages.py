"""The notebook's cells as functions, in its order, with its own names."""

import csv
from typing import Any


def read_invoices(source: str) -> list[Any]:
    """Read the invoices (cell 4)."""
    with open(source) as file:
        invoices = list(csv.DictReader(file))
    return invoices


def sum_up(invoices: list[Any], year: int, dry_run: bool) -> None:
    """Sum up (cells 6-7)."""
    total = 0
    for invoice in invoices:
        if invoice["year"] == str(year):
            total += float(invoice["amount"])
    if not dry_run:
        with open(f"total-{year}.txt", "w") as file:
            file.write(f"{total:.2f}")
