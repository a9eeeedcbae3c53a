"""Typed settings: defaults, then config/base.toml and config/$REPORT_ENV.toml, then REPORT_* variables."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """The values that left the notebook's code; the defaults are the notebook's own."""

    model_config = SettingsConfigDict(env_prefix="REPORT_", extra="forbid", frozen=True)

    year: int = Field(default=2024, description="Cell 1: the year to report")
    source: str = Field(default="data/invoices.csv", description="Cell 1: Source")
    dry_run: bool = Field(default=False, description="Cell 1: Dry run")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the configuration files below the environment."""
        del dotenv_settings, file_secret_settings
        folder = Path(os.environ.get("REPORT_CONFIG_DIR", "config"))
        chosen = folder / f"{os.environ.get('REPORT_ENV', 'dev')}.toml"
        if "REPORT_ENV" in os.environ and not chosen.is_file():
            raise FileNotFoundError(
                f"{chosen} does not exist: REPORT_ENV chooses it, REPORT_CONFIG_DIR says where it is"
            )
        files = [folder / "base.toml", chosen]
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, files)
