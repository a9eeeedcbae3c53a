import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._comments import Comment
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

ASSIGNMENT = pattern(r"#+\s*([A-Za-z_]\w*)\s*=(?!=)\s*(\S.*?)\s*(?:#.*)?$")
LIKE_ONE = pattern(r"#+\s*[A-Za-z_]\w*\s*=")
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

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each literal that stands next to another one for the same name in a comment."""
        for cell in context.code_cells:
            others: dict[str, list[Comment]] = {}
            for comment in context.comments(cell) if LIKE_ONE.search(cell.source) else ():
                if (match := ASSIGNMENT.match(comment.text[:300])) and LITERAL.match(match.group(2)):
                    others.setdefault(match.group(1), []).append(comment)
            for name, comments in others.items():
                for node in map(context.parent, context.names.get(name, ())):
                    if isinstance(node, ast.Assign) and context.cell_of(node) is cell:
                        yield from self._of(node, name, comments, context)

    def _of(self, node: ast.Assign, name: str, comments: list[Comment], context: Context) -> Iterator[Finding]:
        if getattr(node.targets[0], "id", "") != name or not _literal(node.value):
            return
        lines = context.sources.written(context.cell_of(node))
        around = range(node.lineno - 3, (node.end_lineno or node.lineno) + 4)
        for comment in comments:
            match = ASSIGNMENT.match(comment.text[:300])
            if match is None or comment.line not in around or not _same_block(lines, comment.line, node.lineno):
                continue
            if match.group(2) != context.text(node.value):
                where = f"the other value stands in line {comment.line}"
                yield context.finding(self, node, f"`{name}` is chosen by commenting lines: {where}")
                return


def _literal(value: ast.expr) -> bool:
    if isinstance(value, (ast.List, ast.Tuple)):
        return all(_literal(element) for element in value.elts)
    return isinstance(value, ast.Constant) or (
        isinstance(value, ast.UnaryOp) and isinstance(value.operand, ast.Constant)
    )


def _same_block(lines: list[str], first: int, second: int) -> bool:
    """Whether only comments and assignments stand between two lines."""
    between = lines[min(first, second) - 1 : max(first, second)]
    return all(line.lstrip().startswith("#") or "=" in line for line in between)
