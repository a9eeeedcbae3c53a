"""What a tree that parses may still be: too deep for a recursive walk, or a `return` outside a function.

Both are found in one iterative walk over the statements, of the few cells whose text leaves it open. Expressions are
entered only where there are signs enough for so many levels: a level of nesting takes a sign or a word at least.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from nb2prod.model.notebook import SyntaxProblem

# no code that somebody wrote is nested so deeply; Python's own recursion limit is 1,000
DEEPEST = 200
# levels that take no character of their own: the statement, the context of a name
_FREE = 5

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPOUND = frozenset(
    {*_FUNCTIONS, *_LOOPS, ast.ClassDef, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match}
)
_JUMPS: dict[type[ast.stmt], str] = {
    ast.Return: "'return' outside function",
    ast.Break: "'break' outside loop",
    ast.Continue: "'continue' not properly in loop",
}
# the words of the jumps
_WORDS = ("return", "break", "continue")
_NOT_PASSED = ("break", "continue", "class")
# the length up to which no text can be nested too deeply, for a level takes a character
_SHORTEST = DEEPEST - 2 * _FREE
# what adds no level: letters, digits, blanks, quotes and the ends of brackets
_LEVEL = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ \t\f\r\n\"')]}#;$?!\\"
# words that add levels beside the signs, and signs that may add more than one: a call may hold a generator without
# brackets of its own, a bracket an `await`, what stands after a colon may be two levels below, in an f-string three
_ADDING = ("not", "if", "and", "or", " in", "\nin", "is")
_TWICE = ("(", "[", ":", "{", "{")
_SUITES = ("body", "orelse", "finalbody")
# names, operators and constants, none of which goes deeper
_FLAT = {"ctx", "op", "ops", "id", "attr", "arg", "kind", "conversion", "name", "asname", "type_comment", "n", "s"}
# kind of node → its fields that hold nodes
_PARTS: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in kind._fields if name not in _FLAT)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and kind not in (ast.Constant, ast.MatchSingleton)
}


class _Block(NamedTuple):
    """Statements of one suite, how deep they are, and what is around them."""

    body: list[ast.stmt]
    depth: int = 2
    function: bool = False
    loop: bool = False


def structure_problem(tree: ast.Module, text: str) -> SyntaxProblem | None:
    """Something that the parser lets through and the compiler or a recursive walk would not; `text` is the code."""
    deep = _may_nest(text)
    if not deep and not any(map(text.__contains__, _WORDS)):
        return None
    # in a function every `return` has its place, unless there is a class in it
    passed = () if deep or any(map(text.__contains__, _NOT_PASSED)) else _FUNCTIONS
    blocks = [_Block(tree.body)]
    while blocks:
        block = blocks.pop()
        room = DEEPEST - block.depth
        for statement in block.body:
            kind = type(statement)
            if kind in _JUMPS and _misplaced(statement, block):
                return SyntaxProblem(_JUMPS[kind], statement.lineno, statement.col_offset + 1)
            if deep and _may_be_deep(statement, room) and _is_deep(statement, room):
                message = f"the code is nested too deeply (more than {DEEPEST} levels)"
                return SyntaxProblem(message, statement.lineno, statement.col_offset + 1)
            if kind in _COMPOUND and kind not in passed:
                blocks += _inner(statement, block)
    return None


def _may_nest(text: str) -> bool:
    """Whether a text is long enough, and has signs and words enough, for too many levels; most have not."""
    if len(text) < _SHORTEST:
        return False
    if "\t" in text or "\f" in text:  # words may stand between other blanks than those that are counted
        return True
    signs = len(text.encode("utf-8", "surrogatepass").translate(None, _LEVEL)) + sum(map(text.count, _TWICE))
    # a word has two letters and something that ends it
    return signs + len(text) // 3 >= _SHORTEST and signs + sum(map(text.count, _ADDING)) >= _SHORTEST


def _misplaced(statement: ast.stmt, block: _Block) -> bool:
    return not (block.function if isinstance(statement, ast.Return) else block.loop)


def _may_be_deep(statement: ast.stmt, room: int) -> bool:
    """Whether the text of a statement is long enough for more levels than there is room for."""
    if statement.end_lineno != statement.lineno:
        return True
    return (statement.end_col_offset or 0) - statement.col_offset + _FREE >= room


def _is_deep(statement: ast.stmt, room: int) -> bool:
    """Whether a statement, or the header of a compound one, has more levels than there is room for."""
    heads = _heads(statement) if type(statement) in _COMPOUND else [statement]
    return room <= 0 or any(_exceeds(head, room) for head in heads)


def _heads(statement: ast.stmt) -> Iterator[ast.AST]:
    """The parts of a compound statement that hold no statements."""
    for node in ast.iter_child_nodes(statement):
        if isinstance(node, (ast.ExceptHandler, ast.match_case)):
            yield from (part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.stmt))
        elif not isinstance(node, ast.stmt):
            yield node


def _exceeds(node: ast.AST, room: int) -> bool:
    """Whether a part of a tree has more levels than there is room for."""
    level: list[object] = [node]
    for _ in range(room):
        below: list[object] = []
        for parent in level:
            for name in _PARTS.get(type(parent), ()):
                part = getattr(parent, name)
                below += part if isinstance(part, list) else [part]
        if not below:
            return False
        level = below
    return True


def _inner(statement: ast.stmt, block: _Block) -> Iterator[_Block]:
    """The suites of a compound statement."""
    function = isinstance(statement, _FUNCTIONS) or (block.function and not isinstance(statement, ast.ClassDef))
    definition = isinstance(statement, (*_FUNCTIONS, ast.ClassDef))
    for suite in _SUITES:
        body: list[ast.stmt] = getattr(statement, suite, [])
        loop = not definition and (block.loop or (suite == "body" and isinstance(statement, _LOOPS)))
        if body:
            yield _Block(body, block.depth + 1, function, loop)
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield _Block(part.body, block.depth + 2, function, block.loop)
