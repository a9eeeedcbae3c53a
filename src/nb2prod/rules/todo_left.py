from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

TODO = pattern(r"#\s*(?:TODO|FIXME|XXX|HACK)\b[:\s]*(.*)")


class TodoLeft(Rule):
    """A note says that something is not done.

    Do it, or make an issue of it. `convert` lists it as work for a person.
    """

    group = "documentation"
    severity = "info"
    profile = "ci"
    mentions = ("TODO", "FIXME", "XXX", "HACK")
    bad = """
# %%
x = 1  # TODO: ask the sensor  # [todo-left]
"""
    good = """
# %%
todo = []  # the list of tasks
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each such comment."""
        for cell in context.code_cells:
            for comment in (
                context.comments(cell)
                if "TODO" in cell.source or "FIXME" in cell.source or "XXX" in cell.source or "HACK" in cell.source
                else ()
            ):
                if match := TODO.match(comment.text[:300]):
                    where = context.line(cell, comment.line, comment.column - 1)
                    yield context.finding(self, where, f"not done: {short(match.group(1) or 'no reason given')}")
