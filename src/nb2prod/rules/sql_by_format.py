import ast
import re
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

SQL = pattern(
    r"\s*(?:select\s.+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|drop\s+table\s)",
    re.IGNORECASE | re.DOTALL,
)


class SqlByFormat(Rule):
    """A database query is put together from text.

    A value with a quote breaks it, a malicious one changes what it does.

    Pass values as parameters of the query.
    """

    group = "secrets"
    methods = frozenset({"execute", "executemany", "read_sql", "read_sql_query", "query", "read_gbq", "raw", "sql"})
    bad = """
# %%
import pandas as pd
rows = pd.read_sql(f"select * from sales where shop = '{shop}'", connection)  # [sql-by-format]
cursor.execute("delete from sales where id = %s" % number)  # [sql-by-format]
"""
    good = """
# %%
import pandas as pd
rows = pd.read_sql("select * from sales where shop = ?", connection, params=[shop])
cursor.execute("delete from sales where id = %s", (number,))
text = f"select a from {b}"
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A query whose text is formatted."""
        first = context.flow.value(call.args[0]) if call.args else None
        text = ""
        match first:
            case ast.JoinedStr(values=values) if len(values) > 1:
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else " x " for part in values)
            case ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Mod() | ast.Add()):
                pass
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as text), attr="format")):
                pass
        if text and SQL.match(text):
            yield context.finding(self, call, "the query is put together from text: pass its values as parameters")
