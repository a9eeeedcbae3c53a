"""What the user wishes: options of the command line over `[tool.nb2prod]` over the defaults.

The settings stand in the nearest `nb2prod.toml`, or the nearest `pyproject.toml` that has a table `[tool.nb2prod]`;
files are not merged. A wrong key or value raises ConfigError, which names the file, the key and the nearest right one.
"""

from nb2prod.config._arguments import USAGE, Arguments, parse_arguments
from nb2prod.config._files import matching, notebooks, uri_of
from nb2prod.config._settings import Config, asked, load, near

__all__ = [
    "USAGE",
    "Arguments",
    "Config",
    "asked",
    "load",
    "matching",
    "near",
    "notebooks",
    "parse_arguments",
    "uri_of",
]
