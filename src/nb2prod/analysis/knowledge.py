"""What is known of the types that libraries give: what the catalogue says, else what was inferred from their code."""

from functools import cache

from nb2prod import catalogue
from nb2prod.analysis.types import cleaned, known, split
from nb2prod.catalogue import _inferred as inferred

# What these leave open depends on values: nothing that was inferred in general is better.
OPEN = ("pandas.", "numpy.")
MODULE = "types.ModuleType"
BUILTIN = {kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset)}
FRAME, SERIES = "pandas.DataFrame", "pandas.Series"


@cache
def held(owner: str, name: str) -> str:
    """The type of an attribute of a class, "" if unknown."""
    return catalogue.attribute(owner, name) or _inferred(owner, name) or _method(owner, name)


def _inferred(owner: str, name: str) -> str:
    found = inferred.held(_home(owner), name) or ""
    return owner if found == "self" else found


def _method(owner: str, name: str) -> str:
    """A method that is not called, but passed on."""
    function = catalogue.method(owner, name)
    returns = function.returns if function is not None else inferred.returned(_home(owner), name)
    if function is None and returns is None:
        return ""
    return f"Callable[..., {known(returns or '') if returns not in {'self', 'first', 'args'} else 'Any'}]"


@cache
def returned(owner: str, name: str) -> str:
    """What a method of a class returns, "self" for what it is called on, "" if unknown."""
    found = inferred.returned(_home(owner), name)
    if found is not None:
        return found
    value, inner = split(inferred.held(_home(owner), name) or "")
    return cleaned(inner[-1]) if value == "Callable" else ""


@cache
def lacks(owner: str, name: str) -> bool:
    """Whether a class has no such attribute for certain: code that asks for it does not have one in its hands."""
    base = split(owner)[0]
    if base == "None":
        return not hasattr(None, name)
    if base in BUILTIN:
        return not hasattr(BUILTIN[base], name)
    if base in catalogue.MEMBERS:
        return name not in catalogue.MEMBERS[base]
    return (
        base == SERIES and catalogue.method(FRAME, name) is not None and not (held(base, name) or returned(base, name))
    )


def home(dotted: str) -> str:
    """The name that a library itself gives to what a dotted name reaches."""
    return inferred.home(dotted)


def _home(owner: str) -> str:
    return owner if inferred.is_class(owner) else inferred.home(catalogue.canonical(owner))


@cache
def result(dotted: str) -> str:
    """What calling a function or a class of a library returns, "" if unknown."""
    name = inferred.home(dotted)
    if inferred.is_class(name):
        made = inferred.returned(name, "__new__")
        return dotted if made in {None, "self"} else made or ""
    owner, _, last = name.rpartition(".")
    found = inferred.returned(owner, last) if owner else None
    if found is not None:
        return owner if found == "self" else found
    return dotted if is_class_by_name(dotted) else ""


def is_class_by_name(dotted: str) -> bool:
    """By convention a capitalised name in a module is a class."""
    module, _, last = dotted.rpartition(".")
    if inferred.knows(dotted):
        return False
    return bool(module and last[:1].isupper() and not last.isupper() and not module.rpartition(".")[2][:1].isupper())


@cache
def value(dotted: str) -> str:
    """The type of what a dotted name stands for: a constant, a class, a function, a module."""
    if not dotted:
        return ""
    head, _, last = dotted.rpartition(".")
    if head and (found := catalogue.attribute(head, last)):
        return found
    if catalogue.is_type(dotted):
        return f"type[{catalogue.canonical(dotted)}]"
    name = inferred.home(dotted)
    owner, _, last = name.rpartition(".")
    if owner and (found := inferred.held(owner, last) or ""):
        return found
    if inferred.is_class(name):
        return f"type[{dotted}]"
    if inferred.is_module(name) or catalogue.is_module(dotted):
        return MODULE
    if (function := catalogue.function(dotted)) is not None:
        returns = "" if function.returns in {"self", "first", "args"} else function.returns
        return f"Callable[..., {known(returns)}]"
    returned = inferred.returned(owner, last) if owner else None
    return f"Callable[..., {known(returned)}]" if returned is not None else ""
