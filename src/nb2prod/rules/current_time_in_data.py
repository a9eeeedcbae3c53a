import ast
from collections.abc import Iterator
from itertools import islice

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import FRAME
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import words

NOW = words(
    "datetime.datetime.now datetime.datetime.today datetime.datetime.utcnow datetime.date.today "
    "pandas.Timestamp.now pandas.Timestamp.today pandas.Timestamp.utcnow time.strftime time.ctime "
    "pandas.to_datetime.now arrow.now arrow.utcnow pendulum.now"
)


class CurrentTimeInData(Rule):
    """The time of the run reaches the data or the name of a file.

    The same input gives another result tomorrow, and a late run for yesterday can't be made.

    Make the date of the run a parameter, today by default.
    """

    group = "reproducibility"
    calls = NOW
    bad = """
# %%
import datetime as dt
import pandas as pd
df["age"] = dt.datetime.now().year - df["born"]  # [current-time-in-data]
today = dt.date.today()  # [current-time-in-data]
df.to_csv(f"report-{today}.csv")
"""
    good = """
# %%
import datetime as dt
start = dt.datetime.now()
work()
print("took", dt.datetime.now() - start)
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A call whose value is stored in a column or reaches a path, itself or by a name."""
        uses: list[ast.expr] = [call]
        statement = context.simple_statement(call)
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            reads = (n for n in context.names[name] if isinstance(n.ctx, ast.Load))
            uses += islice((n for n in reads if context.order(n) > context.order(call)), 100)
        for use in uses:
            if where := _reaches(use, context):
                yield context.finding(self, call, f"the time of the run reaches {where}")
                return


def _reaches(node: ast.expr, context: Context) -> str:
    """Where a value ends up, "" if neither in data nor in a path."""
    for around in context.ancestors(node):
        if isinstance(around, ast.Assign):
            target = around.targets[0]
            column = isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)
            frame = isinstance(target, ast.Subscript) and context.flow.type_of(target.value) in {FRAME, ""}
            return "a column" if column and frame else ""
        if isinstance(around, ast.Call) and around is not node:
            known = context.flow.known(around)
            saves = isinstance(around.func, ast.Attribute) and around.func.attr.startswith(
                ("to_csv", "to_excel", "to_parquet", "to_pickle", "savefig")
            )
            if saves or (known is not None and (known.writes or known.reads)):
                return "the name of a file"
            if not isinstance(around.func, ast.Attribute) and getattr(around.func, "id", "") == "print":
                return ""
        if isinstance(around, ast.stmt):
            return ""
    return ""
