"""The numbers that a notebook judges itself by: who computes them, and what they were when it was saved."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nb2prod.catalogue import function
from nb2prod.model.evidence import Evidence
from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.gate import Metric, Source
from nb2prod.model.notebook import Cell

NUMBER = r"(?:np\.float\d+\()?([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
ANYTHING = r"[\s\S]{0,200}?"
FIELD = re.compile(r"\{[^{}]*\}")
PERCENT = re.compile(r"%[-+ #0-9.]*[a-zA-Z]")


def metrics_of(analysis: Analysis, evidence: Evidence | None) -> tuple[Metric, ...]:
    """Every metric in the order of the text, with the value that the saved outputs show.

    A value counts as measured by the proof run if that printed the same as what was saved.
    """
    metrics: dict[tuple[str, str, int], Metric] = {}
    variables: dict[str, str] = {}
    for statement in analysis.statements:
        for call in _scores(statement, analysis):
            name = analysis.qualified(call.func).rpartition(".")[2] or "score"
            variable = _variable(statement, call)
            if variable:
                variables[variable] = name
            metrics[name, variable, statement.cell] = Metric(name, variable, statement.cell)
    for cell in analysis.notebook.code:
        for seen in _shown(cell, analysis, variables):
            known = [key for key in metrics if key[0] == seen.name and key[1] == seen.variable and key[2] <= cell.index]
            if known:
                metrics[known[-1]] = replace(metrics[known[-1]], value=seen.value, seen=_source(cell, evidence))
    return tuple(metrics.values())


def _scores(statement: Statement, analysis: Analysis) -> Iterator[ast.Call]:
    """The calls in a statement that compute one number from what is true and what was predicted."""
    if isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for node in ast.walk(statement.node):
        if isinstance(node, ast.Call) and _is_score(node, analysis):
            yield node


def _is_score(node: ast.expr, analysis: Analysis) -> bool:
    if not isinstance(node, ast.Call):
        return False
    known = function(analysis.qualified(node.func) or "?")
    if known is not None:
        return known.role == "evaluate" and known.returns == "float"
    return isinstance(node.func, ast.Attribute) and node.func.attr == "score" and len(node.args) == 2


def _variable(statement: Statement, call: ast.Call) -> str:
    """The name that a statement binds the number to, "" if to none."""
    node = statement.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and _inner(node.value) is call:
        return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
    return ""


def _inner(node: ast.expr) -> ast.expr:
    """What `round(x, 3)` and `float(x)` are about."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"round", "float"}:
        if not node.args:
            return node
        node = node.args[0]
    return node


def _source(cell: Cell, evidence: Evidence | None) -> Source:
    same = (
        [each.outcome in {"equal", "close"} for each in evidence.saved if each.cell == cell.index] if evidence else []
    )
    return "proof run" if same and all(same) else "saved output"


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of what a `print` writes: a pattern, and the metric whose number it catches."""

    pattern: str
    metric: Metric | None = None
    percent: bool = False


def _shown(cell: Cell, analysis: Analysis, variables: Mapping[str, str]) -> Iterator[Metric]:
    """The metrics that a cell shows, with the values in its saved outputs."""
    tree = analysis.trees.get(cell.index)
    if tree is None or not tree.body:
        return
    printed = "".join(out.text for out in cell.outputs if out.kind == "stream" and out.stream != "stderr")
    at = 0
    for statement in tree.body:
        if printed and isinstance(statement, ast.Expr) and _is_print(statement.value):
            texts = list(_printed(statement.value, analysis, variables))
            found = re.compile("".join(text.pattern for text in texts)).search(printed, at)
            caught = [text for text in texts if text.metric]
            if found and caught:
                at = found.end()
                yield from (_valued(t, value) for t, value in zip(caught, found.groups(), strict=True) if t.metric)
    last = tree.body[-1]
    metric = _metric(last.value, analysis, variables) if isinstance(last, ast.Expr) else None
    result = next((out.text for out in cell.outputs if out.kind == "result"), "")
    number = re.fullmatch(NUMBER + r"\)?", result.strip())
    if metric and number:
        yield replace(metric, value=float(number[1]))


def _valued(text: _Text, value: str) -> Metric:
    if text.metric is None:
        raise ValueError("no metric")
    return replace(text.metric, value=round(float(value) / 100, 12) if text.percent else float(value))


def _is_print(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _metric(node: ast.expr, analysis: Analysis, variables: Mapping[str, str]) -> Metric | None:
    node = _inner(node)
    if isinstance(node, ast.Name) and node.id in variables:
        return Metric(variables[node.id], node.id)
    if isinstance(node, ast.Call) and _is_score(node, analysis):
        return Metric(analysis.qualified(node.func).rpartition(".")[2] or "score")
    return None


def _printed(node: ast.expr, analysis: Analysis, variables: Mapping[str, str]) -> Iterator[_Text]:
    """The pieces of what `print(...)` writes."""
    if not isinstance(node, ast.Call):
        return
    for number, argument in enumerate(node.args):
        if number:
            yield _Text(r"\s*" if _separated(node) else " ")
        yield from _written(argument, analysis, variables)


def _separated(call: ast.Call) -> bool:
    return any(keyword.arg == "sep" for keyword in call.keywords)


def _written(node: ast.expr, analysis: Analysis, variables: Mapping[str, str]) -> Iterator[_Text]:
    """The pieces of one argument: literal text, numbers of metrics, and anything else."""
    match node:
        case ast.Constant():
            yield _Text(re.escape(str(node.value)))
        case ast.JoinedStr():
            for value in node.values:
                yield from _written(value, analysis, variables)
        case ast.FormattedValue():
            yield _slot(node.value, analysis, variables, node.format_spec is not None and _ends_in_percent(node))
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
            right = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            yield from _filled(text, PERCENT, right, analysis, variables)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
            yield from _filled(text, FIELD, node.args, analysis, variables)
        case _:
            yield _slot(node, analysis, variables, False)


def _ends_in_percent(node: ast.FormattedValue) -> bool:
    spec = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else []
    return bool(spec) and isinstance(spec[-1], ast.Constant) and str(spec[-1].value).endswith("%")


def _filled(
    text: str, holes: re.Pattern[str], values: list[ast.expr], analysis: Analysis, variables: Mapping[str, str]
) -> Iterator[_Text]:
    at = 0
    for number, hole in enumerate(holes.finditer(text)):
        yield _Text(re.escape(text[at : hole.start()]))
        percent = hole.group().endswith("%}")
        yield _slot(values[number], analysis, variables, percent) if number < len(values) else _Text(ANYTHING)
        at = hole.end()
    yield _Text(re.escape(text[at:]))


def _slot(node: ast.expr, analysis: Analysis, variables: Mapping[str, str], percent: bool) -> _Text:
    metric = _metric(node, analysis, variables)
    return _Text(r"\s*" + NUMBER + r"\)?", metric, percent) if metric else _Text(ANYTHING)
