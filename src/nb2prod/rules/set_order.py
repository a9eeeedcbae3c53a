import ast
from collections.abc import Iterator

from nb2prod.model import Finding, Replace
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class SetOrder(Rule):
    """A list is made of a set.

    The order of a set of texts differs from run to run: columns, categories and printed lists come in another
    order.

    Use `sorted(...)`. The fix does so.
    """

    group = "reproducibility"
    calls = frozenset({"list", "tuple", "enumerate"})
    bad = """
# %%
columns = list(set(names))  # [set-order]
"""
    fixed = """
# %%
columns = sorted(set(names))
"""
    good = """
# %%
columns = sorted(set(names))
known = name in list(set(names))
print(len(list(set(names))))
"""

    def on_call(self, call: ast.Call, context: Context) -> Iterator[Finding]:
        """A list straight from a set, kept or gone through."""
        inside = call.args[0] if len(call.args) == 1 else None
        made = isinstance(inside, (ast.Set, ast.SetComp)) or (
            isinstance(inside, ast.Call) and context.qualified(inside.func) in {"set", "frozenset"}
        )
        parent = context.parent(call)
        if not made or inside is None or isinstance(parent, ast.Compare):
            return
        if isinstance(parent, ast.Call) and context.qualified(parent.func) in {
            "sorted",
            "len",
            "sum",
            "min",
            "max",
            "any",
            "all",
            "set",
        }:
            return
        if (
            isinstance(parent, ast.Assign)
            and isinstance(parent.targets[0], ast.Name)
            and _sorted_later(parent.targets[0].id, context)
        ):
            return
        name = context.qualified(call.func)
        fix = Replace(f"sorted({context.text(inside)})", safety="unsafe") if name == "list" else None
        yield context.finding(self, call, "the order of a set differs from run to run: sort it", fix=fix)


def _sorted_later(name: str, context: Context) -> bool:
    around = [context.parent(use) for use in context.names[name][:100]]
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "sort")
        or (isinstance(node, ast.Call) and context.qualified(node.func) == "sorted")
        for node in around
    )
