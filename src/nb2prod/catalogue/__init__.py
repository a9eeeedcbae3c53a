"""What we know of other people's libraries, as data: one entry per function, one module per library.

A key is the dotted name that code reaches the function by (`pandas.read_csv`, `pandas.DataFrame.dropna`);
a builtin has no prefix (`print`, `list.append`). Facts about `pandas` stand in `pandas.py` and in
`pandas_<part>.py` and are loaded when they are first asked for; those about the standard library in
`stdlib*.py`, those about small libraries in `others*.py`. A name that starts with `~` is a kind of class
that many libraries share (`~classifier`), see `kinds.py`.
"""

# pathlib takes longer to import than a notebook to check
# ruff: noqa: PTH207

import builtins
import sys
from collections.abc import Iterator
from functools import cache
from glob import escape, glob
from importlib import import_module
from itertools import dropwhile

from nb2prod.catalogue._aliases import ALIASES
from nb2prod.catalogue._distributions import DISTRIBUTIONS, STUBS, TYPED, UNDISTRIBUTED
from nb2prod.catalogue._function import EFFECTS, RECEIVER, ROLES, Function, table
from nb2prod.catalogue._imports import inert
from nb2prod.catalogue._members import ACCESSORS, HOLDERS, MEMBERS
from nb2prod.model.frozen import dataclass, replace

__all__ = [
    "ACCESSORS",
    "DISTRIBUTIONS",
    "EFFECTS",
    "HOLDERS",
    "MEMBERS",
    "RECEIVER",
    "ROLES",
    "STUBS",
    "TYPED",
    "Function",
    "Library",
    "attribute",
    "canonical",
    "distribution",
    "function",
    "inert",
    "is_module",
    "is_type",
    "libraries",
    "library",
    "method",
    "table",
]


# Read here, because the file about the builtins takes their module's name in this one.
BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Library:
    """What is known of one top-level module.

    Its functions, the types of its attributes, its classes' bases, and other names for its modules and functions.
    """

    entries: dict[str, Function]
    properties: dict[str, str]
    bases: dict[str, tuple[str, ...]]
    aliases: dict[str, str]


@cache
def function(dotted: str) -> Function | None:
    """What is known of a function, method or class, None if nothing; a class returns itself."""
    name = canonical(dotted)
    known = library(name)
    if name in known.bases:
        return _constructor(name)
    if name in known.entries:
        return known.entries[name]
    owner, _, last = name.rpartition(".")
    module, _, held = owner.rpartition(".")
    holder = owner if is_type(owner) else attribute(module, held)
    return method(holder, last) if holder else None


@cache
def method(type: str, name: str) -> Function | None:  # noqa: A002 - the word of the field
    """What is known of a method of a type or of its base types, None if nothing."""
    return next((found for each in _lineage(type) if (found := library(each).entries.get(f"{each}.{name}"))), None)


@cache
def attribute(type: str, name: str) -> str:  # noqa: A002 - the word of the field
    """The dotted type of an attribute of a type (`shape`) or a module (`math.pi`), "" if unknown."""
    lineage = tuple(_lineage(type))
    found = next((kind for each in lineage if (kind := library(each).properties.get(f"{each}.{name}"))), "")
    return lineage[0] if found == "self" else found


@cache
def is_type(dotted: str) -> bool:
    """Whether this is the name of a known class."""
    name = canonical(dotted)
    return name in library(name).bases


@cache
def is_module(dotted: str) -> bool:
    """Whether this is the name of a module in which a function or class is known."""
    name = canonical(dotted)
    known = library(name)
    return not is_type(name) and name not in known.entries and any(key.startswith(f"{name}.") for key in known.bases)


@cache
def canonical(dotted: str) -> str:
    """The public name of what a dotted name reaches, without type arguments.

    `numpy.random.mtrand.rand` is `numpy.random.rand`, `sklearn.svm._classes.SVC` is `sklearn.svm.SVC`.
    """
    name = dotted.partition("[")[0]
    known = library(name).aliases
    head, tail = name, ""
    while head:
        if head in ALIASES or head in known:
            return canonical(".".join(filter(None, (ALIASES.get(head, known.get(head)), tail))))
        head, _, last = head.rpartition(".")
        tail = f"{last}.{tail}" if tail else last
    return _public(name)


def distribution(module: str) -> str:
    """The name on PyPI of the distribution that a module comes from, "" if none offers it.

    `sklearn.svm` comes from `scikit-learn`.
    """
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    known = next((prefix for prefix in prefixes if prefix in DISTRIBUTIONS or prefix in UNDISTRIBUTED), "")
    return DISTRIBUTIONS.get(known, "") if known else parts[0].replace("_", "-")


@cache
def libraries() -> dict[str, tuple[str, ...]]:
    """The files of this package by the library that they are about: `pandas` has `pandas` and `pandas_frame`."""
    files: dict[str, tuple[str, ...]] = {}
    for file in sorted(glob(f"{escape(__path__[0])}/[!_]*.py")):
        name = file.replace("\\", "/").rpartition("/")[2].removesuffix(".py")
        about = name.partition("_")[0]
        files[about] = (*files.get(about, ()), name)
    return files


def library(dotted: str) -> Library:
    """All that is known of the library that a canonical name belongs to."""
    top = dotted.partition(".")[0]
    if top in libraries():
        return _load(top)
    if top.startswith("~"):
        return _load("kinds")
    if top in sys.stdlib_module_names:
        return _load("stdlib")
    return _load("builtins" if top in BUILTINS else "others")


@cache
def _load(about: str) -> Library:
    modules = [import_module(f"{__name__}.{name}") for name in libraries()[about]]
    return Library(
        *(
            {key: value for module in modules for key, value in getattr(module, facts, {}).items()}
            for facts in ("ENTRIES", "PROPERTIES", "BASES", "ALIASES")
        )
    )


def _constructor(name: str) -> Function:
    entries = (library(each).entries.get(each) for each in _lineage(name))
    return replace(next(filter(None, entries), Function(pure=True)), returns=name)


def _lineage(type: str) -> Iterator[str]:  # noqa: A002 - the word of the field
    """A type and its bases, nearest first."""
    name = canonical(type)
    yield name
    for base in library(name).bases.get(name, ()):
        yield from _lineage(base)


def _public(name: str) -> str:
    """A name without its private part: `sklearn.metrics._plot.roc_curve.RocCurveDisplay` is in `sklearn.metrics`."""
    first, *middle, last = name.split(".") if "." in name else (name, "")
    hidden = next((at for at, part in enumerate(middle) if part.startswith("_") and not part.endswith("__")), None)
    if hidden is None:
        return name
    shown = dropwhile(lambda part: part.startswith("_") or part.islower(), middle[hidden:])
    return ".".join((first, *middle[:hidden], *shown, last))
