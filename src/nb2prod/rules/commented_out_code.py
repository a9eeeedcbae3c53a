from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._comments import Comment
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

CODE = pattern(
    r"#+ ?\s*(?:[A-Za-z_][\w.]*(?:\[[^\]]*\])*\s*(?:=|\+=|-=)\s*(?![A-Za-z]+ [A-Za-z]+\b)\S"
    r"|[A-Za-z_][\w.]*\([^)]*\)(?:\.\w+\([^)]*\))*\s*;?$"
    r"|(?:import [\w.]+(?: as \w+)?|from [\w.]+ import [\w, *]+)$"
    r"|(?:for \w.* in .*|(?:if|while) .*[=<>(.].*"
    r"|(?:def|class) \w+.*|with [\w.]+\(.*):$|return [\w(\[]|print\()"
)
LEAST = 2
TWO_LINES = pattern(r"#.*\n[ \t]*#")


class CommentedOutCode(Rule):
    """Code is kept as a comment.

    Nobody knows whether it should run, and it stops working without anybody noticing. Two or more such lines in a
    row count.

    Delete it: version control keeps it.
    """

    group = "documentation"
    severity = "info"
    profile = "all"
    once = True
    mentions = ("#",)
    bad = """
# %%
x = 1
# y = x + 1  # [commented-out-code]
# print(y)
"""
    good = """
# %%
# x is the length (in metres)
# see the report: it says more
x = 1
# y = 2
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """The first line of each such block."""
        for cell in context.code_cells:
            if not TWO_LINES.search(cell.source):
                continue
            lines = cell.source.split("\n")
            alone = [c for c in context.comments(cell) if lines[c.line - 1].lstrip().startswith("#")]
            for block in _blocks(alone):
                if sum(bool(CODE.match(comment.text[:300])) for comment in block) >= max(LEAST, (len(block) + 1) // 2):
                    yield context.finding(self, context.line(cell, block[0].line), "code is kept as a comment")


def _blocks(comments: list[Comment]) -> Iterator[list[Comment]]:
    """Comments in neighbouring lines."""
    block: list[Comment] = []
    for comment in comments:
        if block and comment.line != block[-1].line + 1:
            yield block
            block = []
        block.append(comment)
    if block:
        yield block
