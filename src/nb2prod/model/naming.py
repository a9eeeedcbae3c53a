"""Names for what is generated: made of the notebook's own words, never colliding with its names."""

import builtins
import keyword
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable

RESERVED = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | frozenset(keyword.softkwlist)
# Modules of the generated package, and packages that its own code and tests import.
OWN = frozenset(
    "stages pipeline settings figures shell fetch tests test src config data main setup pydantic pydantic_settings pytest "
    "numpy pandas scipy sklearn matplotlib seaborn statsmodels torch tensorflow keras requests con prn aux nul".split()
)
WORD = re.compile(r"[a-z0-9]+")
STOP = frozenset("a an the of to and in on for with by our my we is are this that it its from at as be let us".split())


def words(text: str) -> list[str]:
    """The plain lower-case words of a text; accents are dropped, what has no ASCII letter is left out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain)
    return WORD.findall(plain.lower())


def slug(text: str, limit: int = 4, longest: int = 40) -> str:
    """A snake-case name of the first telling words of a text, "" if there are none."""
    found = [word for word in words(text) if word not in STOP]
    while found and found[0].isdigit():
        found.pop(0)
    name = ""
    for word in found[:limit]:
        longer = f"{name}_{word}".strip("_")
        if len(longer) > longest:
            break
        name = longer
    return name if name.isidentifier() else ""


def free(name: str, taken: Collection[str], *endings: str) -> str:
    """The name itself if it is free, else with the first ending, else the first number, that makes it free.

    Names are compared as a file system that ignores case would.
    """
    used = taken if isinstance(taken, Taken) else Taken(taken)
    for candidate in [name, *(f"{name}_{ending}" for ending in endings)]:
        if candidate not in used and candidate not in RESERVED:
            return candidate
    number = 2
    while f"{name}_{number}" in used:
        number += 1
    return f"{name}_{number}"


class Taken(set[str]):
    """Names in use, whatever their case."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__(name.lower() for name in names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def add(self, name: str) -> None:
        """Take a name."""
        super().add(name.lower())


def class_of_results(function: str) -> str:
    """The name of the class that carries the results of a function: `train_model` returns a `TrainModelResult`."""
    return "".join(word.capitalize() for word in function.split("_")) + "Result"


def package_name(stem: str, imports: Iterable[str] = ()) -> str:
    """The import name of the project made of a notebook's file name."""
    name = "_".join(words(stem))[:40].strip("_")
    if not name or name[0].isdigit():
        name = f"notebook_{name}".strip("_")
    taken = RESERVED | OWN | sys.stdlib_module_names | set(imports)
    return free(name, taken, "pipeline", "project")
