"""Typed settings: defaults, then config/base.toml and config/$SALES_ENV.toml, then SALES_* variables."""

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

    model_config = SettingsConfigDict(env_prefix="SALES_", extra="forbid", frozen=True)

    sales_path: str = Field(
        default="/home/mira/work/sales.csv", description="Cell 4: File that read_csv() reads"
    )
    minimum: int = Field(default=100, description="Cell 8: Minimum")
    totals_path: str = Field(default="totals.csv", description="Cell 9: File that to_csv() writes")
    figures_dir: Path | None = Field(
        default=None, description="Folder to save the figures in; none are saved without it"
    )
    max_age_days: float | None = Field(
        default=None,
        gt=0,
        description="Inputs older than that are refused; any age is fine without it",
    )
    manifest_path: Path | None = Field(
        default=None, description="File to record each run in; none is recorded without it"
    )

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
        folder = Path(os.environ.get("SALES_CONFIG_DIR", "config"))
        chosen = folder / f"{os.environ.get('SALES_ENV', 'dev')}.toml"
        if "SALES_ENV" in os.environ and not chosen.is_file():
            raise FileNotFoundError(
                f"{chosen} does not exist: SALES_ENV chooses it, SALES_CONFIG_DIR says where it is"
            )
        files = [folder / "base.toml", chosen]
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, files)
