"""Typed settings: COUNTERS_* variables; the notebook has no value to set."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The values that left the notebook's code; the defaults are the notebook's own."""

    model_config = SettingsConfigDict(env_prefix="COUNTERS_", extra="forbid", frozen=True)
