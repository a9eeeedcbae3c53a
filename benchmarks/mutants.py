"""Single changes of generated code that matter: a constant, an operator, a dropped statement, a swapped argument, a lost copy, another order."""

import ast
import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass

OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


# Calls that make something to look at and no more.
SHOWS = {"repr", "list", "sorted", "len", "sum", "dict", "set", "tuple", "str", "type", "min", "max", "round"}


@dataclass(frozen=True)
class Mutant:
    """One change: its kind, the line that it changes, and the changed module."""

    kind: str
    line: int
    before: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Every single change of the functions of a module."""
    tree = ast.parse(text)
    for number, node in enumerate(ast.walk(tree)):
        for kind, change in CHANGES.items():
            if not change(copy.deepcopy(node)) or not _counts(tree, node):
                continue
            changed = copy.deepcopy(tree)
            target = next(one for n, one in enumerate(ast.walk(changed)) if n == number)
            change(target)
            made = ast.unparse(ast.fix_missing_locations(changed))
            place = _changed(node, target)
            yield Mutant(kind, getattr(place, "lineno", 0), ast.unparse(place)[:80], made)


def _changed(node: ast.AST, target: ast.AST) -> ast.AST:
    """The first statement of a body that is another one now; else the node itself."""
    pairs = zip(getattr(node, "body", None) or [], getattr(target, "body", None) or [], strict=False)
    both = [pair for pair in pairs if isinstance(pair[0], ast.stmt)] if isinstance(node, ast.stmt) else []
    return next((one for one, other in both if ast.dump(one) != ast.dump(other)), node)


def _counts(tree: ast.Module, node: ast.AST) -> bool:
    """Whether a node is code of a function that can matter: no annotation, docstring, display or record's format."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            if node is function or any(_inside(part, node) for part in body):
                return True
    return False


def _inside(part: ast.AST, node: ast.AST) -> bool:
    if isinstance(part, ast.Expr) and _inert(part.value):
        return False
    if isinstance(part, ast.AnnAssign) and part.value is not None:
        return node is part or any(_inside(child, node) for child in (part.value,))
    return part is node or any(_inside(child, node) for child in ast.iter_child_nodes(part))


def _inert(value: ast.expr) -> bool:
    """What only shows something, and the saving of figures, which is off by default: changing it changes no result."""
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in SHOWS or (
            isinstance(value.func, ast.Attribute) and value.func.attr in {"keep", "debug"}
        )
    return not isinstance(value, ast.Await | ast.Yield | ast.YieldFrom)


def _constant(node: ast.AST) -> bool:
    if (
        not isinstance(node, ast.Constant)
        or node.value is None
        or node.value is Ellipsis
        or isinstance(node.value, bytes | complex)
    ):
        return False
    match node.value:
        case bool():
            node.value = not node.value
        case int() | float():
            node.value = node.value + 1
        case str():
            node.value = node.value + "x"
    return True


def _operator(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in OPERATORS:
        node.op = OPERATORS[type(node.op)]()
        return True
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPERATORS:
        node.ops[0] = OPERATORS[type(node.ops[0])]()
        return True
    return False


def _drop(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return False
    for number, statement in enumerate(body):
        if (
            isinstance(statement, ast.Expr | ast.AugAssign)
            and not isinstance(getattr(statement, "value", None), ast.Constant)
            and not _display(statement)
        ):
            body[number] = ast.Pass()
            return True
    return False


def _display(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _inert(statement.value)


def _swap(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and len(node.args) >= 2 and ast.dump(node.args[0]) != ast.dump(node.args[1]):
        if (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "logger"
        ):
            return False
        node.args[0], node.args[1] = node.args[1], node.args[0]
        return True
    return False


def _copy(node: ast.AST) -> bool:
    for name, value in ast.iter_fields(node):
        if (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
            and value.func.attr == "copy"
            and not value.args
        ):
            setattr(node, name, value.func.value)
            return True
    return False


def _order(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return False
    for number in range(len(body) - 1):
        one, other = body[number : number + 2]
        if isinstance(one, ast.Assign) and isinstance(other, ast.Assign | ast.AugAssign) and _depends(one, other):
            body[number], body[number + 1] = other, one
            return True
    return False


def _depends(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether one of two statements binds a name that the other reads or binds."""
    bound, used = ({node.id for node in ast.walk(part) if isinstance(node, ast.Name)} for part in (one, other))
    loops = {name for part in (one, other) for name in _of_comprehensions(part)}
    binds = [
        {node.id for node in ast.walk(part) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)} - loops
        for part in (one, other)
    ]
    return bool(binds[0] & used or binds[1] & bound)


def _of_comprehensions(part: ast.stmt) -> set[str]:
    """The names that only live in a comprehension."""
    loops = [node.target for node in ast.walk(part) if isinstance(node, ast.comprehension)]
    return {node.id for loop in loops for node in ast.walk(loop) if isinstance(node, ast.Name)}


CHANGES = {"constant": _constant, "operator": _operator, "drop": _drop, "swap": _swap, "copy": _copy, "order": _order}


def failing_at(text: str, line: int) -> str:
    """The module with the statement at a line replaced by the end of the process."""
    tree = ast.parse(text)
    body: list[ast.AST] = list(tree.body)
    holder: object = tree.body
    while True:
        number, found = next((n, node) for n, node in enumerate(body) if node.lineno <= line <= node.end_lineno)  # type: ignore[attr-defined]
        lists = [getattr(found, name, []) for name in ("body", "orelse", "finalbody", "handlers")]
        inner = [
            each for each in lists if isinstance(each, list) and any(n.lineno <= line <= n.end_lineno for n in each)
        ]
        if not inner:
            break
        body = holder = inner[0]
    assert isinstance(holder, list)
    holder[number] = ast.parse("__import__('os')._exit(9)").body[0]
    return ast.unparse(ast.fix_missing_locations(tree))


def chosen(text: str, count: int, seed: int) -> list[Mutant]:
    """Some mutants of a module, by chance and of every kind in turn."""
    found = [mutant for mutant in mutants(text) if mutant.text != ast.unparse(ast.parse(text))]
    random.Random(seed).shuffle(found)
    kinds = {kind: [mutant for mutant in found if mutant.kind == kind] for kind in CHANGES}
    turns = [mutant for turn in range(len(found)) for each in kinds.values() for mutant in each[turn : turn + 1]]
    return turns[:count]
