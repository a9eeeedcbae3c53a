import ast
from collections.abc import Iterator

from nb2prod.model import Finding
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
    mentions = ("random_state", "seed")
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

    def on_for(self, loop: ast.For, context: Context) -> Iterator[Finding]:
        """A loop whose variable is the seed of a fitted model, with a comparison that keeps the better."""
        if not isinstance(loop.target, ast.Name):
            return
        name = loop.target.id
        parts = list(ast.walk(loop))
        seeds = any(
            isinstance(p, ast.keyword) and p.arg in {"random_state", "seed"} and getattr(p.value, "id", "") == name
            for p in parts
        )
        keeps = any(
            isinstance(p, ast.If)
            and isinstance(p.test, ast.Compare)
            and isinstance(p.test.ops[0], (ast.Gt, ast.Lt, ast.GtE, ast.LtE))
            for p in parts
        )
        fits = any(isinstance(p, ast.Attribute) and p.attr in {"fit", "train"} for p in parts)
        if seeds and keeps and fits:
            yield context.finding(self, loop.target, "seeds are tried out and the best is kept")
