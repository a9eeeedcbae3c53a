"""The notebook's cells as functions, in its order, with its own names."""

import logging

import matplotlib.pyplot as plt
import pandas as pd

from sales.figures import figures

logger = logging.getLogger(__name__)


def load_sales(sales_path: str) -> pd.DataFrame:
    """Load the sales (cell 4)."""
    df = pd.read_csv(sales_path)  # exported on Monday
    return df


def clean_df(df: pd.DataFrame) -> pd.DataFrame:
    """Clean (cell 6)."""
    df = df[df["amount"] > 0]
    df["month"] = pd.to_datetime(df["date"]).dt.month
    logger.info("rows: %s", len(df))
    return df


def plot_totals_region(df: pd.DataFrame, MINIMUM: int) -> pd.Series:
    """Totals by region (cell 8)."""
    totals = df.groupby("region")["amount"].sum()
    totals = totals[totals > MINIMUM]
    totals.plot(kind="bar")
    figures.keep("cell-8")
    return totals


def save_totals(totals: pd.Series, totals_path: str) -> None:
    """Write totals.csv (cell 9)."""
    totals.to_csv(totals_path)
