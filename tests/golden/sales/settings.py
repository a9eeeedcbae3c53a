"""Typed settings: defaults, then config/base.toml and config/$SALES_ENV.toml, then SALES_* variables."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings import PydanticBaseSettingsSource as Source


class Settings(BaseSettings):
    """The values that left the notebook's code; the defaults are the notebook's own."""

    model_config = SettingsConfigDict(
        env_prefix="SALES_", extra="forbid", frozen=True, use_attribute_docstrings=True
    )

    sales_path: str = "/home/mira/work/sales.csv"
    """Cell 4: File that read_csv() reads"""
    minimum: int = 100
    """Cell 8: Minimum"""
    totals_path: str = "totals.csv"
    """Cell 9: File that to_csv() writes"""
    figures_dir: Path | None = None
    """Folder to save the figures in, if any."""
    max_age_days: float | None = Field(default=None, gt=0)
    """Older inputs are refused."""
    manifest_path: Path | None = None
    """File to record each run in, if any."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: Source, **sources: Source
    ) -> tuple[Source, ...]:
        """Put the configuration files below the environment."""
        folder = Path(os.environ.get("SALES_CONFIG_DIR", "config"))
        chosen = folder / f"{os.environ.get('SALES_ENV', 'dev')}.toml"
        if "SALES_ENV" in os.environ and not chosen.is_file():
            raise FileNotFoundError(
                f"{chosen} does not exist: SALES_ENV chooses it, SALES_CONFIG_DIR says where it is"
            )
        files = TomlConfigSettingsSource(settings_cls, [folder / "base.toml", chosen])
        return sources["init_settings"], sources["env_settings"], files
