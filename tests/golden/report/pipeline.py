"""The notebook from top to bottom."""

from report import stages
from report.settings import Settings


def run(settings: Settings | None = None) -> None:
    """Run all stages in the notebook's order; without settings, with those of the environment."""
    settings = settings or Settings()
    invoices = stages.read_invoices(settings.source)
    stages.sum_up(invoices, settings.year, settings.dry_run)
