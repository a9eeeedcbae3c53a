"""Settings: where they come from, and what is said of a wrong one."""

from pathlib import Path

import pytest

from nb2prod.config import load, notebooks, parse_arguments
from nb2prod.errors import ConfigError
from nb2prod.pipeline import chosen_rules


def written(folder: Path, text: str, name: str = "nb2prod.toml") -> str:
    """A folder with a settings file."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    """Also from a folder below it, and from a table of pyproject.toml."""
    written(tmp_path, '[tool.nb2prod]\nprofile = "ci"\n', "pyproject.toml")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load(str(below)).profile == "ci"
    written(below, 'profile = "all"\n')
    assert load(str(below)).profile == "all"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selcet = ["paths"]', r"nb2prod.toml: selcet: there is no such key; did you mean `select`\?"),
        ('profile = "loud"', r"nb2prod.toml: profile: 'loud' is not one of hook, ci, all"),
        ('select = "paths"', "select: must be a list of strings"),
        ('[severities]\n"bare-except" = "fatal"', "severities.bare-except: 'fatal' is not one of error, warning, info"),
        ("force-exclude = 1", "force-exclude: must be true or false"),
        ("profile =", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    """File, key, and the nearest right one."""
    with pytest.raises(ConfigError, match=message):
        load(written(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    ['select = ["hardcoded-paht"]', "[options.long-cell]\nline = 3", '[per-notebook-ignores]\n"*" = ["nothing"]'],
)
def test_a_rule_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    """Names of rules, groups and options."""
    with pytest.raises(ConfigError, match=r"there is no rule|has no such option"):
        chosen_rules(load(written(tmp_path, text)))


def test_profiles_grow() -> None:
    """Whatever is on in one is on in the next."""
    config = load("/")
    hook, ci, everything = (
        {rule.name for rule in chosen_rules(parse_arguments("lint", ["--profile", profile]).over(config))}
        for profile in ("hook", "ci", "all")
    )
    assert hook < ci < everything


def test_folders_are_searched_as_git_would(tmp_path: Path) -> None:
    """Ignored files, checkpoints, environments and excluded globs are left out; what is named is taken."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("secret/\n*.tmp.ipynb\n!keep.tmp.ipynb\n", encoding="utf-8")
    names = "a.ipynb sub/b.ipynb secret/c.ipynb d.tmp.ipynb keep.tmp.ipynb .ipynb_checkpoints/e.ipynb old/f.ipynb"
    for name in [*names.split(), "env/g.ipynb", "env/pyvenv.cfg"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    config = load(written(tmp_path, 'exclude = ["old"]\n'))
    found = {str(Path(path).relative_to(tmp_path)) for path in notebooks([str(tmp_path)], config)}
    assert found == {"a.ipynb", "sub/b.ipynb", "keep.tmp.ipynb"}
    named = str(tmp_path / "old" / "f.ipynb")
    assert list(notebooks([named, named], config)) == [named]
