"""The code of the stages module: the notebook's own text, moved into functions and checked to be the same program."""

import ast
from collections.abc import Iterable, Iterator, Sequence

from nb2prod.model.facts import Analysis, Signature
from nb2prod.model.notebook import Cell, Place
from nb2prod.model.plan import Edit, Piece, Plan, Stage, Variable
from nb2prod.render.annotations import Annotations
from nb2prod.render.signatures import signature_edits
from nb2prod.render.text import edited, indent

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# The notebook looks at annotations or signatures: they stay as the author wrote them.
LOOKS_AT_SIGNATURES = frozenset(
    {"__annotations__", "get_type_hints", "signature", "getsource", "getfullargspec", "__code__", "validate_call"}
)
PLAIN_DECORATORS = frozenset(
    {"staticmethod", "classmethod", "property", "lru_cache", "cache", "wraps", "njit", "jit", "contextmanager"}
)


class Code:
    """Turns pieces of the plan into text."""

    def __init__(self, plan: Plan, analysis: Analysis, annotations: Annotations) -> None:
        self.plan, self.analysis, self.annotations = plan, analysis, annotations
        self.cells = {cell.index: cell for cell in analysis.notebook.code}
        self.lines = {index: cell.lines for index, cell in self.cells.items()}
        self.annotates = not plan.names & LOOKS_AT_SIGNATURES and not LOOKS_AT_SIGNATURES & _attributes(analysis)

    def piece(self, piece: Piece) -> str:
        """The text of one piece, with the comments that belong to it, at the left margin."""
        if piece.guarded:
            return self._guarded(piece)
        if piece.code is not None or piece.statement is None:
            return piece.code or "pass"
        statement = self.analysis.statements[piece.statement]
        lines = self.lines[statement.cell]
        edits = (*piece.edits, *self._typed(statement.node, self.cells[statement.cell], piece))
        text = edited(lines, statement.place, edits)
        return "\n".join(
            [
                *self._above(piece.statement, lines),
                text + self._behind(statement.place, lines),
                *self._below(piece.statement, lines),
            ]
        )

    def statement(self, piece: Piece) -> str:
        """The statement of a piece alone, as it must be found again in the module."""
        if piece.code is not None or piece.statement is None:
            return piece.code or "pass"
        statement = self.analysis.statements[piece.statement]
        edits = (*piece.edits, *self._typed(statement.node, self.cells[statement.cell], piece))
        return edited(self.lines[statement.cell], statement.place, edits)

    def _guarded(self, piece: Piece) -> str:
        body = "\n".join(self.piece(inner) for inner in piece.guarded)
        if piece.code is not None:
            return f"{piece.code}\n{indent(body)}"
        logger = self.plan.helpers.get("logger", "logger")
        return f'try:\n{indent(body)}\nexcept (Exception, SystemExit):\n    {logger}.warning("this cell is expected to raise", exc_info=True)'

    # comments

    def _neighbours(self, index: int) -> tuple[int, int | None]:
        """The last line of the statement before in the cell, and the first of the one after (None at the end)."""
        statements, own = self.analysis.statements, self.analysis.statements[index]
        before = statements[index - 1] if index else None
        after = statements[index + 1] if index + 1 < len(statements) else None
        end = before.place.end_line if before is not None and before.cell == own.cell else 0
        return end, after.place.line if after is not None and after.cell == own.cell else None

    def _above(self, index: int, lines: list[str]) -> list[str]:
        start, _ = self._neighbours(index)
        return _comments(lines[start : self.analysis.statements[index].place.line - 1])

    def _below(self, index: int, lines: list[str]) -> list[str]:
        _, after = self._neighbours(index)
        return [] if after is not None else _comments(lines[self.analysis.statements[index].place.end_line :])

    @staticmethod
    def _behind(place: Place, lines: list[str]) -> str:
        rest = lines[place.end_line - 1][place.end_column - 1 :].lstrip().lstrip(";").lstrip()
        return f"  {rest}" if rest.startswith("#") else ""

    # types

    def _typed(self, node: ast.stmt, cell: Cell, piece: Piece) -> Iterator[Edit]:
        extra = {variable.name: self.annotations.code(variable.type) for variable in piece.extra}
        for part in ast.walk(node):
            if isinstance(part, FUNCTIONS):
                signature = self.analysis.signatures.get(part.name) if part is node else None
                if self.annotates and _undecorated(part):
                    yield from self._signature(
                        part, cell, signature, extra if part is node else {}, _is_method(part, node)
                    )
                elif extra and part is node:
                    yield from signature_edits(part, cell, extra, lambda _: "", "")

    def _signature(
        self, node: FUNCTIONS, cell: Cell, signature: Signature | None, extra: dict[str, str], method: bool
    ) -> Iterator[Edit]:
        first = next((arg.arg for arg in [*node.args.posonlyargs, *node.args.args]), "")
        receiver = (
            first if method and not any(getattr(d, "id", "") == "staticmethod" for d in node.decorator_list) else ""
        )
        params = signature.params if signature else {}
        defaults = _none_defaults(node)

        def annotate(name: str) -> str:
            if name == receiver:
                return ""
            kind = params.get(name, "")
            return self.annotations.code("" if kind == "None" or (name in defaults and "None" not in kind) else kind)

        returns = self.annotations.code(signature.returns) if signature else self._nested_return(node)
        yield from signature_edits(node, cell, extra, annotate, returns)

    def _nested_return(self, node: FUNCTIONS) -> str:
        returns = any(
            (isinstance(p, ast.Return) and p.value is not None) or isinstance(p, ast.Yield | ast.YieldFrom)
            for p in ast.walk(node)
        )
        return self.annotations.code("" if returns else "None")

    # functions

    def stage(self, stage: Stage) -> str:
        """A stage as a function."""
        params = ", ".join(self._param(variable) for variable in stage.params)
        returns = self._returns(stage)
        head = f"{'async ' if stage.coroutine else ''}def {stage.name}({params}) -> {returns}:"
        body = [docstring(stage.doc, "    ")]
        body += _globals(stage.shared)
        body += [self.piece(piece) for piece in stage.pieces]
        if len(stage.returns) == 1:
            body.append(f"return {stage.returns[0].name}")
        elif stage.returns:
            body.append(f"return {stage.result}({', '.join(f'{v.name}={v.name}' for v in stage.returns)})")
        return head + "\n" + "\n".join(indent(part) for part in body)

    def _param(self, variable: Variable) -> str:
        if variable.setting == "*":
            return f"{variable.name}: {self.plan.helpers['Settings']}"
        return f"{variable.name}: {self.annotations.code(variable.type)}"

    def _returns(self, stage: Stage) -> str:
        if not stage.returns:
            return "None"
        return stage.result or self.annotations.code(stage.returns[0].type)

    def result(self, stage: Stage) -> str:
        """The class that carries a stage's results, "" if it needs none."""
        if not stage.result:
            return ""
        fields = "\n".join(f"    {v.name}: {self.annotations.code(v.type)}" for v in stage.returns)
        decorator = "_dataclass" if "dataclass" in self.annotations.taken else "dataclass"
        return f'@{decorator}(frozen=True, slots=True)\nclass {stage.result}:\n    """What {stage.name}() hands on."""\n\n{fields}'


