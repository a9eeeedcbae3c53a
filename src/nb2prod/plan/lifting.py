"""Functions that read the notebook's values: those values become keyword parameters, passed by every caller."""

import ast
import io
import tokenize
from bisect import bisect_left
from collections.abc import Mapping, Set
from dataclasses import dataclass

from nb2prod.plan.units import Unit

MOST = 6
# What may read a value after the call that it was passed to has returned.
LASTING = ast.Yield | ast.YieldFrom | ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef | ast.GeneratorExp


@dataclass(frozen=True, slots=True)
class Lifted:
    """A function of the notebook and the values that it now takes as keyword parameters."""

    name: str
    extra: tuple[str, ...]


def liftable(
    units: list[Unit], hoisted: Set[int], bound: Mapping[str, list[int]], module: Set[str], settings: frozenset[str]
) -> dict[str, Lifted]:
    """The functions whose free values can become parameters without anybody seeing the difference.

    A function qualifies if it is undecorated, only ever called by name, where the values are certainly bound, and
    no code that outlives the call captures a value, unless it never changes. What a callee needs its callers need too.
    """
    nodes = {
        unit.node.name: unit for unit in (units[n] for n in sorted(hoisted)) if isinstance(unit.node, ast.FunctionDef)
    }
    flows = (bound.keys() | settings) - module
    needs = {name: set(unit.facts.deferred & flows) for name, unit in nodes.items()}
    callers = _callers(units, nodes.keys())
    sure = _Certain(units, settings)
    able = {name for name, unit in nodes.items() if _plain(unit.node) and name in callers}
    while True:
        for name in able:
            for caller in callers[name] & nodes.keys():
                needs[caller] |= needs[name]
        wrong = {
            name
            for name in able
            if not _sound(nodes[name], needs[name], bound, callers[name], able) or not sure.at_calls(name, needs[name])
        }
        if not wrong and _settled(able, needs, callers, nodes):
            return {name: Lifted(name, tuple(sorted(needs[name]))) for name in sorted(able) if needs[name]}
        if wrong:
            able -= wrong
            needs = {name: set(unit.facts.deferred & flows) for name, unit in nodes.items()}


class _Certain:
    """Where names are certainly bound, and which top-level statements mention a function."""

    def __init__(self, units: list[Unit], given: frozenset[str]) -> None:
        self.given = given
        self.changes: dict[str, list[tuple[int, bool]]] = {}
        self.mentions: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            for name in unit.facts.must | unit.facts.kills:
                self.changes.setdefault(name, []).append((number, name not in unit.facts.kills))
            for name in unit.facts.reads:
                self.mentions.setdefault(name, []).append(number)

    def at_calls(self, function: str, names: Set[str]) -> bool:
        """Whether all these names are bound wherever top-level code calls a function."""
        return all(self._before(name, number) for number in self.mentions.get(function, ()) for name in names)

    def _before(self, name: str, number: int) -> bool:
        changes = self.changes.get(name, [])
        at = bisect_left(changes, (number, False)) - 1
        return changes[at][1] if at >= 0 else name in self.given


def _settled(
    able: set[str], needs: Mapping[str, set[str]], callers: Mapping[str, set[str]], nodes: Mapping[str, Unit]
) -> bool:
    return all(needs[name] <= needs[caller] for name in able for caller in callers[name] & nodes.keys())


def _plain(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.FunctionDef) and not node.decorator_list and node.args.kwarg is None


def _sound(unit: Unit, needs: set[str], bound: Mapping[str, list[int]], callers: set[str], able: set[str]) -> bool:
    node = unit.node
    assert isinstance(node, ast.FunctionDef)
    if not needs:
        return True
    if len(needs) > MOST or not callers - {""} <= able:
        return False
    own = {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
    own |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    if own & needs:
        return False
    lasting = any(isinstance(part, LASTING) for part in ast.walk(node) if part is not node)
    return not lasting or all(len(bound.get(name, ())) <= 1 for name in needs)


def _callers(units: list[Unit], names: Set[str]) -> dict[str, set[str]]:
    """For each function that is only ever called by name, the definitions that call it ("" for top-level code)."""
    found: dict[str, set[str]] = {name: set() for name in names}
    for unit in units:
        if unit.node is None:
            continue
        home = unit.node.name if isinstance(unit.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else ""
        called = {id(part.func) for part in ast.walk(unit.node) if isinstance(part, ast.Call) and _takes_keywords(part)}
        for part in ast.walk(unit.node):
            if isinstance(part, ast.Name) and part.id in found and isinstance(part.ctx, ast.Load):
                outlives = not home and part.id in unit.facts.deferred
                if id(part) in called and not unit.piece.guarded and not outlives:
                    found[part.id].add(home)
                else:
                    del found[part.id]
    return found


def _takes_keywords(call: ast.Call) -> bool:
    """A call with a lone generator has no place for a keyword."""
    return not (len(call.args) == 1 and not call.keywords and isinstance(call.args[0], ast.GeneratorExp))


def has_trailing_comma(text: str) -> bool:
    """Whether the text between the last argument and the closing parenthesis holds a comma."""
    try:
        return any(token.string == "," for token in tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, IndentationError):
        return "," in text
