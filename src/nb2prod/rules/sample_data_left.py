import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._flow import ARRAY, FRAME, SERIES, constant, keyword
from nb2prod.rules._rule import Rule


class SampleDataLeft(Rule):
    """Only a part of the data is used, as one does while trying things out.

    `nrows=1000`, `df = df.head(1000)`, `df = df[:1000]`, `df = df.sample(frac=0.1)`: everything after it speaks of
    the sample, and nothing says so.

    Make the size a parameter that means "all" by default. `convert` makes a setting of it.
    """

    group = "validation"
    calls = frozenset({"pandas.read_csv", "pandas.read_excel", "pandas.read_table", "pandas.read_parquet"})
    bad = """
# %%
import pandas as pd
df = pd.read_csv("big.csv", nrows=1000)  # [sample-data-left]
other = pd.read_csv("other.csv")
# %%
other = other.head(500)  # [sample-data-left]
df = df[:200]  # [sample-data-left]
df = df.sample(frac=0.1)  # [sample-data-left]
"""
    good = """
# %%
import pandas as pd
columns = pd.read_csv("big.csv", nrows=0)
df = pd.read_csv("big.csv")
df.head(10)
first = df.head(10)
df = df.sample(frac=1, random_state=3)
text = text[:20]
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A reader that stops early."""
        rows = constant(keyword(call, "nrows"))
        if isinstance(rows, int) and rows > 10 and isinstance(context.parent(call), ast.Assign):
            yield self._found(keyword(call, "nrows") or call, f"only the first {rows} rows are read", context)

    def finish(self, context: Context) -> Iterator[Finding]:
        """A frame that is replaced by a part of itself."""
        cutting: list[ast.AST | None] = [*context.methods("head", "tail", "sample")]
        cutting += map(context.parent, context.nodes(ast.Slice))
        for node in map(context.parent, filter(None, cutting)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                yield from self._of(node, node.targets[0].id, context)

    def _of(self, node: ast.Assign, name: str, context: Context) -> Iterator[Finding]:
        match node.value:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="head" | "tail" | "sample")) as call if (
                owner == name
            ):
                part = call.args[0] if call.args else keyword(call, "n") or keyword(call, "frac")
                size = constant(part)
                if part is not None and isinstance(size, (int, float)) and size != 1:
                    yield self._found(part, f"`{name}` is cut to a part of itself", context)
            case ast.Subscript(value=source, slice=ast.Slice(lower=None, upper=upper)) if isinstance(
                constant(upper), int
            ):
                source = source.value if isinstance(source, ast.Attribute) and source.attr == "iloc" else source
                same = isinstance(source, ast.Name) and source.id == name
                count = constant(upper)
                if (
                    same
                    and upper is not None
                    and isinstance(count, int)
                    and count > 0
                    and context.flow.type_of(source) in {FRAME, SERIES, ARRAY}
                ):
                    yield self._found(upper, f"`{name}` is cut to its first {count}", context)

    def _found(self, size: ast.AST, message: str, context: Context) -> Finding:
        return context.finding(self, size, f"{message}: is that meant for production?", fix=Lift("rows"))
