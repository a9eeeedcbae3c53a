"""`dataclass`, `field` and `replace` for nouns, at a tenth of the cost of making and importing them.

`dataclasses` imports `inspect` and compiles half a dozen methods for each class: for the nouns of `lint` that takes
longer than checking a notebook does. The classes made here have slots and one compiled method, their `__init__`, and
share the others; whoever asks `dataclasses` about them finds real dataclasses. A type checker sees `dataclasses` itself.
"""

from operator import attrgetter

__all__ = ["dataclass", "field", "replace"]

TYPE_CHECKING = False  # typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass, field, replace
    from typing import Any
else:

    def dataclass(*, frozen=False, slots=True, order=False):  # noqa: ARG001  # they are always made
        """A decorator, as `dataclasses.dataclass`."""
        return lambda cls: _made(cls, frozen, order)

    def field(*, default=None, default_factory=None, compare=True, repr=True):  # noqa: A002  # as they are called there
        """What is to be known of a field: how its default is made, whether it counts and shows."""
        return _Field(default, default_factory, compare, repr)

    def replace(noun, /, **changes):
        """A copy with some fields changed."""
        return noun.__class__(**{name: getattr(noun, name) for name in noun.__match_args__} | changes)


class _Field:
    """What is said of one field."""

    def __init__(
        self,
        default: object = None,
        factory: "Callable[[], object] | None" = None,
        compare: bool = True,
        repr: bool = True,  # noqa: A002
    ) -> None:
        self.default, self.factory, self.compare, self.repr = default, factory, compare, repr


class _Fields:
    """`__dataclass_fields__`: made when `dataclasses`, or somebody in its name, first asks."""

    def __init__(self, kinds: "dict[str, Any]", said: dict[str, _Field]) -> None:
        self.kinds, self.said = kinds, said

    def __get__(self, noun: object, cls: type) -> "dict[str, Any]":
        import dataclasses

        def real(said: _Field) -> "Any":
            if said.factory:
                return dataclasses.field(default_factory=said.factory, compare=said.compare, repr=said.repr)
            return dataclasses.field(default=said.default, compare=said.compare, repr=said.repr)

        fields = [(n, kind, *([real(self.said[n])] if n in self.said else [])) for n, kind in self.kinds.items()]
        found: dict[str, Any] = dataclasses.make_dataclass(cls.__name__, fields).__dict__["__dataclass_fields__"]
        type.__setattr__(cls, "__dataclass_fields__", found)
        return found


def _made(cls: type, frozen: bool, order: bool) -> type:
    """The class with slots, and with the methods of a dataclass."""
    kinds: dict[str, Any] = getattr(cls, "__annotations__", {})
    given = {name: cls.__dict__[name] for name in kinds if name in cls.__dict__}
    said = {name: value if isinstance(value, _Field) else _Field(value) for name, value in given.items()}
    space = {name: value for name, value in cls.__dict__.items() if name not in {*kinds, "__dict__", "__weakref__"}}
    space |= {"__slots__": tuple(kinds), "__match_args__": tuple(kinds), "__dataclass_fields__": _Fields(kinds, said)}
    space |= _methods(
        _values_of([name for name in kinds if name not in said or said[name].compare]), _values_of(list(kinds)), order
    )
    space["__repr__"] = _repr_of([name for name in kinds if name not in said or said[name].repr])
    if frozen:
        space |= {"__setattr__": _refuse, "__delattr__": _refuse}
    else:
        space["__hash__"] = None
    made = type(cls)(cls.__name__, cls.__bases__, space)
    type.__setattr__(made, "__init__", _first_init(made, list(kinds), said))
    return made


def _first_init(cls: type, names: list[str], said: dict[str, _Field]) -> "Any":
    """An `__init__` that makes the real one when it is first called: most classes never are in a lint."""

    def init(self: object, *given: object, **named: object) -> None:
        real = _init_of(cls, names, said)
        type.__setattr__(cls, "__init__", real)
        real(self, *given, **named)

    return init


def _init_of(cls: type, names: list[str], said: dict[str, _Field]) -> "Any":
    space: dict[str, Any] = {f"set_{name}": cls.__dict__[name].__set__ for name in names}
    space |= {f"default_{name}": field.factory or field.default for name, field in said.items()}
    heads, lines = ["self"], ["    pass"]
    for name in names:
        made = f"default_{name}() if {name} is default_{name} else {name}"
        heads.append(f"{name}=default_{name}" if name in said else name)
        lines.append(f"    set_{name}(self, {made if name in said and said[name].factory else name})")
    exec(f"def __init__({', '.join(heads)}):\n" + "\n".join(lines), space)  # noqa: S102  # our own names alone
    return space["__init__"]


def _values_of(names: list[str]) -> "Callable[[Any], tuple[Any, ...]]":
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda noun: (one(noun),)
    return attrgetter(*names)


def _methods(key: "Callable[[Any], Any]", values: "Callable[[Any], Any]", order: bool) -> "dict[str, Any]":
    """Comparison by what counts, and pickling by everything."""

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def less(self: object, other: object) -> bool:
        return key(self) < key(other) if other.__class__ is self.__class__ else NotImplemented

    def less_or_equal(self: object, other: object) -> bool:
        return key(self) <= key(other) if other.__class__ is self.__class__ else NotImplemented

    def reduced(self: object) -> tuple[type, tuple["Any", ...]]:
        return self.__class__, values(self)

    methods = {"__eq__": equal, "__hash__": lambda self: hash(key(self)), "__reduce__": reduced}
    # Python turns `a > b` into `b < a` where that is all there is
    return methods | ({"__lt__": less, "__le__": less_or_equal} if order else {})


def _repr_of(names: list[str]) -> "Callable[[Any], str]":
    def shown(self: object) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({fields})"

    return shown


def _refuse(_self: object, name: str, _value: object = None) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")
