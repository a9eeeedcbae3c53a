"""Which names are read where nothing has bound them."""

import ast
import builtins
from typing import TYPE_CHECKING, NamedTuple

from nb2prod.model import Cell, Glance
from nb2prod.rules._look import Look
from nb2prod.rules._words import pattern, words

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

# What IPython and the platforms put into the namespace, and what a module has of its own.
INJECTED = words(
    "display get_ipython In Out exit quit copyright credits license help open __file__ __name__ __doc__ "
    "__builtins__ __builtin__ __annotations__ __spec__ __loader__ __package__ __magic__ __debug__ _ __ ___ _i "
    "_ii _iii _ih _oh _dh _exit_code _sh spark sc sqlContext dbutils displayHTML table sql jupyter "
    "__vsc_ipynb_file__ __session__ WindowsError reveal_type"
)
HISTORY = pattern(r"_(?:i?\d+)$")
IDENTIFIER = pattern(r"[^\W\d]\w*")
KNOWN = INJECTED.union(dir(builtins))
# Magics that bind names which the text does not show.
UNDECIDABLE = {
    "run": "%run takes over the names of another file",
    "pylab": "%pylab binds hundreds of names",
    "load": "%load inserts another file",
    "store": "%store -r brings names of another notebook",
    "loadpy": "%loadpy inserts another file",
}


class Unbound(NamedTuple):
    """A name that is read where nothing above binds it; `below` is the cell that binds it later, 0 if none does."""

    name: str
    statement: Glance
    node: ast.AST
    below: int


def undecidable(context: "Context") -> str:
    """Why the text does not show which names are bound, "" if it does."""
    for reflection in context.analysis.reflections():
        if reflection.kind in {"star", "exec", "globals", "locals", "main", "builtins", "vars"}:
            return f"{reflection.reason} (cell {reflection.place.cell})"
    for cell in context.code_cells:
        for magic in cell.magics:
            if magic.kind != "shell" and magic.name in UNDECIDABLE and (magic.name != "store" or "-r" in magic.text):
                return f"{UNDECIDABLE[magic.name]} (cell {cell.index})"
    return ""


def unbound_names(context: "Context") -> list[Unbound]:
    """The first read of every name that nothing above binds (eager reads) or that nothing binds (deferred ones)."""
    if context.found_unbound is None:
        context.found_unbound = _unbound(context)
    return context.found_unbound


def _unbound(context: "Context") -> list[Unbound]:
    everywhere = KNOWN | vague if (vague := _vague(context)) else KNOWN
    look = Look(context, context.bound)
    defined: set[str] = set()
    found: dict[str, Unbound] = {}
    later: dict[str, int] = {}
    for statement in context.analysis.statements:
        unseen = statement.reads - defined
        defined |= statement.binds
        if statement.intricate:
            defined |= statement.rebinds
            defined -= context.analysis.facts(statement.node).kills if isinstance(statement.node, ast.Delete) else set()
        if not unseen or not (unseen := unseen - everywhere) or look.explains(statement, unseen):
            continue
        later = later or _binders(context)
        facts = context.analysis.facts(statement.node)
        missing = [name for name in unseen if name in facts.exposed]
        missing += [name for name in unseen if name in facts.deferred and name not in later and name not in facts.may]
        for name in missing:
            if (
                name not in found
                and not HISTORY.match(name)
                and (node := _read_of(context, name, statement)) is not None
            ):
                found[name] = Unbound(name, statement, node, later.get(name, 0))
    return sorted(found.values(), key=lambda unbound: context.order(unbound.node))


def _binders(context: "Context") -> dict[str, int]:
    """The cell that first binds each name."""
    return {name: s.cell for s in reversed(context.analysis.statements) for name in (*s.binds, *s.rebinds)}


def _vague(context: "Context") -> frozenset[str]:
    """Names that something other than Python code may bind: cells that do not parse, foreign cells and magics."""
    found: set[str] = set()
    for cell in context.code_cells:
        if cell.problem is not None:
            found.update(IDENTIFIER.findall(cell.source))
    for cell in context.magical:
        found.update(_of_magics(cell))
    return frozenset(found)


def _of_magics(cell: Cell) -> set[str]:
    found = {magic.target for magic in cell.magics if magic.target}
    for magic in cell.magics:
        if magic.kind in {"cell", "line"} and not magic.code:
            found.update(IDENTIFIER.findall(magic.text))
            # `%%cython`, `%%R -o`, `%%px`: the body may define what later cells use.
            found.update(IDENTIFIER.findall(magic.body) if magic.kind == "cell" else ())
    return found


def _read_of(context: "Context", name: str, statement: Glance) -> ast.AST | None:
    """Where a statement reads a name; None if only a string does, or if the read is guarded against the lack."""
    stored: list[ast.Name] = []
    names = (node for node in ast.walk(statement.node) if isinstance(node, (ast.Name, ast.AugAssign)))
    for node in sorted(names, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            return node
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            stored.append(node)
        elif isinstance(node, ast.Name) and node.id == name:
            # Bound further up in a branch or loop that may not run: no reader would call that undefined.
            statement_here = context.simple_statement(node)
            above = any(context.simple_statement(s) is not statement_here and _before(s, node) for s in stored)
            return None if above or _guarded(context, node) else node
    return None


def _before(first: ast.Name, second: ast.Name) -> bool:
    return (first.lineno, first.col_offset) < (second.lineno, second.col_offset)


def _guarded(context: "Context", node: ast.AST) -> bool:
    """Whether a `NameError` is expected here: `try: x except NameError: x = 1`."""
    for around in context.ancestors(node):
        if isinstance(around, ast.Try):
            caught = [part for handler in around.handlers for part in ast.walk(handler.type or ast.Name("NameError"))]
            if any(getattr(part, "id", "") in {"NameError", "Exception"} for part in caught):
                return True
    return False
