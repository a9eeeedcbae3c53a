"""The dotted name of a value's type, as one would write it in an annotation; "" where none would help."""

from __future__ import annotations

import types

from .values import Digester, module

# Said of many things, so they say too little; or the value is a stand-in for another.
SILENT = (type(None), types.FunctionType, types.BuiltinFunctionType, types.MethodType, type, types.GeneratorType)
MOST = 1000


def kind_name(value: object, digester: Digester) -> str:
    """The type of a value; that of the elements too, if all of them have one."""
    if isinstance(value, SILENT):
        return ""
    if isinstance(value, types.ModuleType):
        return "types.ModuleType"
    kind = type(value)
    if kind in {list, set, frozenset}:
        return _container(kind.__name__, [list(value)], digester)  # type: ignore[call-overload]
    if kind is dict:
        return _container("dict", [list(value), list(value.values())], digester)  # type: ignore[call-overload, attr-defined]
    return public_name(kind, digester)


def _container(name: str, sides: list[list[object]], digester: Digester) -> str:
    found = []
    for side in sides:
        inner = {public_name(each, digester) for each in {type(item) for item in side[:MOST]}}
        if len(inner) != 1 or len(side) > MOST or not (only := inner.pop()) or only in {"list", "dict", "set", "tuple"}:
            return name
        found.append(only)
    return f"{name}[{', '.join(found)}]"


def public_name(kind: type, digester: Digester) -> str:
    """Where users import a class from: the shortest module above its own that has it under its name."""
    name, home = kind.__qualname__, digester.home(kind.__module__)
    if kind is type(None) or "<locals>" in name:
        return ""
    if home == "builtins":
        return name
    if home == "__main__":
        return f"__main__.{name}"
    if home == "numpy" and issubclass(kind, float):
        return "float"
    steps = home.split(".")
    for count in range(1, len(steps) + 1):
        place = ".".join(steps[:count])
        if getattr(module(place), name, None) is kind and not any(step.startswith("_") for step in steps[:count]):
            return f"{place}.{name}"
    return ""
