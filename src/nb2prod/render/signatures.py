"""The edits that type the signature of a notebook function and add the parameters that the plan lifted."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Mapping

from nb2prod.model.notebook import Cell, Place
from nb2prod.model.places import at, slice_of
from nb2prod.model.places import end as end_of
from nb2prod.model.plan import Edit


def signature_edits(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    cell: Cell,
    extra: Mapping[str, str],
    annotate: Callable[[str], str],
    returns: str,
) -> Iterator[Edit]:
    """Annotate a function's parameters and result where the author did not, and add keyword parameters.

    `extra` are the lifted values and their types; `annotate` gives the type of a parameter as code.
    """
    lines = cell.lines
    args = node.args
    for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]:
        if arg.annotation is None and (kind := annotate(arg.arg)):
            end = at(lines, arg.end_lineno or arg.lineno, arg.end_col_offset or 0)
            yield Edit(
                Place(cell.index, arg.end_lineno or arg.lineno, end, arg.end_lineno or arg.lineno, end),
                f": {kind}",
                "type",
            )
    line, column = _closing(node, lines)
    if extra:
        yield _added(node, cell, extra, line, column)
    if node.returns is None and returns:
        yield Edit(Place(cell.index, line, column + 1, line, column + 1), f" -> {returns}", "type")


def _added(
    node: ast.FunctionDef | ast.AsyncFunctionDef, cell: Cell, extra: Mapping[str, str], line: int, column: int
) -> Edit:
    """The keyword parameters that go before the closing parenthesis at `line` and `column`."""
    args = node.args
    added = "" if args.vararg or args.kwonlyargs else "*, "
    added += ", ".join(f"{name}: {kind}" for name, kind in extra.items())
    every: list[ast.expr | ast.arg] = [*args.posonlyargs, *args.args, *args.kwonlyargs, *args.defaults]
    every += [*filter(None, (args.vararg, args.kwarg)), *filter(None, args.kw_defaults)]
    if every:
        last, size = max(map(end_of, every))
        between = slice_of(cell.lines, Place(cell.index, last, at(cell.lines, last, size), line, column))
        added = f" {added}" if "," in re.sub("#.*", "", between) else f", {added}"
    return Edit(Place(cell.index, line, column, line, column), added, "parameter")


def _closing(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> tuple[int, int]:
    """Where the parenthesis that closes a function's parameters stands."""
    depth = 0
    text = "\n".join(lines[node.lineno - 1 : node.body[0].lineno + 1])
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        depth += (token.string in "([{" and token.string != "") - (token.string in ")]}" and token.string != "")
        if token.string == ")" and depth == 0:
            return node.lineno + token.start[0] - 1, token.start[1] + 1
    raise ValueError(f"no parameter list in {node.name}")
