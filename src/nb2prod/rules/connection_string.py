import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern

SCHEME = pattern(
    r"(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle|mongodb|redis|amqp|snowflake|redshift|clickhouse|trino|presto|hive|sqlserver)"
    r"(?:\+\w+)?(?:\+srv)?://[\w{%.-]"
)


class ConnectionString(Rule):
    """The address of a database or broker is written into the code.

    Every environment needs its own, and most hold an account.

    Read it from the environment. `convert` makes a secret setting of it.
    """

    group = "paths"
    mentions = ("://",)
    bad = """
# %%
from sqlalchemy import create_engine
engine = create_engine("postgresql://db.example.org/sales")  # [connection-string]
"""
    good = """
# %%
from sqlalchemy import create_engine
engine = create_engine("sqlite:///:memory:")
other = create_engine(url)
print("use postgresql://")
"""

    def on_string(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        """A literal that begins with the scheme of a database."""
        if isinstance(node.value, str) and "://" in node.value[:40] and SCHEME.match(node.value):
            scheme = node.value.partition("://")[0]
            yield context.finding(
                self, node, f"the address of one `{scheme}` database is written into the code", fix=Lift("database_url")
            )
