"""Typed settings: defaults, then config/base.toml and config/$REPORT_ENV.toml, then REPORT_* variables."""

import os
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings import PydanticBaseSettingsSource as Source


class Settings(BaseSettings):
    """The values that left the notebook's code; the defaults are the notebook's own."""

    model_config = SettingsConfigDict(
        env_prefix="REPORT_", extra="forbid", frozen=True, use_attribute_docstrings=True
    )

    year: int = 2024
    """Cell 1: the year to report"""
    source: str = "data/invoices.csv"
    """Cell 1: Source"""
    dry_run: bool = False
    """Cell 1: Dry run"""
    manifest_path: Path | None = None
    """File to record each run in, if any."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: Source, **sources: Source
    ) -> tuple[Source, ...]:
        """Put the configuration files below the environment."""
        folder = Path(os.environ.get("REPORT_CONFIG_DIR", "config"))
        chosen = folder / f"{os.environ.get('REPORT_ENV', 'dev')}.toml"
        if "REPORT_ENV" in os.environ and not chosen.is_file():
            raise FileNotFoundError(
                f"{chosen} does not exist: REPORT_ENV chooses it, REPORT_CONFIG_DIR says where it is"
            )
        files = TomlConfigSettingsSource(settings_cls, [folder / "base.toml", chosen])
        return sources["init_settings"], sources["env_settings"], files
