"""The calls of a notebook by the dotted names of what is called; a name is looked up only if somebody asks for it."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping

Calls = list[ast.Call]


class Callees:
    """Finds calls by name: those of names by what these stand for, those of attributes by their last part first."""

    def __init__(
        self,
        functions: Mapping[str, Calls],
        methods: Mapping[str, Calls],
        qualified: Callable[[ast.expr], str],
        order: Callable[[ast.AST], tuple[int, int, int]],
    ) -> None:
        """The calls of names and of attributes, by these; what names a node; and where a node stands."""
        self.functions, self.methods = functions, methods
        self.qualified, self.order = qualified, order
        self.plain: dict[str, Calls] = {}
        for calls in functions.values():
            if name := qualified(calls[0].func):
                self.plain[name] = self._merged(self.plain[name], calls) if name in self.plain else calls
        self._found: dict[str, Calls] = {}

    def called(self, name: str) -> Calls:
        """The calls of a function by its dotted name, in the order of the text."""
        found = self._found.get(name)
        if found is None:
            head, _, last = name.rpartition(".")
            dotted = [call for call in self.methods.get(last, ()) if self.qualified(call.func) == name] if head else []
            plain = self.plain.get(name, [])
            found = self._found[name] = self._merged(plain, dotted) if plain and dotted else plain or dotted
        return found

    def _merged(self, some: Calls, others: Calls) -> Calls:
        return sorted([*some, *others], key=self.order)

    def ending(self, lasts: Iterable[str]) -> Iterator[tuple[str, ast.Call]]:
        """The calls of functions whose last names are among some, with their dotted names."""
        lasts = frozenset(lasts)
        for name, calls in self.plain.items():
            if name.rpartition(".")[2] in lasts:
                yield from ((name, call) for call in calls)
        for last in lasts & self.methods.keys():
            for call in self.methods[last]:
                if name := self.qualified(call.func):
                    yield name, call

    def below(self, modules: tuple[str, ...]) -> Iterator[ast.Call]:
        """The calls of functions whose dotted names begin with one of some."""
        yield from (call for name, calls in self.plain.items() if name.startswith(modules) for call in calls)
        for calls in self.methods.values():
            yield from (call for call in calls if self.qualified(call.func).startswith(modules))
