"""Which rule sees what of a notebook: worked out once for a set of rules, so that a notebook asks only those it concerns."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._listed import HOOKS, Listed, listed_of
from nb2prod.rules._rule import Rule


class Dispatch:
    """Some rules by what they want to see; a rule is imported when there is something for it to see."""

    def __init__(self, rules: Sequence[Listed]) -> None:
        """Sort these rules."""
        self.named: dict[str, list[Listed]] = defaultdict(list)
        self.methods: dict[str, list[Listed]] = defaultdict(list)
        self.kinds: dict[str, list[Listed]] = defaultdict(list)
        self.finishing: dict[str, list[Listed]] = defaultdict(list)
        self.once = frozenset(rule.name for rule in rules if rule.once)
        self.mentioning = [rule for rule in rules if rule.mentions]
        self.showing = [rule for rule in rules if rule.shows]
        for rule in rules:
            self._add(rule)
        self.strings, self.magics = self.kinds.pop("on_string", []), self.kinds.pop("on_magic", [])
        self.lasts = frozenset(name.rpartition(".")[2] for name in self.named)

    def _add(self, rule: Listed) -> None:
        for name in rule.calls:
            self.named[name].append(rule)
        for name in rule.methods:
            self.methods[name].append(rule)
        for hook in rule.hooks:
            if hook == "finish":
                self.finishing[rule.needs].append(rule)
            elif hook != "on_call" or not (rule.calls or rule.methods):
                self.kinds[hook].append(rule)

    def noticed(self, context: Context) -> Iterator[Finding]:
        """Every finding of every rule; the nodes of a rule come in the order of the text."""
        off = {rule for rule in self.mentioning if not context.mentions(rule.mentions)}
        off |= {rule for rule in self.showing if not context.shows(rule.shows)}
        calls = self._calls(context)
        for rule, found in calls.items():
            if rule not in off and "on_call" in rule.hooks:
                several = sorted(dict.fromkeys(found), key=context.order) if len(found) > 1 else found
                yield from _of_nodes(rule, "on_call", several, context)
        for hook, rules in self.kinds.items():
            nodes = context.by_type.get(HOOKS[hook], ())
            for rule in rules if nodes else ():
                yield from _of_nodes(rule, hook, nodes, context) if rule not in off else ()
        for rule in self.strings:
            if rule not in off and (texts := context.holding(rule.holds)):
                yield from _of_nodes(rule, "on_string", texts, context)
        for rule in self.magics if context.magical else ():
            yield from _of_magics(rule, context) if rule not in off else ()
        for need, rules in self.finishing.items():
            for rule in rules if not need or getattr(context, need) else ():
                if rule not in off and _concerns(rule, rule in calls, context):
                    finish: Callable[[Context], Iterable[Finding]] = getattr(rule.rule, "finish")  # noqa: B009
                    yield from finish(context)

    def _calls(self, context: Context) -> dict[Listed, list[ast.Call]]:
        """The calls that each rule asks for by name; rules that find none are left out."""
        found: dict[Listed, list[ast.Call]] = {}
        for name, call in context.callees.ending(self.lasts):
            for rule in self.named.get(name, ()):
                found.setdefault(rule, []).append(call)
        for name in context.by_method.keys() & self.methods.keys():
            for rule in self.methods[name]:
                found.setdefault(rule, []).extend(context.by_method[name])
        return found


def _of_nodes(rule: Listed, hook: str, nodes: Iterable[ast.AST], context: Context) -> Iterator[Finding]:
    handler: Callable[[ast.AST, Context], Iterable[Finding]] = getattr(rule.rule, hook)
    for node in nodes:
        yield from handler(node, context)


def _concerns(rule: Listed, called: bool, context: Context) -> bool:
    """Whether a notebook holds what the end of a rule is about."""
    if rule.attributes or rule.keywords:
        held = any(map(context.attributes.__contains__, rule.attributes))
        held = held or any(map(context.keywords.__contains__, rule.keywords))
        return held or (called and "on_call" not in rule.hooks)
    return called or not (rule.calls or rule.methods) or "on_call" in rule.hooks


@lru_cache(maxsize=8)
def dispatch_of(rules: tuple[Rule | Listed, ...]) -> Dispatch:
    """Some rules, sorted once."""
    return Dispatch([listed_of(rule) for rule in rules])


def _of_magics(rule: Listed, context: Context) -> Iterator[Finding]:
    for cell in context.magical:
        for magic in cell.magics:
            if not rule.magics or (magic.name or magic.kind) in rule.magics or magic.kind in rule.magics:
                on_magic: Callable[..., Iterable[Finding]] = getattr(rule.rule, "on_magic")  # noqa: B009
                yield from on_magic(magic, cell, context)
