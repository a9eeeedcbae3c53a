"""Which rule sees what of a notebook: worked out once for a set of rules, so that a notebook asks only those it concerns."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from nb2prod.model import Finding
from nb2prod.model.nodes import FIELDS
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

HOOKS: dict[str, type[ast.AST]] = {
    "on_" + "".join("_" + c.lower() if c.isupper() else c for c in t.__name__).lstrip("_"): t for t in FIELDS
}
Handler = Callable[[ast.AST, Context], Iterable[Finding]]
Finish = Callable[[Context], Iterable[Finding]]


class Dispatch:
    """The `on_...` methods of some rules by what they want to see."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Sort the methods of these rules."""
        self.named: dict[str, list[Rule]] = defaultdict(list)
        self.methods: dict[str, list[Rule]] = defaultdict(list)
        self.kinds: dict[type[ast.AST], list[tuple[Rule, Handler]]] = defaultdict(list)
        self.strings: list[tuple[Rule, Handler]] = []
        self.magics: list[Rule] = []
        self.once = frozenset(rule.name for rule in rules if rule.once)
        self.finishing: dict[str, list[tuple[Rule, Finish]]] = defaultdict(list)
        self.mentioning = [rule for rule in rules if rule.mentions]
        self.showing = [rule for rule in rules if rule.shows]
        for rule in rules:
            self._add(rule)
        self.lasts = frozenset(name.rpartition(".")[2] for name in self.named)

    def _add(self, rule: Rule) -> None:
        for name in rule.calls:
            self.named[name].append(rule)
        for name in rule.methods:
            self.methods[name].append(rule)
        for hook, kind in HOOKS.items():
            some = kind is ast.Call and (rule.calls or rule.methods)
            if not some and (handler := getattr(rule, hook, None)):
                self.kinds[kind].append((rule, handler))
        if handler := getattr(rule, "on_string", None):
            self.strings.append((rule, handler))
        if hasattr(rule, "on_magic"):
            self.magics.append(rule)
        if finish := getattr(rule, "finish", None):
            self.finishing[rule.needs].append((rule, finish))

    def noticed(self, context: Context) -> Iterator[Finding]:
        """Every finding of every rule; the nodes of a rule come in the order of the text."""
        off = {rule for rule in self.mentioning if not context.mentions(rule.mentions)}
        off |= {rule for rule in self.showing if not context.shows(rule.shows)}
        calls = self._calls(context)
        for rule, found in calls.items():
            if rule not in off and (on_call := getattr(rule, "on_call", None)):
                for call in sorted(dict.fromkeys(found), key=context.order) if len(found) > 1 else found:
                    yield from on_call(call, context)
        for kind, handlers in self.kinds.items():
            nodes = context.by_type.get(kind, ())
            for handler in [handler for rule, handler in handlers if rule not in off] if nodes else ():
                for node in nodes:
                    yield from handler(node, context)
        for rule, handler in self.strings:
            if rule not in off:
                for node in context.holding(rule.holds):
                    yield from handler(node, context)
        for rule in self.magics if context.magical else ():
            yield from _of_magics(rule, context) if rule not in off else ()
        for need, asked in self.finishing.items():
            for rule, finish in asked if not need or getattr(context, need) else ():
                if rule not in off and _concerns(rule, rule in calls, context):
                    yield from finish(context)

    def _calls(self, context: Context) -> dict[Rule, list[ast.Call]]:
        """The calls that each rule asks for by name; rules that find none are left out."""
        found: dict[Rule, list[ast.Call]] = {}
        for name, call in context.callees.ending(self.lasts):
            for rule in self.named.get(name, ()):
                found.setdefault(rule, []).append(call)
        for name in context.by_method.keys() & self.methods.keys():
            for rule in self.methods[name]:
                found.setdefault(rule, []).extend(context.by_method[name])
        return found


def _concerns(rule: Rule, called: bool, context: Context) -> bool:
    """Whether a notebook holds what the end of a rule is about."""
    if rule.attributes or rule.keywords:
        found = not rule.attributes.isdisjoint(context.attributes) or not rule.keywords.isdisjoint(context.keywords)
        return found or (called and not hasattr(rule, "on_call"))
    return called or not (rule.calls or rule.methods) or hasattr(rule, "on_call")


@lru_cache(maxsize=8)
def dispatch_of(rules: tuple[Rule, ...]) -> Dispatch:
    """The methods of some rules, sorted once."""
    return Dispatch(rules)


def _of_magics(rule: Rule, context: Context) -> Iterator[Finding]:
    on_magic: Callable[..., Iterable[Finding]] = getattr(rule, "on_magic")  # noqa: B009  # not every rule has it
    for cell in context.magical:
        for magic in cell.magics:
            if not rule.magics or (magic.name or magic.kind) in rule.magics or magic.kind in rule.magics:
                yield from on_magic(magic, cell, context)
