import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._paths import is_head
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short

CLOUD = pattern(r"(?:s3[an]?|gs|gcs|abfss?|wasbs?|dbfs|hdfs|adl|oss)://?[\w.{-][^\n]{0,300}$")


class CloudStoragePath(Rule):
    """The address of a bucket or cluster is written into the code.

    Test, staging and production can't have their own data, and the name tells where they lie.

    Keep it in the configuration. `convert` makes a setting of it.
    """

    group = "paths"
    profile = "ci"
    mentions = holds = (":/",)
    bad = """
# %%
df = spark.read.parquet("s3://sales-prod/2020/")  # [cloud-storage-path]
"""
    good = """
# %%
df = spark.read.parquet(settings.source)
scheme = "s3://"
print("see https://example.org")
"""

    def on_string(self, node: ast.Constant, context: Context) -> Iterator[Finding]:
        """A literal that is such an address."""
        text = node.value
        if not isinstance(text, str) or "/" not in text[:8] or not CLOUD.match(text):
            return
        if is_head(context, node) and not isinstance(context.parent(node), ast.Expr):
            yield context.finding(self, node, f"{short(text)} is one environment's storage", fix=Lift("storage_path"))
