import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from nb2prod.model import Finding, Lift
from nb2prod.rules._context import Context
from nb2prod.rules._paths import ABSOLUTE, ANY_ABSOLUTE, PathUse, is_head
from nb2prod.rules._rule import Rule
from nb2prod.rules._words import pattern, short, slug, words

PERSONAL = pattern(r"/(?:Users|home)/[^/]|[A-Za-z]:[\\/]+Users[\\/]|~[\\/]|/content/(?:g?drive)/", re.IGNORECASE)
# Text methods that look at a path without using it, and calls that other rules speak of.
LOOKS_ONLY = words("replace split startswith endswith strip lstrip rstrip find count sub match search mount route")
ELSEWHERE = words("os.chdir os.walk google.colab.drive.mount sys.path.append sys.path.insert sys.path.extend")


class HardcodedPath(Rule):
    """A path of one machine is written into the code.

    The notebook runs only where that folder exists. A path counts if it begins with a drive, a home folder or
    a folder such as `/data`, `/content` or `/kaggle`, or if it is absolute and reaches a function that reads or
    writes. Suffixes of a joined path, routes, devices and separators do not.

    Keep the path in the configuration, and make it relative where the data can travel with the project.
    `convert` makes a setting of it, with the old path as its default.
    """

    group = "paths"
    bad = r"""
# %%
import pandas as pd
df = pd.read_csv("/Users/lea/data/customers.csv")  # [hardcoded-path]
base = "D:\\Study\\"  # [hardcoded-path]
notes = open(base + "notes.txt")
figure = f"/content/drive/MyDrive/{df.shape[0]}.png"  # [hardcoded-path]
"""
    good = """
# %%
import os
import pandas as pd
import torch
df = pd.read_csv("data/customers.csv")
folder = os.environ["DATA_DIR"]
other = pd.read_csv(folder + "/data/x.csv")
more = pd.read_csv(os.path.join(folder, "/data/x.csv"))
parts = "a/b".split("/")
device = torch.device("/cpu:0")
@app.get("/data/items")
def items(): ...
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Each path once, at the first place where it is written."""
        uses = {use.literal: use for use in context.paths}
        places: dict[str, list[ast.Constant]] = defaultdict(list)
        for text, node in context.texts:
            if (
                text
                and (text[0] in "/~\\" or text[1:2] == ":" or text.startswith("file:"))
                and self._is_path(node, text, uses, context)
            ):
                places[text].append(node)
        for text, nodes in places.items():
            use = next((uses[node] for node in nodes if node in uses), None)
            yield self._of(text, nodes, use, context)

    def _is_path(self, node: ast.Constant, text: str, uses: dict[ast.Constant, PathUse], context: Context) -> bool:
        if len(text) > 300:
            return False
        shaped = ABSOLUTE if node not in uses else ANY_ABSOLUTE
        return (
            bool(shaped.match(text))
            and "\n" not in text
            and is_head(context, node)
            and not _only_looked_at(node, context)
        )

    def _of(self, text: str, nodes: list[ast.Constant], use: PathUse | None, context: Context) -> Finding:
        verb = {"read": "is read", "write": "is written"}[use.role] if use else "is meant"
        again = f", here and in {len(nodes) - 1} more places" if len(nodes) > 1 else ""
        message = f"{short(text)} {verb}, a path of one machine{again}"
        name = slug(re.split(r"[\\/]", text.rstrip("\\/"))[-1].partition(".")[0]) or "data"
        severity = "error" if PERSONAL.match(text) else self.severity
        return context.finding(self, nodes[0], message, fix=Lift(f"{name}_path"), severity=severity)


def _only_looked_at(node: ast.Constant, context: Context) -> bool:
    parent = context.parent(node)
    if isinstance(parent, (ast.Expr, ast.Compare)):
        return True
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and parent.func.attr in LOOKS_ONLY:
        return True
    call = parent if isinstance(parent, ast.Call) else None
    if call is not None and context.qualified(call.func) in ELSEWHERE:
        return True
    return any(
        isinstance(a, (ast.FunctionDef, ast.AsyncFunctionDef)) and _in_decorator(node, a, context)
        for a in context.ancestors(node)
    )


def _in_decorator(node: ast.AST, function: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> bool:
    around = [node, *context.ancestors(node)]
    return any(decorator in around for decorator in function.decorator_list)
