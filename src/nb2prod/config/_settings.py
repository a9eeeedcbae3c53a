"""`Config`, and how it is read from TOML."""

# pathlib takes as long to import as a notebook to check
# ruff: noqa: PTH100, PTH118, PTH120, PTH123

import os
from collections.abc import Mapping
from typing import Literal, get_args

from nb2prod.errors import ConfigError
from nb2prod.model import Severity
from nb2prod.model.frozen import dataclass, field, replace

Profile = Literal["hook", "ci", "all"]
FailOn = Literal["error", "warning", "info", "never"]
ProjectProfile = Literal["auto", "library", "batch", "service"]
Option = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Config:
    """The user's wishes. `root` is the folder of the file that they came from: globs are relative to it.

    `select` and `ignore` name rules or groups; without `select`, `profile` says which rules are on.
    `per_notebook_ignores` are the rules to leave out by glob, `options` the options of rules by name.
    `project_profile` is how much `convert` generates; "auto" lets the notebook decide.
    """

    root: str = "."
    profile: Profile = "hook"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    per_notebook_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: FailOn = "warning"
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    third_party_rules: bool = False
    options: Mapping[str, Mapping[str, Option]] = field(default_factory=dict)
    project_profile: ProjectProfile = "auto"


CHOICES: dict[str, tuple[str, ...]] = {
    "profile": get_args(Profile),
    "fail-on": get_args(FailOn),
    "project-profile": get_args(ProjectProfile),
}
SEVERITIES: tuple[str, ...] = get_args(Severity)
KEYS = tuple(name.replace("_", "-") for name in Config.__match_args__ if name != "root")


def load(start: str | os.PathLike[str]) -> Config:
    """The settings that hold in a folder; the defaults if there is no file."""
    folder = here = os.path.abspath(start)
    while True:
        for name in ("nb2prod.toml", "pyproject.toml"):
            path = os.path.join(here, name)
            text = _text(path)
            if text is not None and (name == "nb2prod.toml" or "tool.nb2prod" in text):
                return _parsed(text, path, here) if text.strip() else Config(root=here)
        if os.path.dirname(here) == here:
            return Config(root=folder)
        here = os.path.dirname(here)


def _text(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, PermissionError, IsADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read ({error}); save it as UTF-8") from error


def _parsed(text: str, path: str, root: str) -> Config:
    import tomllib  # costs as much as reading a notebook: only where there is a file

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; mend it") from error
    in_pyproject = path.endswith("pyproject.toml")
    table = document.get("tool", {}).get("nb2prod", {}) if in_pyproject else document
    where = f"{path}: tool.nb2prod" if in_pyproject else path
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: must be a table")
    config = Config(root=root)
    for key, value in table.items():
        config = changed(config, key, _value(where, key, value))
    return config


def changed(config: Config, key: str, value: object) -> Config:
    """The settings with one of them changed; the value has been checked."""
    return replace(config, **{key.replace("-", "_"): value})  # type: ignore[arg-type]  # see above


def asked(config: Config, key: str, word: str) -> Config:
    """The settings with what an option of the command line says, "" if nothing; raises ConfigError for a wrong word."""
    if word and word not in CHOICES[key]:
        raise ConfigError(f"--{key.removeprefix('project-')}: `{word}` is not one of {', '.join(CHOICES[key])}")
    return changed(config, key, word) if word else config


def _value(where: str, key: str, value: object) -> object:
    """The value of a key in the shape that `Config` wants."""
    place = f"{where}.{key}" if ": " in where else f"{where}: {key}"
    if key not in KEYS:
        raise ConfigError(f"{place}: there is no such key{near(key, KEYS)}")
    match key:
        case "profile" | "fail-on" | "project-profile":
            return _one_of(place, value, CHOICES[key])
        case "select" | "ignore" | "exclude":
            return _strings(place, value)
        case "force-exclude" | "third-party-rules":
            if not isinstance(value, bool):
                raise ConfigError(f"{place}: must be true or false, not {value!r}")
            return value
        case "severities":
            return {name: _one_of(f"{place}.{name}", word, SEVERITIES) for name, word in _table(place, value).items()}
        case "per-notebook-ignores":
            return {glob: _strings(f'{place}."{glob}"', names) for glob, names in _table(place, value).items()}
        case _:
            return {name: _options(f"{place}.{name}", table) for name, table in _table(place, value).items()}


def _one_of(place: str, value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ConfigError(f"{place}: {value!r} is not one of {', '.join(choices)}")
    return value


def _strings(place: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{place}: must be a list of strings, not {value!r}")
    return tuple(value)


def _table(place: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ConfigError(f"{place}: must be a table, not {value!r}")
    return value


def _options(place: str, value: object) -> dict[str, Option]:
    found: dict[str, Option] = {}
    for name, option in _table(place, value).items():
        if not isinstance(option, Option):
            raise ConfigError(f"{place}.{name}: must be a string, a number or true or false")
        found[name] = option
    return found


def near(name: str, known: tuple[str, ...]) -> str:
    """`; did you mean "x"?` for the nearest known name, what there is if none is near."""
    from difflib import get_close_matches  # only when there is something to say

    close = get_close_matches(name, known, 1)
    return f"; did you mean `{close[0]}`?" if close else f"; known: {', '.join(known[:12])}"
