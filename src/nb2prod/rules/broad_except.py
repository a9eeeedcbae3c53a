import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._errors import broad, does_nothing, imports_only, prints, raises
from nb2prod.rules._rule import Rule


class BroadExcept(Rule):
    """Nearly any error is caught, and the work goes on.

    A misspelt column and a missing file end in the same branch as the error that was expected.

    Name the error that is expected, and let the others through.
    """

    group = "errors"
    profile = "ci"
    bad = """
# %%
try:
    frame = load()
except Exception:  # [broad-except]
    frame = None
"""
    good = """
# %%
try:
    frame = load()
except OSError:
    frame = None
try:
    frame = load()
except Exception:
    log()
    raise
"""

    def on_try(self, attempt: ast.Try, context: Context) -> Iterator[Finding]:
        """A handler that catches broadly and does something else than raise, print or nothing."""
        if imports_only(attempt):
            return
        for handler in attempt.handlers:
            quiet = all(does_nothing(s) or prints(s) for s in handler.body)
            if handler.type is not None and broad(handler) and not raises(handler) and not quiet:
                yield context.finding(self, handler, "nearly any error is caught here, and the work goes on")
