import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import top_of
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

LEAVES = frozenset({"exit", "quit", "sys.exit", "os._exit", "os.abort"})
RAISES = frozenset({"SystemExit", "KeyboardInterrupt", "StopExecution", "Exception", "NotImplementedError"})


class StopMarker(Rule):
    """A cell stops the notebook on purpose.

    What stands below it runs only by hand: it is either not needed, or part of a procedure that somebody knows
    by heart.

    Delete what is not needed, and make a notebook of its own of what is.
    """

    group = "manual"
    bad = """
# %%
import sys
sys.exit()  # [stop-marker]
# %%
raise SystemExit("done")  # [stop-marker]
# %%
assert False  # [stop-marker]
# %%
1 / 0  # [stop-marker]
"""
    good = """
# %%
import sys
if not ready:
    sys.exit(1)
def main():
    sys.exit(0)
assert ready
# %% tags=raises-exception
raise SystemExit
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each statement that runs in any case and stops everything."""
        last = max((statement.cell for statement in context.analysis.statements), default=0)
        leaving = {top_of(call, context.parents) for call in context.calls(*LEAVES)}
        divided = (node for node in context.nodes(ast.BinOp) if isinstance(node.op, ast.Div))
        leaving |= {top_of(node, context.parents) for node in divided if isinstance(node.right, ast.Constant)}
        for statement in context.tops(ast.Raise, ast.Assert, *([ast.Expr] if leaving else [])):
            node = statement.node
            if isinstance(node, ast.Expr) and node not in leaving:
                continue
            if "raises-exception" in context.cells[statement.cell].tags or not _stops(node, context):
                continue
            below = f": cells {statement.cell + 1} to {last} never run" if last > statement.cell + 1 else ""
            yield context.finding(self, node, f"the notebook stops here on purpose{below}")


def _stops(node: ast.stmt, context: Context) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=func)):
            return context.qualified(func) in LEAVES
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)):
            return name in RAISES
        case ast.Assert(test=ast.Constant(value=value)):
            return not value
        case ast.Expr(value=ast.BinOp(left=ast.Constant(), op=ast.Div(), right=ast.Constant(value=0))):
            return True
    return False
