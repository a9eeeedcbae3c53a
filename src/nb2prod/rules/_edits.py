"""Fixes that several rules make."""

import ast
import re
from typing import TYPE_CHECKING

from nb2prod.model import Replace
from nb2prod.model.finding import Safety

if TYPE_CHECKING:
    from nb2prod.rules._context import Context


def adding(context: "Context", call: ast.Call, argument: str, safety: Safety) -> Replace | None:
    """The fix that gives a call one more argument at its end; None where that can't be done without harm."""
    given: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    last = max(given, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0), default=None)
    if last is None:
        text = f"{context.text(call.func)}({argument})"
        return Replace(text, safety=safety) if "#" not in context.text(call) else None
    if isinstance(last, ast.GeneratorExp) and len(given) == 1:
        return None  # its parentheses may be the call's
    cell = context.cell_of(call)
    before = context.sources.segment(
        cell, (call.lineno, call.col_offset), (last.end_lineno or 0, last.end_col_offset or 0)
    )
    after = context.text(call)[len(before) :]
    if re.sub(r"#[^\n]*|[\s,]", "", after) != ")":
        return None  # the last argument stands in parentheses of its own
    return Replace(f"{before}, {argument}{after}", safety=safety)
