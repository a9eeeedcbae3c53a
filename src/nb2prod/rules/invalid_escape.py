import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Place
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

ODD = pattern(r"(?<!\\)(?:\\\\)*\\([^\n'\"\\abfnrtvxuUN0-7\r])")
PREFIX = pattern("([A-Za-z]{0,2})(?:'{3}|\"{3}|['\"])")


class InvalidEscape(Rule):
    r"""A text holds a backslash that means nothing.

    `"C:\data"` works by luck: `\d` is no escape, but `\t` would be a tab. Python warns of it, and will refuse it.

    Write a raw string (`r"C:\data"`), or `/`.
    """

    group = "blockers"
    mentions = holds = ("\\",)
    bad = r"""
# %%
path = "C:\data\my.csv"  # [invalid-escape]
"""
    good = r"""
# %%
path = r"C:\data\my.csv"
other = "a\n"
"""

    def on_string(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        """A text whose value still holds a backslash, and whose source has an escape that is none."""
        if not isinstance(node.value, str) or "\\" not in node.value or node.lineno != node.end_lineno:
            return
        if isinstance(context.parent(node), ast.JoinedStr) or len(node.value) > 10_000:
            return
        text = context.text(node)
        prefix = PREFIX.match(text)
        if prefix is None or "r" in prefix.group(1).lower():
            return
        if match := ODD.search(text, prefix.end()):
            place = context.place(node)
            start = place.column + match.start(1) - 1
            where = Place(place.cell, place.line, start, place.line, start + 2)
            yield context.finding(self, where, f"`\\{match.group(1)}` is no escape: write a raw string")
