"""The notebook from top to bottom."""

from dataclasses import dataclass

import pandas as pd

from sales import stages
from sales.figures import figures
from sales.settings import Settings


@dataclass(frozen=True, slots=True)
class Result:
    """What the notebook ends up with."""

    totals: pd.Series


def run(settings: Settings | None = None) -> Result:
    """Run all stages in the notebook's order; without settings, with those of the environment."""
    settings = settings or Settings()
    figures.folder = settings.figures_dir
    df = stages.load_sales(settings.sales_path)
    df = stages.clean_df(df)
    totals = stages.plot_totals_region(df, settings.minimum)
    stages.save_totals(totals, settings.totals_path)
    return Result(totals=totals)
