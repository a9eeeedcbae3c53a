import ast
import re
from collections.abc import Iterator

from nb2prod.model import Convert, Finding
from nb2prod.model.nodes import within
from nb2prod.rules._comments import Comment
from nb2prod.rules._context import Context
from nb2prod.rules._flow import constant
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short
from nb2prod.rules.placeholder_value import PLACEHOLDER

IMPERATIVE = pattern(
    r"#+\s*(?:<-+\s*|todo:?\s*|note:?\s*|please,?\s*|you (?:can|should|must|need to)\s+|make sure to\s+)?"
    r"(?:change|replace|edit|set|update|insert|enter|put|modify|fill in|specify|adapt|customi[sz]e)\s+"
    r"(?:(?:it|in|the|with|by|and|value|to|of)\s+){0,3}"
    r"(?:this\b|these\b|your?\b|here\b|me\b|as (?:needed|appropriate|desired|you like))",
    re.IGNORECASE,
)


class EditThisConstant(Rule):
    """A comment asks whoever runs the notebook to edit the line.

    Each run needs a person and leaves another version of the code.

    Make the value a parameter. `convert` makes a setting of it, described by the comment.
    """

    group = "manual"
    mentions = ("#",)
    bad = """
# %%
path = "data.csv"  # change this to your file  # [edit-this-constant]
# Replace with your project
project = "demo"  # [edit-this-constant]
# CHANGE THIS PATH if you are not me
frame = read("data.csv")  # [edit-this-constant]
"""
    good = """
# %%
# change the datatype of the column
kind = "int"
# Set the seed
seed = 3
width = 3  # this changes with the data
# change this
plot(width)
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each literal with such a comment behind it or just above."""
        for cell in context.code_cells:
            comments = context.comments(cell) if "#" in cell.source else ()
            orders = {comment.line: comment for comment in comments if IMPERATIVE.match(comment.text[:200])}
            for node in within([cell.tree]) if orders and cell.tree else ():
                if isinstance(node, ast.Assign) and _to_be_filled(node):
                    yield from self._of(node, orders, context)

    def _of(self, node: ast.Assign, orders: dict[int, Comment], context: Context) -> Iterator[Finding]:
        above = orders.get(node.lineno - 1)
        lines = context.sources.written(context.cell_of(node))
        alone = above is not None and lines[above.line - 1].lstrip().startswith("#")
        beside = [orders.get(node.lineno), orders.get(node.end_lineno or node.lineno)]
        comment = next((found for found in [above if alone else None, *beside] if found is not None), None)
        if comment is not None:
            what = short(comment.text.lstrip("# "), 70)
            yield context.finding(self, node, f"to be edited by hand: {what}", fix=Convert("becomes a setting"))


def _to_be_filled(node: ast.Assign) -> bool:
    """Whether a literal is assigned, or passed first to what is; of placeholders another rule speaks."""
    literal = ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.UnaryOp | ast.JoinedStr
    called = isinstance(node.value, ast.Call) and any(isinstance(a, ast.Constant) for a in node.value.args[:1])
    value = constant(node.value)
    filled = not isinstance(value, str) or not PLACEHOLDER.fullmatch(value.strip())
    return filled and (called or isinstance(node.value, literal))