def _attributes(analysis: Analysis) -> frozenset[str]:
    nodes = (node for tree in analysis.trees.values() for node in ast.walk(tree))
    return frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))


def _comments(lines: Sequence[str]) -> list[str]:
    """The comment lines among some lines between statements, one blank line kept between blocks."""
    kept: list[str] = []
    for line in lines:
        text = line.strip()
        if text.startswith("#") or (not text and kept and kept[-1]):
            kept.append(text)
    return kept


def _undecorated(node: FUNCTIONS) -> bool:
    names = {
        getattr(
            d.func if isinstance(d, ast.Call) else d,
            "id",
            getattr(d.func if isinstance(d, ast.Call) else d, "attr", ""),
        )
        for d in node.decorator_list
    }
    return names <= PLAIN_DECORATORS


def _is_method(node: ast.AST, outer: ast.stmt) -> bool:
    return any(node in part.body for part in ast.walk(outer) if isinstance(part, ast.ClassDef))


def _none_defaults(node: FUNCTIONS) -> frozenset[str]:
    args = node.args
    positional = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    return frozenset(arg.arg for arg, default in pairs if isinstance(default, ast.Constant) and default.value is None)


def _globals(names: Iterable[str]) -> list[str]:
    """`global` statements, as few as fit the line."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) < 90:
            lines[-1] += f", {name}"
        else:
            lines.append(f"global {name}")
    return lines


def docstring(text: str, margin: str = "") -> str:
    """A docstring with this text, whatever is in it; `margin` is the indentation of its function's body."""
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    safe = "".join(char if char == "\n" or char.isprintable() else " " for char in safe)
    if safe.endswith('"'):
        safe += " "
    if "\n" not in safe:
        return f'"""{safe}"""'
    lines = [margin + line if line and number else line for number, line in enumerate(safe.split("\n"))]
    return '"""' + "\n".join(lines) + f'\n{margin}"""'
