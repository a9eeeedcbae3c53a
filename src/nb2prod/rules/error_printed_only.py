import ast
from collections.abc import Iterator
from itertools import takewhile

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._errors import caught, does_nothing, prints
from nb2prod.rules._rule import Rule


class ErrorPrintedOnly(Rule):
    """An error is printed and the work goes on as if nothing had happened.

    What the `try` should have made is missing, or still the value of the round before; a run without a reader
    ends with success.

    Raise again, or count the failures and stop when there are too many.
    """

    group = "errors"
    bad = """
# %%
try:
    frame = load()
except Exception as error:  # [error-printed-only]
    print(error)
frame.describe()
for name in names:
    try:
        rows.append(parse(name))
    except ValueError:  # [error-printed-only]
        print("failed", name)
"""
    good = """
# %%
try:
    check(frame)
except ValueError as error:
    print(error)
try:
    frame = load()
except OSError as error:
    print(error)
    frame = None
try:
    frame = load()
except OSError as error:
    print(error)
    raise
"""

    def on_try(self, attempt: ast.Try, context: Context) -> Iterator[Finding]:
        """A handler that only prints, where the work goes on with what was tried."""
        if not any(prints(statement) for handler in attempt.handlers for statement in handler.body):
            return
        loop = context.within(attempt, (ast.For, ast.While))
        missing = {name for name in _made(attempt) if _read_after(name, attempt, context)} if loop is None else set()
        if loop is None and not missing:
            return
        for handler in attempt.handlers:
            kinds = caught(handler)
            said = any(prints(statement) for statement in handler.body)
            if said and all(prints(s) or does_nothing(s) for s in handler.body) and "KeyboardInterrupt" not in kinds:
                lack = f": `{min(missing)}` may be missing below" if missing else ", round after round"
                yield context.finding(self, handler, f"the error is printed and the work goes on{lack}")


def _made(attempt: ast.Try) -> set[str]:
    stores = (node for statement in attempt.body for node in ast.walk(statement) if isinstance(node, ast.Name))
    return {node.id for node in stores if isinstance(node.ctx, ast.Store)}


def _read_after(name: str, attempt: ast.Try, context: Context) -> bool:
    """Whether a name is read below a `try`."""
    end = (context.cell_of(attempt).index, attempt.end_lineno or 0, 0)
    below = takewhile(lambda use: context.order(use) > end, reversed(context.names[name]))
    return any(isinstance(use.ctx, ast.Load) for use in below)
