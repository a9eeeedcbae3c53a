"""Frozen nouns as JSON values, JSON values as frozen nouns, and the JSON schema of a noun: all from its types."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from functools import cache
from math import isfinite
from typing import Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from nb2prod.model.evidence import Evidence

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Noun = TypeVar("Noun")
NAMES: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def plain(value: object) -> Value:
    """The noun as JSON values: objects, lists, texts and numbers."""
    match value:
        case float() if not isfinite(value):
            return str(value)  # JSON has no word for it
        case None | bool() | int() | float() | str():
            return value
        case tuple() | list() | frozenset():
            return [plain(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is no plain value")


def noun(kind: type[Noun], value: Value) -> Noun:
    """The noun of a type that `plain` wrote; raises ValueError where the value does not fit."""
    made = _read(kind, value, kind.__name__)
    if not isinstance(made, kind):
        raise ValueError(f"{kind.__name__}: an object is expected")
    return made


def texts_changed(value: Noun, change: Callable[[str], str]) -> Noun:
    """The noun with every text in it changed, the words of its types and its keys left as they are."""
    made: Noun = _changed(value, change)  # type: ignore[assignment]  # it keeps the type
    return made


def _changed(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case tuple():
            return tuple(_changed(each, change) for each in value)
        case Mapping():
            return {key: _changed(each, change) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        kinds = hints(type(value))
        kept = (f.name for f in fields(value) if get_origin(kinds[f.name]) is not Literal)
        return replace(value, **{name: _changed(getattr(value, name), change) for name in kept})
    return value


@cache
def hints(kind: type) -> dict[str, object]:
    """The types of a noun's fields."""
    return get_type_hints(kind, localns={"Evidence": Evidence})


def _read(kind: object, value: Value, where: str) -> object:
    origin, given = get_origin(kind), get_args(kind)
    if origin is Literal:
        if value not in given:
            raise ValueError(f"{where}: {value!r} is not one of {given}")
        return value
    if origin in {Union, types.UnionType}:
        return _read_one_of(given, value, where)
    if origin is tuple and isinstance(value, list):
        inner = given[:1] * len(value) if given[1:] == (Ellipsis,) else given
        return tuple(_read(one, each, f"{where}[{n}]") for n, (one, each) in enumerate(zip(inner, value, strict=True)))
    if origin is not None and issubclass(origin, Mapping) and isinstance(value, dict):
        return {
            (int(key) if given[0] is int else key): _read(given[1], each, f"{where}.{key}")
            for key, each in value.items()
        }
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        kinds = hints(kind)
        known = [field.name for field in fields(kind) if field.name in value]
        missing = [field.name for field in fields(kind) if _required(field) and field.name not in value]
        if missing:
            raise ValueError(f"{where}: has no {', '.join(missing)}")
        return kind(**{name: _read(kinds[name], value[name], f"{where}.{name}") for name in known})
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and kind in NAMES and type(value) is kind:
        return value
    raise ValueError(f"{where}: {str(value)[:60]!r} does not fit")


def _read_one_of(kinds: tuple[object, ...], value: Value, where: str) -> object:
    for kind in sorted(kinds, key=lambda kind: kind is float):  # 1 stays an int where both are allowed
        try:
            return _read(kind, value, where)
        except ValueError as error:
            problem = error
    raise problem


def _required(field: "Field[object]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def schema(kind: type, title: str) -> dict[str, Value]:
    """The JSON schema of a noun, every noun in it under `$defs`."""
    nouns: dict[str, Value] = {}
    root = _schema(kind, nouns)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **root,
        "$defs": dict(sorted(nouns.items())),
    }


def _schema(kind: object, nouns: dict[str, Value]) -> dict[str, Value]:
    origin, given = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(given)}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_schema(one, nouns) for one in given]}
    if origin is tuple:
        return {"type": "array", "items": _schema(given[0], nouns)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(given[1], nouns)}
    if isinstance(kind, type) and kind in NAMES:
        return {"type": NAMES[kind]}
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in nouns:
            nouns[kind.__name__] = {}  # a noun may hold itself
            nouns[kind.__name__] = _object(kind, nouns)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    raise TypeError(f"{kind} has no JSON schema")


def _object(kind: type, nouns: dict[str, Value]) -> dict[str, Value]:
    kinds = hints(kind)
    properties: dict[str, Value] = {field.name: _schema(kinds[field.name], nouns) for field in fields(kind)}
    described = " ".join((kind.__doc__ or "").split())
    return {
        "description": described,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
