"""Which notebooks the paths of a command mean."""

# pathlib takes as long to import as a notebook to check
# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH118, PTH120, PTH123

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from nb2prod.config._settings import Config
from nb2prod.model.patterns import pattern

SKIPPED = pattern(
    r"\.(?:ipynb_checkpoints|git|hg|svn|venv|tox|nox|eggs|mypy_cache|ruff_cache|nb2prod-cache|pytest_cache|virtual_documents)"
    r"|node_modules|__pycache__|site-packages"
)


class Patterns(Protocol):
    """What pathspec compiles a list of globs to."""

    def check_file(self, file: str, /) -> "Verdict":
        """What the globs say of a path."""
        ...


class Verdict(Protocol):
    """Whether a path is in: None if no glob speaks of it."""

    include: bool | None


def notebooks(
    paths: Iterable[str], config: Config, searched: Callable[[str, str], None] | None = None
) -> Iterator[str]:
    """The notebooks meant: files as they are named, folders with all below them, each once.

    A path that does not exist is handed on, so that reading it says so. `searched` is told which folders and which
    files in them decided what there is below a path.
    """
    seen: set[str] = set()
    exclude = _compiled(config.exclude) if config.exclude else None
    for path in paths:
        below = _below(path, config, exclude, searched or _nobody)
        found = below if os.path.isdir(path) else _named(path, config, exclude)
        for each in found:
            real = os.path.abspath(each)
            if real not in seen:
                seen.add(real)
                yield each


def matching(path: str, globs: Sequence[str], root: str) -> list[str]:
    """The globs, relative to a root, that a path matches."""
    return [glob for glob in globs if _excluded(_compiled([glob]), path, root)]


def _named(path: str, config: Config, exclude: Patterns | None) -> Iterator[str]:
    if config.force_exclude and exclude is not None and _excluded(exclude, path, config.root):
        return
    yield path


def _nobody(path: str, part: str) -> None:
    """Nobody wants to know what was searched."""


def _below(
    folder: str, config: Config, exclude: Patterns | None, searched: Callable[[str, str], None]
) -> Iterator[str]:
    """The notebooks in a folder and its folders, without those that git or the settings leave out."""
    waiting = [(folder, _ignores_above(folder, searched))]
    while waiting:
        here, above = waiting.pop()
        searched(folder, here)
        searched(folder, os.path.join(here, ".gitignore"))
        ignores = [*above, *_ignores_of(here)]
        folders: list[str] = []
        for entry in _entries(here):
            left_out = SKIPPED.fullmatch(entry.name) or _ignored(
                entry.path, entry.is_dir(follow_symlinks=False), ignores
            )
            if left_out or (exclude is not None and _excluded(exclude, entry.path, config.root)):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.name.endswith(".ipynb"):
                yield entry.path
        waiting += [
            (each, ignores) for each in reversed(folders) if not os.path.exists(os.path.join(each, "pyvenv.cfg"))
        ]


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:  # no permission, or gone by now
        return []


def _ignores_above(top: str, searched: Callable[[str, str], None]) -> list[tuple[str, Patterns]]:
    """The `.gitignore` files above a folder, up to the repository's root."""
    found: list[tuple[str, Patterns]] = []
    here = os.path.abspath(top)
    while not os.path.exists(os.path.join(here, ".git")):
        here, below = os.path.dirname(here), here
        if here == below:
            return []
        searched(top, os.path.join(here, ".gitignore"))
        found = [*_ignores_of(here), *found]
    return found


def _ignores_of(folder: str) -> list[tuple[str, Patterns]]:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return []
    return [(os.path.abspath(folder), _compiled(lines))]


def _ignored(path: str, is_folder: bool, ignores: list[tuple[str, Patterns]]) -> bool:
    """What the nearest `.gitignore` that speaks of a path says."""
    for root, patterns in reversed(ignores):
        name = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
        verdict = patterns.check_file(name + "/" if is_folder else name).include
        if verdict is not None:
            return verdict
    return False


def _excluded(patterns: Patterns, path: str, root: str) -> bool:
    name = os.path.relpath(os.path.abspath(path), os.path.abspath(root)).replace(os.sep, "/")
    return bool(patterns.check_file(name).include)


def _compiled(globs: Sequence[str]) -> Patterns:
    from pathspec import GitIgnoreSpec  # only where there is a pattern

    compiled: Patterns = GitIgnoreSpec.from_lines(globs)  # type: ignore[assignment]  # its methods are more general
    return compiled


def uri_of(path: str) -> str:
    """The path relative to the root of its repository (or to the working directory), with forward slashes."""
    full = os.path.abspath(path)
    root = os.path.dirname(full)
    while not os.path.exists(os.path.join(root, ".git")) and os.path.dirname(root) != root:
        root = os.path.dirname(root)
    if not os.path.exists(os.path.join(root, ".git")):
        root = os.getcwd()
    relative = os.path.relpath(full, root)
    return (full if relative.startswith("..") else relative).replace(os.sep, "/")
