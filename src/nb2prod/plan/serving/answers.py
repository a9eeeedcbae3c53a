"""What the notebook tells of its model's answers: what they are, when they are a yes, and on which rows it is tried."""

import ast
from collections.abc import Iterator, Sequence

from nb2prod import catalogue
from nb2prod.model.evidence import Schema
from nb2prod.model.facts import Analysis
from nb2prod.model.notebook import Place
from nb2prod.model.serving import Kind, Task
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.expressions import Expressions
from nb2prod.plan.serving.statements import Statements
from nb2prod.plan.serving.values import Fit, Known, Trail

# Functions after which a number is no longer in its own unit.
SCALES = frozenset("log log1p log10 log2 sqrt cbrt boxcox".split())
KINDS: dict[str, Kind] = {
    "int64": "int",
    "float64": "float",
    "bool": "bool",
    "str": "str",
    "object": "str",
    "string": "str",
}
# Calls that leave a label what it is.
PLAIN = operations.CHOICES | {"copy", "dropna", "notna", "notnull", "read_csv", "train_test_split"}


def task_of(kind: str) -> Task:
    """What a model of a dotted class answers with."""
    bases = set(catalogue.library(kind).bases.get(kind, ())) if kind else set()
    if "~classifier" in bases:
        return "classes"
    return "number" if "~regressor" in bases else "unknown"


def kind_of_answers(label: Trail, schemas: Sequence[Schema], analysis: Analysis) -> tuple[Kind, int]:
    """The kind of the label and how many values it has, if it is a raw column as it was read; 0 if that is not known."""
    columns = [c for s in schemas for c in s.columns if label.raw == {c.name}]
    plain = all(_keeps(analysis.statements[index].node) for index in label.made)
    if len(columns) != 1 or not plain or label.why:
        return "any", 0
    return KINDS.get(columns[0].dtype, "any"), len(columns[0].values)


def _keeps(node: ast.stmt) -> bool:
    """Whether a statement only chooses rows or columns."""
    if not isinstance(node, ast.Assign) or any(isinstance(target, ast.Subscript) for target in node.targets):
        return False
    called = {
        getattr(part.func, "attr", getattr(part.func, "id", ""))
        for part in ast.walk(node.value)
        if isinstance(part, ast.Call)
    }
    return called <= PLAIN and isinstance(node.value, ast.Call | ast.Subscript | ast.Name | ast.Attribute)


def changed_label(fit: Fit, analysis: Analysis) -> Place | None:
    """Where the label is put on another scale, None if it is not."""
    for index in sorted(fit.label.made):
        node = analysis.statements[index].node
        called = {getattr(part.func, "attr", "") for part in ast.walk(node) if isinstance(part, ast.Call)}
        if called & SCALES:
            return analysis.statements[index].place
    return None


def calls(analysis: Analysis) -> Iterator[ast.Call]:
    """All calls of the notebook."""
    for statement in analysis.statements:
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Call):
                yield node


def held_out(
    model: str, fit: Fit, statements: Statements, analysis: Analysis
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The features and labels that the notebook held out to try a model on.

    The second pair are those of the other rows, on which it must be fitted before it is tried: the last fit was on all.
    """
    splits = [(index, names) for index, names in statements.parts.items() if len(names) == 4 and all(names)]
    for index, (train, test, train_labels, labels) in splits:
        if index in fit.table.trail.made:
            asked = [name for name in _asked(model, analysis) if _made_of(name, test, analysis)]
            return ((asked[-1], labels), ()) if asked else ((), ())
        source = dict(statements.splits[index]).get(train)
        once = all(_bound_once(name, analysis) for name in (train, test, train_labels, labels))
        if once and isinstance(fit.features, ast.Name) and source == fit.features.id:
            return (test, labels), (train, train_labels)
    return (), ()


def _asked(model: str, analysis: Analysis) -> Iterator[str]:
    """The variables that a model is asked for."""
    methods = {f"{model}.predict", f"{model}.predict_proba", f"{model}.score"}
    for call in calls(analysis):
        if ast.unparse(call.func) in methods and call.args and isinstance(call.args[0], ast.Name):
            yield call.args[0].id


def _made_of(name: str, part: str, analysis: Analysis) -> bool:
    """Whether a variable is one part of a split, or is made of it by a statement that reads it: `scaler.transform(X_test)`."""
    made = [statement.facts for statement in analysis.statements if name in statement.facts.may]
    return name == part or (len(made) == 1 and part in made[0].reads)


def _bound_once(name: str, analysis: Analysis) -> bool:
    return sum(name in statement.facts.may for statement in analysis.statements) == 1


def threshold_of(model: str, analysis: Analysis, known: Expressions) -> float | None:
    """The probability above which the notebook says yes: `pred = (proba > 0.35).astype(int)`."""
    chances: set[str] = set()
    found = None
    for statement in analysis.statements:
        if not isinstance(statement.node, ast.Assign):
            continue
        text = ast.unparse(statement.node.value)
        if text.startswith(f"{model}.predict_proba("):
            chances |= statement.facts.must
        for part in ast.walk(statement.node.value):
            match part:
                case ast.Compare(left=ast.Name(id=name), ops=[ast.Gt() | ast.GtE()], comparators=[limit]) if (
                    name in chances
                ):
                    value = (
                        known.names.get(limit.id)
                        if isinstance(limit, ast.Name)
                        else Known(getattr(limit, "value", None))
                    )
                    if isinstance(value, Known) and isinstance(value.value, float | int):
                        found = float(value.value)
    return found
