"""What libraries return, as a type checker inferred it from their code: one file a library in `inferred/`.

`scripts/library_types.py` writes the files. A line has its fields between tabs; a leading dot stands for the library:

    c  module  bases  classes       classes and what they are made from
    f  owner   type   names         what functions, and methods of a class, return ("self": the receiver's own type)
    a  owner   type   names         the types of attributes and of plain values ("?": unlike in the base class, unknown)
    =  module  home   names         names in a module of what is at home in another; `name=own` if it is called otherwise there
    m  name    module               a module by another name

A file is read when its library is first asked for, never by the linter.
"""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from nb2prod.catalogue._supplied import SUPPLIED

DOT = re.compile(r"(?<![\w.\]])\.(?=\w)")


@dataclass(slots=True)
class Inferred:
    """What is known of one library."""

    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)


@cache
def inferred(top: str) -> Inferred:
    """All that was inferred about a library, by its top-level module."""
    known = Inferred()
    try:
        text = (pkgutil.get_data(__package__, f"inferred/{top}.txt") or b"").decode()
    except OSError:
        return known
    for line in DOT.sub(f"{top}.", text).splitlines():
        _note(known, *line.split("\t"))
    for line in DOT.sub(f"{top}.", SUPPLIED.get(top, "")).strip().splitlines():
        mark, owner, what, *names = line.split()
        inside = known.aliases.get(owner, "").startswith(f"{owner}.")  # a function hides this module
        _note(known, mark, owner if inside else _reached(known.aliases, owner), what, " ".join(names))
    return known


def _note(known: Inferred, mark: str, owner: str, what: str, names: str = "") -> None:
    match mark:
        case "c":
            known.modules.add(owner)
            known.bases.update({f"{owner}.{name}": tuple(what.split()) for name in names.split()})
        case "f":
            known.returns.update({f"{owner}.{name}": _spaced(what) for name in names.split()})
        case "a":
            known.attributes.update({f"{owner}.{name}": _spaced(what) for name in names.split()})
        case "m":
            known.aliases[owner] = what
        case "=":
            for name in names.split():
                here, _, there = name.partition("=")
                known.aliases[f"{owner}.{here}"] = f"{what}.{there or here}"


def _spaced(kind: str) -> str:
    return "" if kind == "?" else kind.replace(",", ", ").replace(" | ", "|").replace("|", " | ")


@cache
def home(dotted: str) -> str:
    """The name that a library itself gives to what a dotted name reaches: `statsmodels.api.OLS` is at home elsewhere."""
    return _reached(inferred(dotted.partition(".")[0]).aliases, dotted)


def _reached(aliases: Mapping[str, str], dotted: str) -> str:
    # a name may be at home in a module that offers it by another name again, but not for ever
    for _turn in range(4):
        head, tail = dotted, ""
        while head and head not in aliases:
            head, _, last = head.rpartition(".")
            tail = f"{last}.{tail}" if tail else last
        if not head or aliases[head] == head:
            return dotted
        dotted = f"{aliases[head]}.{tail}" if tail else aliases[head]
        if aliases[head].startswith(f"{head}."):
            return dotted  # a function that hides the module that it is at home in
    return dotted


def is_class(dotted: str) -> bool:
    """Whether a name, as its library gives it, is that of a class."""
    return dotted in inferred(dotted.partition(".")[0]).bases


def is_module(dotted: str) -> bool:
    """Whether a name, as its library gives it, is that of a module with classes."""
    return dotted in inferred(dotted.partition(".")[0]).modules


def lineage(dotted: str) -> Iterator[str]:
    """A class and those that it is made from, nearest first."""
    yield dotted
    for base in inferred(dotted.partition(".")[0]).bases.get(dotted, ()):
        yield from lineage(base)


@cache
def returned(owner: str, name: str) -> str | None:
    """What a function of a module or a method of a class returns, "" if unknown, None if there is none of that name."""
    return _first(owner, name, "returns")


@cache
def held(owner: str, name: str) -> str | None:
    """The type of an attribute, "" if unknown, None if there is none of that name."""
    return _first(owner, name, "attributes")


def _first(owner: str, name: str, table: str) -> str | None:
    for each in lineage(owner):
        entries: dict[str, str] = getattr(inferred(each.partition(".")[0]), table)
        if f"{each}.{name}" in entries:
            return entries[f"{each}.{name}"]
    return None


def knows(dotted: str) -> bool:
    """Whether anything was inferred about the library that a name belongs to."""
    return bool(inferred(dotted.partition(".")[0]).bases)
