"""Where a value comes from: through simple assignments, loops over literals, unpacking, and known functions."""

import ast
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nb2prod.catalogue import Function, attribute, function, method
from nb2prod.rules._tree import SCOPES, parameters

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

Order = tuple[int, int, int]
# What gives a name a value that can be followed.
BINDERS = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.withitem)
FRAME, SERIES, ARRAY = "pandas.DataFrame", "pandas.Series", "numpy.ndarray"
# Deeper than this no value is followed.
DEPTH = 12


class Binding(NamedTuple):
    """A name gets a value: `value` is None if it can't be followed, `part` is its position in an unpacked value.

    `loop` says that the name goes through the elements of the value.
    """

    name: str
    value: ast.expr | None
    part: int | None
    node: ast.AST
    scope: ast.AST | None
    loop: bool = False


class Flow:
    """Follows the values of one notebook."""

    def __init__(self, context: "Context") -> None:
        """Follow the values that a context knows of."""
        self.context = context
        self._types: dict[ast.AST, str] = {}
        self._typed: dict[str, int] = {}
        self._bindings: dict[str, list[Binding]] = {}
        self._scoped: dict[str, dict[ast.AST | None, tuple[list[Order], list[Binding]]]] = {}

    # --- names

    def bindings(self, name: str) -> list[Binding]:
        """Every binding of a name, in the order of the text."""
        found = self._bindings.get(name)
        if found is None:
            found = self._bindings[name] = self._found(name)
        return found

    def _found(self, name: str) -> list[Binding]:
        stored = (node for node in self.context.names.get(name, ()) if isinstance(node.ctx, ast.Store))
        nodes = dict.fromkeys(binder for node in stored if (binder := self._binder(node)) is not None)
        return [binding for node in nodes for binding in self._made(node) if binding.name == name]

    def _binder(self, node: ast.AST) -> ast.AST | None:
        """The node that gives a name that is bound its value, None if it can't be followed."""
        parents = self.context.parents
        around = parents[node]
        while isinstance(around, (ast.Tuple, ast.List, ast.Starred)):
            around = parents[around]
        return around if isinstance(around, BINDERS) else None

    def _made(self, node: ast.AST) -> Iterator[Binding]:
        """The bindings that a node makes."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from self._unpacked(target, value, node)
            case ast.AnnAssign(target=target, value=bound):
                yield from self._unpacked(target, bound, node)
            case ast.AugAssign(target=target):
                yield from self._unpacked(target, None, node)
            case ast.NamedExpr(target=target, value=value):
                yield from self._unpacked(target, value, node)
            case ast.For(target=target, iter=value):
                yield from self._unpacked(target, value, node, loop=True)
            case ast.withitem(optional_vars=ast.expr() as target, context_expr=value):
                yield from self._unpacked(target, value, value)

    def _in_scope(self, name: str, scope: ast.AST | None) -> tuple[list[Order], list[Binding]] | None:
        """The bindings of a name in a scope, and where they stand; None if there are none."""
        scopes = self._scoped.get(name)
        if scopes is None:
            scopes = self._scoped[name] = {}
            for binding in self.bindings(name):
                places, held = scopes.setdefault(binding.scope, ([], []))
                places.append(self.context.order(binding.node))
                held.append(binding)
        return scopes.get(scope)

    def _unpacked(
        self, target: ast.expr, value: ast.expr | None, node: ast.AST, loop: bool = False
    ) -> Iterator[Binding]:
        scope = self.context.within(node, SCOPES)
        if isinstance(target, ast.Name):
            yield Binding(target.id, value, None, node, scope, loop)
        elif isinstance(target, (ast.Tuple, ast.List)):
            literal = value.elts if isinstance(value, (ast.Tuple, ast.List)) and not loop else []
            for part, element in enumerate(target.elts):
                if len(literal) == len(target.elts):
                    yield from self._unpacked(element, literal[part], node)
                elif isinstance(element, ast.Name):
                    yield Binding(element.id, value, part, node, scope, loop)

    def binding(self, name: ast.Name) -> Binding | None:
        """The binding that a name most likely stands for where it is read: the last one above it."""
        if not self.bindings(name.id):
            return None
        scope = self.context.within(name, SCOPES)
        local = self._in_scope(name.id, scope) if scope else None
        if scope and not local and name.id in parameters(scope):
            return None
        places, here = local or self._in_scope(name.id, None) or ([], [])
        if scope and not local:
            return here[-1] if len(here) == 1 else None
        # The nearest above, and one before it where that is the statement itself.
        at = bisect_left(places, self.context.order(name))
        return next((b for b in reversed(here[max(0, at - 3) : at]) if not self._inside(name, b)), None)

    def _inside(self, name: ast.Name, binding: Binding) -> bool:
        """Whether a name is read in the very statement that rebinds it: `x = f(x)`."""
        if isinstance(binding.node, ast.For):
            return any(around is binding.node.iter for around in (name, *self.context.ancestors(name)))
        return any(around is binding.node for around in self.context.ancestors(name))

    def value(self, node: ast.expr) -> ast.expr:
        """The expression that a name was assigned, followed as far as it is plain; the node itself if it is not."""
        for _ in range(DEPTH):
            if not isinstance(node, ast.Name):
                return node
            binding = self.binding(node)
            if binding is None or binding.value is None or binding.part is not None or binding.loop:
                return node
            node = binding.value
        return node

    def sources(self, node: ast.expr) -> list[ast.expr]:
        """The values that an expression may have: a name's, both arms of a choice, a literal list's elements."""
        found: list[ast.expr] = []
        waiting = [node]
        for _ in range(100):
            if not waiting:
                break
            node = waiting.pop()
            binding = self.binding(node) if isinstance(node, ast.Name) else None
            if isinstance(node, ast.IfExp):
                waiting += [node.body, node.orelse]
            elif binding is None or binding.value is None:
                found.append(node)
            elif binding.part is None and not binding.loop:
                waiting.append(binding.value)
            elif binding.loop and isinstance(binding.value, (ast.List, ast.Tuple)):
                elements = binding.value.elts
                tuples = [
                    e.elts[binding.part or 0]
                    for e in elements
                    if isinstance(e, ast.Tuple) and len(e.elts) > (binding.part or 0)
                ]
                waiting += tuples if binding.part is not None else elements
            else:
                found.append(node)
        return found

    # --- types

    def type_of(self, node: ast.expr, depth: int = 0) -> str:
        """The dotted type of an expression, "" if unknown."""
        if node in self._types or depth > DEPTH:
            return self._types.get(node, "")
        self._types[node] = ""  # a name that depends on itself
        self._types[node] = found = self._type(node, depth + 1)
        return found

    def _type(self, node: ast.expr, depth: int) -> str:
        match node:
            case ast.Name():
                return self._type_of_name(node, depth)
            case ast.Call():
                return self._type_of_call(node, depth)
            case ast.Attribute(value=value, attr=name):
                owner = self.context.qualified(value) or self.type_of(value, depth)
                return (attribute(owner, name) if owner else "") or self._column(value, depth)
            case ast.Subscript(value=value, slice=index):
                return self._type_of_item(value, index, depth)
            case ast.BinOp(left=left, right=right):
                kinds = [self.type_of(left, depth), self.type_of(right, depth)]
                return next((kind for kind in kinds if kind in {FRAME, SERIES, ARRAY}), "")
            case ast.Compare(left=left):
                kind = self.type_of(left, depth)
                return kind if kind in {FRAME, SERIES, ARRAY} else "bool"
            case ast.UnaryOp(operand=operand):
                return self.type_of(operand, depth)
            case ast.Constant(value=value):
                return type(value).__name__
            case ast.JoinedStr():
                return "str"
            case ast.List() | ast.ListComp():
                return "list"
            case ast.Dict() | ast.DictComp():
                return "dict"
            case ast.Set() | ast.SetComp():
                return "set"
        return ""

    def _column(self, value: ast.expr, depth: int) -> str:
        return SERIES if self.type_of(value, depth) == FRAME else ""

    def _type_of_name(self, node: ast.Name, depth: int) -> str:
        binding = self.binding(node)
        if binding is None or binding.value is None or binding.loop:
            return ""
        if binding.part is None:
            self._from_the_top(binding, depth)
            return self.type_of(binding.value, depth)
        call = binding.value
        known = self.known(call) if isinstance(call, ast.Call) else None
        if known is None or not isinstance(call, ast.Call):
            return ""
        if known.returns == "args" and len(call.args) > binding.part // 2:
            return self.type_of(call.args[binding.part // 2], depth)
        if known.returns.startswith("tuple["):
            parts = known.returns[6:-1].split(", ")
            return parts[binding.part] if binding.part < len(parts) else ""
        return ""

    def _from_the_top(self, binding: Binding, depth: int) -> None:
        """Find the types of the values that a name had before: a long chain of them is not followed at once."""
        several, done = self.bindings(binding.name), self._typed.get(binding.name, 0)
        if len(several) - done < 2:
            return
        upto = several.index(binding, done) if binding in several[done:] else done
        self._typed[binding.name] = max(upto, done)
        for earlier in several[done:upto]:
            if earlier.value is not None and earlier.part is None and not earlier.loop:
                self.type_of(earlier.value, depth)

    def _type_of_call(self, node: ast.Call, depth: int) -> str:
        known = self.known(node, depth)
        if known is None:
            return ""
        result = known.result(len(node.args), [keyword.arg or "" for keyword in node.keywords])
        if result == "self" and isinstance(node.func, ast.Attribute):
            return self.type_of(node.func.value, depth)
        if result == "first":
            first = self.type_of(node.args[0], depth) if node.args else ""
            return first if first in {FRAME, SERIES, ARRAY} else ""
        return "" if result in {"self", "args"} else result

    def _type_of_item(self, value: ast.expr, index: ast.expr, depth: int) -> str:
        if isinstance(value, ast.Attribute) and value.attr in {"loc", "iloc"}:
            owner = self.type_of(value.value, depth)
            single = isinstance(index, ast.Tuple) and isinstance(index.elts[-1], ast.Constant)
            return SERIES if owner == FRAME and single else owner
        owner = self.type_of(value, depth)
        if owner != FRAME:
            return owner if owner in {SERIES, ARRAY} else ""
        return SERIES if isinstance(index, ast.Constant) else FRAME

    def known(self, call: ast.Call, depth: int = 0) -> Function | None:
        """What the catalogue says of the function that is called, None if it is unknown."""
        if name := self.context.qualified(call.func):
            return function(name)
        if isinstance(call.func, ast.Attribute):
            owner = self.type_of(call.func.value, depth)
            return method(owner, call.func.attr) if owner else None
        return None


def argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    """The argument of a call at a position (-1: never by position) or of a keyword."""
    named = next((k.value for k in call.keywords if k.arg == keyword), None)
    if named is not None or not 0 <= position < len(call.args):
        return named
    return None if any(isinstance(a, ast.Starred) for a in call.args[: position + 1]) else call.args[position]


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword argument, None if it is not given."""
    return next((k.value for k in call.keywords if k.arg == name), None)


def spreads(call: ast.Call) -> bool:
    """Whether a call passes `**options`, which may hold any keyword."""
    return any(k.arg is None for k in call.keywords)


def constant(node: ast.expr | None) -> object:
    """The value of a literal, None if it is no literal; negative numbers count."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        return -value if isinstance(value, (int, float)) else None
    return node.value if isinstance(node, ast.Constant) else None
