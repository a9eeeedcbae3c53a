"""What the notebook itself says when its model is not sure: `if p.max() < 0.5: return "unsure"`."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nb2prod.model.facts import Analysis
from nb2prod.model.serving import Unsure
from nb2prod.plan.serving.expressions import Expressions
from nb2prod.plan.serving.values import Estimator, Known

LARGEST = frozenset({"max", "amax", "nanmax"})
CHANCES = "predict_proba"
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def unsure_of(model: str, analysis: Analysis, known: Expressions) -> Unsure | None:
    """The rule of the last place that has one for the model that is served."""
    found = None
    chances: set[str] = set()
    largest: set[str] = set()
    for statement in analysis.statements:
        own = isinstance(statement.node, FUNCTIONS)
        names = (set(chances), set(largest)) if own else (chances, largest)
        scope = _Scope(model, statement.node, known, *names)
        for below, answers in _choices(scope):
            answer = _text(answers)
            limit = scope.number(below.limit)
            if answer and limit is not None and 0 <= limit <= 1:
                node, where = statement.node, (statement.cell, statement.index)
                name = node.name if isinstance(node, ast.FunctionDef) else ""
                given = bool(name) and _given(name, below.limit, analysis)
                single = name if isinstance(node, ast.FunctionDef) and _takes_one(node) else ""
                found = None if given else Unsure(limit, answer, *where, below.at_limit, single)
    return found


@dataclass(frozen=True, slots=True)
class _Below:
    """A test of the largest probability against a limit; `when` is its answer where the model is not sure."""

    limit: ast.expr
    at_limit: bool
    when: bool


class _Scope:
    """A statement with the names in it that hold probabilities of the model, and the largest one of a row."""

    def __init__(self, model: str, node: ast.stmt, known: Expressions, chances: set[str], largest: set[str]) -> None:
        self.model, self.node, self.known = model, node, known
        self.chances, self.largest = chances, largest
        for part in ast.walk(node):
            if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                name, value = part.targets[0].id, part.value
                held = self.largest if self.is_largest(value) else self.chances if self._told(value) else set()
                self.chances.discard(name)
                self.largest.discard(name)
                held.add(name)

    def is_largest(self, node: ast.expr) -> bool:
        """Whether an expression is the largest probability of a row."""
        match node:
            case ast.Name(id=name):
                return name in self.largest
            case ast.Call(func=ast.Name(id="max" | "float"), args=[part]):
                return self.is_largest(part) or (getattr(node.func, "id", "") == "max" and self._told(part))
            case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr in LARGEST:
                return self._told(owner) or bool(node.args and self._told(node.args[0]))
            case ast.Subscript(value=owner, slice=ast.Call(func=ast.Attribute(attr="argmax"))):
                return self._told(owner)
            case ast.Subscript(value=owner):
                return self.is_largest(owner)
        return False

    def below(self, test: ast.expr) -> _Below | None:
        """A comparison of the largest probability with a limit, whichever way around it stands."""
        match test:
            case ast.Compare(left=left, ops=[op], comparators=[right]) if self.is_largest(left):
                return _read(op, right)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if self.is_largest(right):
                turned = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}
                return _read(turned[type(op)](), left) if type(op) in turned else None
        return None

    def number(self, node: ast.expr) -> float | None:
        """The value of a limit, None if the text does not tell it."""
        if isinstance(node, ast.Name) and isinstance(self.node, FUNCTIONS):
            node = _default(self.node, node.id) or node
        value = self.known.value(node)
        plain = isinstance(value, Known) and isinstance(value.value, int | float)
        return float(value.value) if plain else None  # type: ignore[union-attr, arg-type]

    def _told(self, node: ast.expr) -> bool:
        """Whether an expression holds probabilities that the model, or one that we can't tell from it, has given."""
        if isinstance(node, ast.Name):
            return node.id in self.chances
        if isinstance(node, ast.Subscript):
            return self._told(node.value)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != CHANCES:
            return False
        owner = self.known.value(node.func.value)
        return not isinstance(owner, Estimator) or owner is self.known.names.get(self.model)


def _read(op: ast.cmpop, limit: ast.expr) -> _Below | None:
    match op:
        case ast.Lt():
            return _Below(limit, False, True)
        case ast.LtE():
            return _Below(limit, True, True)
        case ast.Gt():
            return _Below(limit, True, False)
        case ast.GtE():
            return _Below(limit, False, False)
    return None


def _choices(scope: _Scope) -> Iterator[tuple[_Below, Sequence[ast.stmt | ast.expr]]]:
    """The tests of a statement, with what is done where the model is not sure."""
    for part in ast.walk(scope.node):
        if isinstance(part, ast.IfExp) and (below := scope.below(part.test)):
            yield below, [part.body if below.when else part.orelse]
        held = (getattr(part, "body", None), getattr(part, "orelse", None))
        for block in (each for each in held if isinstance(each, list)):
            for number, inner in enumerate(block):
                if isinstance(inner, ast.If) and (below := scope.below(inner.test)):
                    yield below, inner.body if below.when else inner.orelse or block[number + 1 :]


def _text(answers: Sequence[ast.stmt | ast.expr]) -> str:
    """The text that is the answer, "" if it is none."""
    for answer in answers[:1]:
        value = answer if isinstance(answer, ast.expr) else getattr(answer, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return ""


def _default(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> ast.expr | None:
    """The default of a parameter."""
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    pairs = [
        *zip(reversed(positional), reversed(given.defaults), strict=False),
        *zip(given.kwonlyargs, given.kw_defaults, strict=True),
    ]
    return next((value for arg, value in pairs if arg.arg == name), None)


def _takes_one(function: ast.FunctionDef) -> bool:
    """Whether a function can be called with one value."""
    given = function.args
    needed = len(given.posonlyargs) + len(given.args) - len(given.defaults)
    return needed == 1 and None not in given.kw_defaults


def _given(function: str, limit: ast.expr, analysis: Analysis) -> bool:
    """Whether a call of the function gives the limit another value than its default."""
    calls = (n for tree in analysis.trees.values() for n in ast.walk(tree) if isinstance(n, ast.Call))
    named = limit.id if isinstance(limit, ast.Name) else ""
    return any(
        isinstance(call.func, ast.Name)
        and call.func.id == function
        and (len(call.args) > 1 or any(keyword.arg in {named, None} for keyword in call.keywords))
        for call in calls
    )
