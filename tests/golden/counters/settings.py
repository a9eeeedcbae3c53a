"""Typed settings: defaults, then config/base.toml and config/$COUNTERS_ENV.toml, then COUNTERS_* variables."""

import os
from pathlib import Path

from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """The values that left the notebook's code; the defaults are the notebook's own."""

    model_config = SettingsConfigDict(env_prefix="COUNTERS_", extra="forbid", frozen=True)

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
        folder = Path(os.environ.get("COUNTERS_CONFIG_DIR", "config"))
        chosen = folder / f"{os.environ.get('COUNTERS_ENV', 'dev')}.toml"
        if "COUNTERS_ENV" in os.environ and not chosen.is_file():
            raise FileNotFoundError(
                f"{chosen} does not exist: COUNTERS_ENV chooses it, COUNTERS_CONFIG_DIR says where it is"
            )
        files = [folder / "base.toml", chosen]
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, files)
