import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Place, Replace
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class BareExcept(Rule):
    """An `except:` catches everything, also what was meant to stop the program.

    Interrupting the kernel, running out of memory and a misspelt name all look like the expected failure.

    Name the error that is expected. The fix writes `except Exception:`, which lets interrupts through.
    """

    group = "errors"
    bad = """
# %%
try:
    rows = int(text)
except:  # [bare-except]
    rows = 0
"""
    fixed = """
# %%
try:
    rows = int(text)
except Exception:
    rows = 0
"""
    good = """
# %%
try:
    rows = int(text)
except ValueError:
    rows = 0
try:
    work()
except:
    undo()
    raise
"""

    def on_except_handler(self, handler: ast.ExceptHandler, context: Context) -> Iterator[Finding]:
        """An `except:` that does not raise again."""
        if handler.type is not None or any(isinstance(part, ast.Raise) for part in ast.walk(handler)):
            return
        place = context.place(handler)
        head = Place(place.cell, place.line, place.column, place.line, place.column + len("except"))
        fix = Replace("except Exception", head)
        yield context.finding(self, handler, "`except:` also catches interrupts and misspelt names", fix=fix)
