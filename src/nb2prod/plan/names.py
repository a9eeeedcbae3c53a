"""Where the notebook's names live in the package, and where each is bound, read and captured."""

import ast
import builtins
from collections.abc import Iterable
from dataclasses import dataclass, field

from nb2prod.model.notebook import Place
from nb2prod.plan.lifting import Lifted
from nb2prod.plan.units import Unit

BUILTINS = frozenset(dir(builtins))
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
IMPORTS = ast.Import | ast.ImportFrom
# Reflection that sees or writes any name: then every name lives at module level.
WHOLE = frozenset({"globals", "locals", "vars", "exec", "eval", "main"})
DEFINED_IN_STAGE = "it is defined where its stage runs, not at import"


@dataclass(slots=True)
class Storage:
    """The storage class of every name that the notebook binds; `known` if the text shows who looks each name up."""

    known: bool = True
    imports: list[Unit] = field(default_factory=list)
    definitions: list[Unit] = field(default_factory=list)
    constants: list[Unit] = field(default_factory=list)
    unused: list[Unit] = field(default_factory=list)
    undefined: dict[str, Place] = field(default_factory=dict)
    idle: set[str] = field(default_factory=set)
    stages: list[Unit] = field(default_factory=list)
    module: set[str] = field(default_factory=set)
    shared: dict[str, str] = field(default_factory=dict)
    lifted: dict[str, Lifted] = field(default_factory=dict)

    def share(self, names: Iterable[str], reason: str) -> None:
        """Let names live at module level, rebound by stages; the first reason stands."""
        for name in names:
            self.shared.setdefault(name, reason)

    def flows(self, name: str) -> bool:
        """Whether a name is handed from stage to stage."""
        return name not in self.module and name not in self.shared


class Names:
    """Where each name is bound, read and captured."""

    def __init__(self, units: list[Unit]) -> None:
        self.bound: dict[str, list[int]] = {}
        self.captured: dict[str, list[int]] = {}
        self.read: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            for name in unit.facts.touched | unit.facts.deferred_writes:
                self.bound.setdefault(name, []).append(number)
            for name in unit.facts.deferred | unit.facts.nested_strings:
                self.captured.setdefault(name, []).append(number)
            for name in unit.facts.reads | unit.facts.strings:
                self.read.setdefault(name, []).append(number)
        self.probed = probed_uses(units)

    def once(self, name: str) -> bool:
        """Whether a name is bound by exactly one statement."""
        return len(self.bound.get(name, ())) == 1

    def read_before(self, name: str, number: int) -> bool:
        """Whether a name is read before a statement: at once, or by a function where somebody could tell."""
        return self.probed.get(name, number) < number or any(at < number for at in self.read.get(name, ()))

    def probed_before(self, name: str) -> bool:
        """Whether the notebook may find out that a name is not bound yet."""
        first = self.bound[name][0]
        return self.probed.get(name, first) < first


def _probes(unit: Unit) -> bool:
    """Whether a statement may catch the error of an unbound name."""
    return any(_catches(node) for node in ast.walk(unit.node)) if unit.node is not None else False


def _catches(node: ast.AST) -> bool:
    match node:
        case ast.ExceptHandler(type=None):
            return True
        case ast.ExceptHandler(type=ast.expr() as kind):
            parts = list(ast.walk(kind))
        case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=args):
            parts = [part for arg in args for part in ast.walk(arg)]
        case _:
            return False
    return any(getattr(part, "id", "") in {"NameError", "Exception", "BaseException"} for part in parts)


def probed_uses(units: list[Unit]) -> dict[str, int]:
    """The first statement at which each name may be looked up, by functions too; empty if nobody could tell."""
    first: dict[str, int] = {}
    if not any(map(_probes, units)):
        return first
    inside: dict[str, set[str]] = {}
    for number, unit in enumerate(units):
        now = unit.facts.reads | unit.facts.strings
        if isinstance(unit.node, DEFINITIONS):
            inside.setdefault(unit.node.name, set()).update(unit.facts.deferred)
        else:
            now |= unit.facts.deferred
        pending = [name for name in now if name not in first]
        while pending:
            name = pending.pop()
            if name not in first:
                first[name] = number
                pending += inside.get(name, ())
    return first


def name_of(unit: Unit) -> str:
    """The name that a definition binds."""
    return unit.node.name if isinstance(unit.node, DEFINITIONS) else ""
