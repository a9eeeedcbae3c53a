"""What a rule sees: the analysis, indexed once for all rules."""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from nb2prod.model import Cell, Finding, Fix, Place, Severity, Survey
from nb2prod.rules._callees import Callees
from nb2prod.rules._comments import Comment
from nb2prod.rules._flow import Flow
from nb2prod.rules._names import Unbound
from nb2prod.rules._paths import PathUse, path_uses
from nb2prod.rules._rule import Option, Rule
from nb2prod.rules._secrets import Secret
from nb2prod.rules._shell import Command, commands_of
from nb2prod.rules._tree import Tree

# Nodes that know where they stand.
PLACED = (ast.expr, ast.stmt, ast.ExceptHandler, ast.keyword, ast.arg, ast.alias)


class Roots(dict[str, str]):
    """The dotted names that names stand for, found when they are first asked for."""

    def __init__(self, origins: Mapping[str, str], bound: Set[str]) -> None:
        """Names of a notebook with these imports, that binds these names."""
        super().__init__(origins)
        self.bound = bound

    def __missing__(self, name: str) -> str:
        """A name that is not imported: a builtin, or a variable of the notebook."""
        found = self[name] = "" if name in self.bound else name
        return found


class Context(Tree):
    """One notebook as the rules see it. Everything that costs is found once, when a rule first asks."""

    def __init__(
        self,
        analysis: Survey,
        severities: Mapping[str, Severity] | None = None,
        options: Mapping[str, Mapping[str, Option]] | None = None,
    ) -> None:
        """See one analysis; `severities` and `options` are the user's own, by rule name."""
        super().__init__(analysis)
        self.severities = severities or {}
        self._options = options or {}
        self._dotted: dict[ast.expr, str] = {}
        self.found_secrets: list[Secret] | None = None
        self.found_unbound: list[Unbound] | None = None
        self.found_fits: list[ast.Call] | None = None

    def release(self) -> None:
        """Let go of everything: what points at each other would stay, since no garbage is collected in a lint."""
        self.__dict__.clear()

    @cached_property
    def texts(self) -> list[tuple[str, ast.Constant]]:
        """The literals that are texts, with what they hold."""
        return [(node.value, node) for node in self.literals.get(str, ()) if isinstance(node.value, str)]

    def holding(self, parts: tuple[str, ...]) -> list[ast.Constant]:
        """The literal texts that hold one of some parts; without any, all."""
        if not parts:
            return self.literals.get(str, [])
        first, *others = parts
        return [node for text, node in self.texts if first in text or any(part in text for part in others)]

    @cached_property
    def code(self) -> str:
        """The code of all cells."""
        return "\n".join([cell.source for cell in self.notebook.code])

    def mentions(self, texts: tuple[str, ...]) -> bool:
        """Whether the code holds one of some texts."""
        return any(map(self.code.__contains__, texts))

    @cached_property
    def everything(self) -> str:
        """The text of all cells and saved outputs."""
        return "\n".join([*[cell.source for cell in self.notebook.cells], self.output])

    @cached_property
    def shown(self) -> list[tuple[Cell, str]]:
        """The cells that have saved outputs, with the text of these."""
        return [(cell, "\n".join([output.text for output in cell.outputs])) for cell in self.code_cells if cell.outputs]

    @cached_property
    def output(self) -> str:
        """The text of all saved outputs."""
        return "\n".join([text for _, text in self.shown])

    def shows(self, texts: tuple[str, ...]) -> bool:
        """Whether a saved output holds one of some texts."""
        return any(map(self.output.__contains__, texts))

    # --- names

    @cached_property
    def bound(self) -> frozenset[str]:
        """Names that some statement binds, imports included."""
        return frozenset().union(*[statement.binds for statement in self.analysis.statements])

    def qualified(self, node: ast.expr) -> str:
        """The dotted name of what an expression names, "" if it is a variable of the notebook or no name."""
        if node.__class__ is ast.Name:
            return self._roots[node.id]
        if node.__class__ is not ast.Attribute:
            return ""
        found = self._dotted.get(node)
        if found is None:
            owner = self.qualified(node.value)
            found = self._dotted[node] = f"{owner}.{node.attr}" if owner else ""
        return found

    @cached_property
    def _roots(self) -> "Roots":
        return Roots(self.analysis.origins, self.bound)

    @cached_property
    def callees(self) -> Callees:
        """The calls by what is called."""
        nodes = self.analysis.nodes
        return Callees(nodes.functions, nodes.methods, self.qualified, self.order)

    def calls_of(self, rule: Rule) -> list[ast.Call]:
        """The calls that a rule asks for, in the order of the text."""
        if not rule.calls and not rule.methods:
            return self.nodes(ast.Call)
        found = self.calls(*rule.calls)
        found += [call for name in rule.methods & self.by_method.keys() for call in self.by_method[name]]
        return sorted(dict.fromkeys(found), key=self.order) if len(found) > 1 else found

    def calls_below(self, *modules: str) -> list[ast.Call]:
        """The calls of functions whose dotted names begin with one of these."""
        roots = {module.partition(".")[0] for module in modules}
        named = roots & self.names.keys() or any(o.partition(".")[0] in roots for o in self.analysis.origins.values())
        return list(self.callees.below(modules)) if named else []

    def calls(self, *names: str) -> list[ast.Call]:
        """The calls of functions by their dotted names."""
        return [call for name in names for call in self.callees.called(name)]

    def methods(self, *names: str) -> list[ast.Call]:
        """The calls whose last name is one of these, whatever they are called on."""
        return [call for name in names for call in self.by_method.get(name, ())]

    @cached_property
    def magical(self) -> list[Cell]:
        """The code cells with magics."""
        return [cell for cell in self.notebook.code if cell.magics]

    @cached_property
    def executed(self) -> list[Cell]:
        """The code cells that were run."""
        return [cell for cell in self.code_cells if cell.execution_count]

    @cached_property
    def commands(self) -> list[Command]:
        """Every command that the notebook gives to a shell, in no particular order."""
        return commands_of(self)

    @cached_property
    def flow(self) -> Flow:
        """Where values come from and what is known of them."""
        return Flow(self)

    @cached_property
    def paths(self) -> list[PathUse]:
        """The literals that reach a reader or a writer as the head of a path."""
        return path_uses(self)

    # --- the text

    def comments(self, cell: Cell) -> tuple[Comment, ...]:
        """The comments of a code cell that parses."""
        return tuple(self.sources.comments(cell).values())

    def text(self, node: ast.AST) -> str:
        """The source of a node, as the masked cell has it."""
        if not isinstance(node, PLACED):
            return ""
        end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return self.sources.segment(self.cell_of(node), (node.lineno, node.col_offset), end)

    # --- places

    def place(self, node: ast.AST) -> Place:
        """Where a node stands, in characters of the cell as the author wrote it."""
        if not isinstance(node, PLACED):
            raise TypeError(f"{type(node).__name__} has no place of its own")
        cell = self.cell_of(node)
        start, end = node.lineno, node.end_lineno or node.lineno
        return Place(
            cell=cell.index,
            line=start,
            column=self.sources.column(cell, start, node.col_offset),
            end_line=end,
            end_column=self.sources.column(cell, end, node.end_col_offset or node.col_offset),
        )

    def line(self, cell: Cell, number: int, start: int = 0, end: int = 0) -> Place:
        """Where a line of a cell stands, or its characters from `start` to `end`, counted from 0."""
        lines = self.sources.written(cell)
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        first = start or len(text) - len(text.lstrip())
        return Place(cell.index, number, first + 1, number, (end or len(text.rstrip())) + 1)

    # --- findings

    def number(self, rule: Rule, option: str) -> int:
        """The value of an option of a rule that is a number: the user's or the default."""
        value = self._options.get(rule.name, {}).get(option, rule.options[option])
        return int(value)

    def finding(
        self,
        rule: Rule,
        where: ast.AST | Place,
        message: str,
        *,
        fix: Fix | None = None,
        help: str = "",  # noqa: A002  # the reports call it so
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of a rule at a node or a place."""
        node = None if isinstance(where, Place) else where
        place = where if isinstance(where, Place) else self.place(where)
        return Finding(
            rule=rule.name,
            message=message,
            place=place,
            severity=self.severities.get(rule.name) or severity or rule.severity,
            fix=fix,
            help=help,
            code=self._code(node, place),
        )

    def summary(
        self, rule: Rule, nodes: Sequence[ast.AST], message: str, *, fix: Fix | None = None
    ) -> Iterator[Finding]:
        """One finding for all of some nodes, none if there are none; the first stands first in the text."""
        if nodes:
            more = f" (and {len(nodes) - 1} more like it)" if len(nodes) > 1 else ""
            yield self.finding(rule, nodes[0], message + more, fix=fix)

    def _code(self, node: ast.AST | None, place: Place) -> str:
        """The lines that a finding is about, on one line: a whole simple statement, or the head of a compound one."""
        first, last = place.line, place.line
        statement = self.simple_statement(node) if node else None
        if statement and not hasattr(statement, "body"):
            first, last = statement.lineno, statement.end_lineno or statement.lineno
        cell = self.cells.get(place.cell)
        return self.sources.code(cell, first, last) if cell else ""
