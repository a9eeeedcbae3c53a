import ast
from collections.abc import Iterator
from itertools import islice

from nb2prod.model import Finding, Replace
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule

# So many uses of one name are looked at.
MOST = 100
LISTS = frozenset({"os.listdir", "glob.glob", "glob.iglob", "os.scandir"})
ORDERLESS = frozenset({"sorted", "len", "set", "frozenset", "any", "all", "sum", "max", "min", "print", "display"})


class FileOrder(Rule):
    """Files are taken in whatever order the file system gives them.

    That order differs between machines, and between two copies of one folder: rows are joined, numbered or picked
    in another order.

    Sort the names. The fix writes `sorted(...)`.
    """

    group = "reproducibility"
    calls = LISTS
    bad = """
# %%
import glob, os
for name in os.listdir("data"):  # [file-order]
    rows.append(load(name))
first = glob.glob("*.csv")[0]  # [file-order]
frames = [load(name) for name in glob.glob("*.csv")]  # [file-order]
"""
    fixed = """
# %%
import glob, os
for name in sorted(os.listdir("data")):
    rows.append(load(name))
first = sorted(glob.glob("*.csv"))[0]
frames = [load(name) for name in sorted(glob.glob("*.csv"))]
"""
    good = """
# %%
import glob, os
for name in sorted(os.listdir("data")):
    rows.append(load(name))
print(len(glob.glob("*.csv")))
os.listdir()
names = glob.glob("*.csv")
names.sort()
for name in os.listdir("old"):
    os.remove(name)
if "a" in os.listdir("data"):
    pass
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A listing whose order reaches the result."""
        if self._ordered_use(call, call, context):
            name = context.qualified(call.func)
            fix = Replace(f"sorted({context.text(call)})", safety="safe") if name != "os.scandir" else None
            yield context.finding(self, call, f"the order of `{name}()` differs between machines: sort it", fix=fix)

    def _ordered_use(self, node: ast.expr, call: ast.Call, context: Context) -> bool:
        match context.parent(node):
            case ast.For(iter=source) as loop if source is node:
                return _keeps_order(loop)
            case ast.comprehension() as part:
                inside = context.parent(part)
                return isinstance(inside, (ast.ListComp, ast.DictComp)) and not self._orderless(inside, context)
            case ast.Subscript(slice=ast.Constant() | ast.UnaryOp() | ast.Slice()):
                return True
            case ast.Call(func=ast.Name(id="list" | "enumerate")) as outer:
                return self._ordered_use(outer, call, context)
            case ast.Assign(targets=[ast.Name(id=name)]):
                return self._name_used_in_order(name, call, context)
        return False

    def _orderless(self, node: ast.expr, context: Context) -> bool:
        match context.parent(node):
            case ast.Call(func=ast.Name(id=name)):
                return name in ORDERLESS
            case ast.Assign(targets=[ast.Name(id=name)]):
                return _sorted_later(name, context)
        return False

    def _name_used_in_order(self, name: str, call: ast.Call, context: Context) -> bool:
        """Whether a listing that has a name is gone through or picked from, and never sorted."""
        if _sorted_later(name, context):
            return False
        below = (n for n in context.names[name] if isinstance(n.ctx, ast.Load))
        uses = islice((n for n in below if context.order(n) > context.order(call)), MOST)
        return any(
            self._ordered_use(use, call, context) for use in uses if not isinstance(context.parent(use), ast.Assign)
        )


def _sorted_later(name: str, context: Context) -> bool:
    """Whether a name is sorted or shuffled somewhere."""
    for use in islice(context.names[name], MOST):
        match context.parent(use):
            case ast.Attribute(attr="sort"):
                return True
            case ast.Call(func=ast.Name(id="sorted") | ast.Attribute(attr="shuffle")):
                return True
    return False


def _keeps_order(loop: ast.For) -> bool:
    """Whether the rounds of a loop add up to something ordered: a list, a file, printed lines don't count."""
    for part in ast.walk(loop):
        if isinstance(part, ast.Attribute) and part.attr in {"append", "extend", "write", "writerow", "concat"}:
            return True
        if isinstance(part, (ast.AugAssign, ast.Yield)):
            return True
    return False
