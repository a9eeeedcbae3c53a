import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._comments import Comment
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

ASSIGNMENT = pattern(r"#+\s*([A-Za-z_]\w*)\s*=(?!=)\s*(\S.*?)\s*(?:#.*)?$")
LITERAL = pattern(r"""(?:[rbf]?(["'])[^"']*\1|-?\d[\d_.e+-]*|True|False|None|[\[({].*[\])}])$""")


class CommentedAlternative(Rule):
    """A choice is made by commenting one assignment out and another in.

    Which variant ran is known only to whoever edited the cell last, and the other one is never tested.

    Make it a parameter with its possible values. `convert` makes a setting of the live value.
    """

    group = "manual"
    mentions = ("#",)
    bad = """
# %%
MODEL = "small"  # [commented-alternative]
# MODEL = "large"
rows = 100
"""
    good = """
# %%
# limit = 3 was too low
limit = 30
# y = f(x) is the model
y = predict(x)
other = 1

# other = 2
"""

    def on_assign(self, node: ast.Assign, context: Context) -> Iterator[Finding]:
        """A literal that stands next to another one for the same name in a comment."""
        target = node.targets[0]
        if not isinstance(target, ast.Name) or not _literal(node.value):
            return
        cell = context.cell_of(node)
        if "#" not in cell.source:
            return
        comments = context.sources.comments(cell)
        around = range(node.lineno - 3, (node.end_lineno or node.lineno) + 4)
        lines = context.sources.written(cell)
        near = [comments[n] for n in around if n in comments and _same_block(lines, n, node.lineno)]
        for comment in near:
            other = _other_value(comment, target.id)
            if other and other != context.text(node.value):
                yield context.finding(
                    self,
                    node,
                    f"`{target.id}` is chosen by commenting lines: the other value stands in line {comment.line}",
                )
                return


def _literal(value: ast.expr) -> bool:
    if isinstance(value, ast.List | ast.Tuple):
        return all(_literal(element) for element in value.elts)
    return isinstance(value, ast.Constant) or (
        isinstance(value, ast.UnaryOp) and isinstance(value.operand, ast.Constant)
    )


def _other_value(comment: Comment, name: str) -> str:
    match = ASSIGNMENT.match(comment.text[:300])
    return match.group(2) if match and match.group(1) == name and LITERAL.match(match.group(2)) else ""


def _same_block(lines: list[str], first: int, second: int) -> bool:
    """Whether only comments and assignments stand between two lines."""
    between = lines[min(first, second) - 1 : max(first, second)]
    return all(line.lstrip().startswith("#") or "=" in line for line in between)
