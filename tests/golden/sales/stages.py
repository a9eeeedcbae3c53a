"""The notebook's cells as functions, in its order, with its own names."""

import logging
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

from sales.figures import figures

logger = logging.getLogger(__name__)


MINIMUM = 100


@dataclass(frozen=True, slots=True)
class CleanResult:
    """What clean() hands on."""

    df: pd.DataFrame
    totals: Any


def load_sales(sales_path: str) -> pd.DataFrame:
    """Load the sales (cell 4)."""
    df = pd.read_csv(sales_path)  # exported on Monday
    return df


def clean(df: pd.DataFrame, totals_path: str) -> CleanResult:
    """Clean (cells 6-9)."""
    df = df[df["amount"] > 0]
    df["month"] = pd.to_datetime(df["date"]).dt.month
    logger.info("%s %s", "rows:", len(df))
    totals = df.groupby("region")["amount"].sum()
    totals = totals[totals > MINIMUM]
    totals.plot(kind="bar")
    figures.keep("cell-8")
    totals.to_csv(totals_path)
    return CleanResult(df=df, totals=totals)
