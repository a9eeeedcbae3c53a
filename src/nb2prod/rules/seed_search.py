import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.model.nodes import within
from nb2prod.rules._context import Context
from nb2prod.rules._rule import Rule


class SeedSearch(Rule):
    """Seeds are tried out in a loop and a result is picked.

    The best of many random results is luck: it says nothing about the next run.

    Fix one seed beforehand; to see the spread, report all results, not the best.
    """

    group = "leakage"
    severity = "error"
    profile = "ci"
    keywords = frozenset({"random_state", "seed"})
    bad = """
# %%
for seed in range(100):  # [seed-search]
    model = Model(random_state=seed).fit(X, y)
    if model.score(A, b) > best:
        best = model.score(A, b)
"""
    good = """
# %%
for seed in range(5):
    scores.append(Model(random_state=seed).fit(X, y).score(A, b))
print(mean(scores))
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """A loop whose variable is the seed of a fitted model, with a comparison that keeps the better."""
        seen: set[ast.AST] = set()
        for passed in (keyword for name in ("random_state", "seed") for keyword in context.keywords.get(name, ())):
            name = getattr(passed.value, "id", "")
            loops = (loop for loop in context.ancestors(passed) if isinstance(loop, ast.For))
            for loop in loops if name else ():
                if getattr(loop.target, "id", "") == name and loop not in seen and _keeps_the_better(loop):
                    seen.add(loop)
                    yield context.finding(self, loop.target, "seeds are tried out and the best is kept")


def _keeps_the_better(loop: ast.For) -> bool:
    parts = within([loop])
    compared = (part.test for part in parts if isinstance(part, ast.If) and isinstance(part.test, ast.Compare))
    keeps = any(isinstance(test.ops[0], (ast.Gt, ast.Lt, ast.GtE, ast.LtE)) for test in compared)
    return keeps and any(isinstance(part, ast.Attribute) and part.attr in {"fit", "train"} for part in parts)
