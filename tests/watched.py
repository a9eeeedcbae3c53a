"""What types values really have: a notebook's statements are run one by one, and what was said of each name is checked.

    python tests/watched.py NOTEBOOK

prints how many types were checked and each one that was wrong.
"""

import ast
import builtins
import collections.abc
import contextlib
import io
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from nb2prod.analysis import analyze
from nb2prod.analysis.types import members, split
from nb2prod.model.facts import Analysis
from nb2prod.notebook import read

DEEPEST, MOST = 4, 50
GENERIC = frozenset({"Iterator", "Iterable", "Sequence", "Mapping", "KeysView", "ValuesView", "ItemsView", "Hashable"})


def resolve(name: str, namespace: dict[str, Any]) -> Any:
    """The class that a dotted name stands for."""
    if "." not in name:
        return namespace.get(name) or getattr(builtins, name)
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        with contextlib.suppress(ImportError):
            found: Any = import_module(".".join(parts[:length]))
            for part in parts[length:]:
                found = getattr(found, part)
            return found
    raise ImportError(name)


def agrees(kind: str, value: Any, namespace: dict[str, Any], depth: int = 0) -> bool:
    """Whether a value is of a type, as a type checker reads it: an int is a float."""
    if len(each := members(kind)) > 1:
        return any(agrees(one, value, namespace, depth) for one in each)
    name, inner = split(kind)
    match name:
        case "" | "Any":
            return True
        case "None":
            return value is None
        case "Callable":
            return callable(value)
        case "float":
            return isinstance(value, float | int)
        case "typing.IO":
            return isinstance(value, io.IOBase)
    if name in GENERIC:
        return isinstance(value, getattr(collections.abc, name))
    if not isinstance(value, resolve(name, namespace)):
        return False
    if name == "type" and inner:
        return any(one == "Any" or issubclass(value, resolve(split(one)[0], namespace)) for one in members(inner[0]))
    return depth > DEEPEST or _holds(name, inner, value, namespace, depth + 1)


def _holds(name: str, inner: list[str], value: Any, namespace: dict[str, Any], depth: int) -> bool:
    """Whether what a container holds is of the types that its type says."""
    if name == "tuple" and inner and "..." not in inner:
        return len(inner) == len(value) and all(
            agrees(k, v, namespace, depth) for k, v in zip(inner, value, strict=True)
        )
    if name in {"list", "set", "frozenset", "tuple"} and inner:
        return all(agrees(inner[0], item, namespace, depth) for item in [*value][:MOST])
    if name in {"dict", "collections.defaultdict"} and inner:
        pairs = [*value.items()][:MOST]
        return all(agrees(inner[0], k, namespace, depth) and agrees(inner[1], v, namespace, depth) for k, v in pairs)
    return True


def contradictions(analysis: Analysis, namespace: dict[str, Any]) -> Iterator[str]:
    """Run a notebook's statements; every name whose value is not of the type that was said, "" for one that is."""
    for statement in analysis.statements:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            exec(compile(ast.Module([statement.node], []), "cell", "exec"), namespace)
        for name in sorted(statement.facts.may & namespace.keys()):
            kind = analysis.type_before(name, statement.index + 1)
            if kind:
                wrong = not agrees(kind, namespace[name], namespace)
                yield f"cell {statement.cell}, {name}: {kind} is {type(namespace[name])}" if wrong else ""


def main(notebook: str) -> None:
    sys.modules["__main__"] = main_module = ModuleType("__main__")
    sys.path.insert(0, str(Path(notebook).resolve().parent))
    found = [*contradictions(analyze(read(notebook)), vars(main_module))]
    sys.stdout.write(json.dumps({"checked": len(found), "wrong": [*filter(None, found)]}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
