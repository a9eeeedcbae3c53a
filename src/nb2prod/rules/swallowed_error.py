import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._errors import caught, does_nothing, imports_only
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

# Errors whose only meaning is "not there" or "no more": passing over them is an answer.
EXPECTED = words(
    "FileExistsError FileNotFoundError StopIteration KeyboardInterrupt ImportError ModuleNotFoundError "
    "LookupNotFound NameError"
)


class SwallowedError(Rule):
    """An error is caught and nothing is done about it.

    Rows, files or replies go missing and nobody learns how many.

    Count what failed, log it, and stop when too much does. Where failure is normal, catch just that error.
    """

    group = "errors"
    bad = """
# %%
for name in names:
    try:
        rows.append(parse(name))
    except Exception:  # [swallowed-error]
        continue
# %%
try:
    total = compute()
except (ValueError, KeyError):  # [swallowed-error]
    pass
"""
    good = """
# %%
import os
try:
    os.mkdir("out")
except FileExistsError:
    pass
try:
    import seaborn
except Exception:
    pass
try:
    total = compute()
except ValueError as error:
    print("no total:", error)
"""

    def on_try(self, attempt: ast.Try, context: Context) -> Iterator[Finding]:
        """Each handler that does nothing."""
        if imports_only(attempt):
            return
        for handler in attempt.handlers:
            kinds = caught(handler)
            if all(does_nothing(statement) for statement in handler.body) and not (kinds and kinds <= EXPECTED):
                what = " or ".join(sorted(kinds)) or "any error"
                yield context.finding(self, handler, f"{what} is passed over in silence")
