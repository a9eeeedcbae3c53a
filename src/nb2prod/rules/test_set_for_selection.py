import ast
from collections.abc import Iterator

from nb2prod.model import Finding
from nb2prod.rules._context import Context
from nb2prod.rules._flow import keyword
from nb2prod.rules._learning import holds_test_data
from nb2prod.rules._rule import Rule

WATCHED = ("eval_set", "validation_data", "evals", "valid_sets")
SCORES = frozenset({"score", "evaluate"})
SEEDS = frozenset({"random_state", "seed", "random_seed"})


class TestSetForSelection(Rule):
    """The test data choose the model.

    Training stops where it suits the test data best, or parameters are tried out until the test score is good:
    the reported score is the best of many, and new data will not repeat it. Of all kinds of leakage this one
    costs most.

    Make a third part for choosing, or use cross-validation on the training part, and look at the test data once.
    """

    group = "leakage"
    severity = "error"
    attributes = SCORES
    keywords = frozenset(WATCHED)
    bad = """
# %%
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
model.fit(X_train, y_train, eval_set=[(X_test, y_test)], early_stopping_rounds=10)  # [test-set-for-selection]
# %%
for k in range(1, 30):
    knn = KNeighborsClassifier(n_neighbors=k).fit(X_train, y_train)
    scores.append(knn.score(X_test, y_test))  # [test-set-for-selection]
"""
    good = """
# %%
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
X_fit, X_valid, y_fit, y_valid = train_test_split(X_train, y_train, random_state=1)
model.fit(X_fit, y_fit, eval_set=[(X_check, y_check)], early_stopping_rounds=10)
print(model.score(X_test, y_test))
for k in range(1, 30):
    print(k, len(X_test))
for seed in range(5):
    forest = RandomForestClassifier(random_state=seed).fit(X_train, y_train)
    spread.append(forest.score(X_test, y_test))
"""

    def finish(self, context: Context) -> Iterator[Finding]:
        """Test data that early stopping watches, or that a loop over parameters scores on."""
        watching: set[ast.AST] = set()
        for name in WATCHED:
            for passed in context.keywords.get(name, ()):
                call = context.parent(passed)
                if not isinstance(call, ast.Call) or call in watching:
                    continue
                if _test_inside(passed.value, context) and _stops_early(call, context):
                    watching.add(call)
                    message = f"`{name}` hands the test data to early stopping: they choose when to stop"
                    yield context.finding(self, call, message)
        for call in context.methods(*SCORES):
            if not call.args or call in watching or not _in_search(call, context):
                continue
            if holds_test_data(context, call.args[0]):
                message = "each round of this loop is scored on the test data: they choose the parameters"
                yield context.finding(self, call, message)


def _test_inside(node: ast.expr, context: Context) -> bool:
    """Whether test data are in an expression; the part of a second split is there for choosing."""
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    if not any(holds_test_data(context, name) for name in names):
        return False
    splits = context.calls("sklearn.model_selection.train_test_split")
    return len(splits) == 1 or any("test" in name.id.lower() for name in names)


def _stops_early(call: ast.Call, context: Context) -> bool:
    """Whether training stops by what it watches: an argument here, or of the model's own construction."""
    stopping = "EarlyStopping" in context.cell_of(call).source and keyword(call, "callbacks") is not None
    if stopping or "early_stop" in context.text(call).lower():
        return True
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    made = context.flow.value(owner) if owner is not None else None
    return made is not None and "early_stop" in context.text(made).lower()


def _in_search(call: ast.Call, context: Context) -> bool:
    """Whether a call stands in a loop whose variable is a parameter of a model made or fitted in the loop."""
    loop = context.within(call, ast.For)
    if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
        return False
    if _only_seeds(loop):
        return False
    fits = any(isinstance(part, ast.Attribute) and part.attr == "fit" for part in ast.walk(loop))
    set_here = any(
        isinstance(part, ast.keyword) and getattr(part.value, "id", "") == loop.target.id for part in ast.walk(loop)
    )
    return fits and set_here


def _only_seeds(loop: ast.For) -> bool:
    """Whether a loop asks how much chance matters: its variable is nothing but a seed."""
    name = loop.target.id if isinstance(loop.target, ast.Name) else ""
    keywords = [part for part in ast.walk(loop) if isinstance(part, ast.keyword)]
    given = {part.arg for part in keywords if isinstance(part.value, ast.Name) and part.value.id == name}
    return bool(given) and given <= SEEDS
