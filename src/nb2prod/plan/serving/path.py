"""Which model is served, and which statements lead from a raw row to its features."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nb2prod import catalogue
from nb2prod.model.evidence import Schema
from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.notebook import Place
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.edits import Changes
from nb2prod.plan.serving.expressions import Expressions
from nb2prod.plan.serving.statements import Statements
from nb2prod.plan.serving.values import Estimator, Fit, Known, Table, Trail

MODELS = frozenset({"~classifier", "~regressor", "~search", "~clusterer", "~detector"})
# Functions after which a number is no longer in its own unit.
SCALES = frozenset("log log1p log10 log2 sqrt cbrt boxcox".split())
PREDICTS = frozenset({"predict", "predict_proba"})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a notebook can't become a service."""

    why: str


@dataclass(frozen=True, slots=True)
class Path:
    """The model, the variable of its features ("" if an expression gives them), and where these come from.

    `held` are the variables of the features and labels that the notebook held out to try the model on; `changed_label`
    is where the label is put on another scale.

    `source` is the statement that reads the raw rows, -1 if the rows are the features themselves, for the reason `why`.
    """

    model: str
    features: str
    expression: str
    trail: Trail
    columns: tuple[str, ...]
    label: frozenset[str]
    source: int = -1
    raw: str = ""
    schema: Schema | None = None
    changes: dict[int, Changes] | None = None
    splits: dict[int, list[tuple[str, str]]] | None = None
    categories: bool = False
    threshold: float | None = None
    held: tuple[str, ...] = ()
    aligned: bool = True
    changed_label: Place | None = None
    why: str = ""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The variables that a training run must hand back."""
        return tuple(
            dict.fromkeys(
                (
                    self.model,
                    *([self.features] if self.features else []),
                    *sorted(self.trail.fitted if not self.why else ()),
                )
            )
        )


def serving_path(analysis: Analysis, schemas: Sequence[Schema]) -> Path | Refused:
    """The way to serve the notebook's model; `schemas` are the tables that it reads, as far as they are known."""
    known = _followed(analysis, schemas)
    chosen = _model(analysis, known[0])
    if isinstance(chosen, Refused):
        return chosen
    name, model = chosen
    fit = model.fits[-1]
    wrong = _unfit(name, fit, known[0])
    if wrong:
        return Refused(wrong)
    return _path(name, fit, known[0], known[1], schemas, analysis)


def _followed(analysis: Analysis, schemas: Sequence[Schema]) -> tuple[Expressions, Statements]:
    sources = {_file(s.source): [column.name for column in s.columns] for s in schemas if s.source}
    columns = [column for schema in schemas if schema.source for column in schema.columns]
    text = frozenset(column.name for column in columns if column.dtype in {"str", "object", "string"})
    dates = frozenset(column.name for column in columns if column.iso)
    known = Expressions(analysis, sources, {"text": text, "iso dates": dates})
    statements = Statements(known, analysis)
    statements.run()
    return known, statements


def _file(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _model(analysis: Analysis, known: Expressions) -> tuple[str, Estimator] | Refused:
    """The model that was saved last, else the last one that predicts."""
    models = {
        name: value for name, value in known.names.items() if isinstance(value, Estimator) and _predicts(value.kind)
    }
    wanted = [name for name in _saved(analysis) if name in models] or [
        name for name in _predicting(analysis) if name in models
    ]
    fitted = [name for name in wanted if models[name].fits and not models[name].why]
    if fitted:
        return fitted[-1], models[fitted[-1]]
    for name in reversed(wanted):
        return Refused(f"{name}: {models[name].why or 'nothing is known of the data that it is fitted on'}")
    return Refused("no model is fitted that then predicts, as far as can be told from the text")


def _predicts(kind: str) -> bool:
    """Whether a class is one of models, not of transformers alone."""
    bases = catalogue.library(kind).bases.get(kind, ())
    return (
        kind == "sklearn.pipeline.Pipeline"
        or bool(MODELS & set(bases))
        or any(_predicts(base) for base in bases if "." in base)
    )


def _calls(analysis: Analysis) -> Iterator[ast.Call]:
    for statement in analysis.statements:
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Call):
                yield node


def _saved(analysis: Analysis) -> list[str]:
    calls = (c for c in _calls(analysis) if analysis.qualified(c.func) in operations.PICKLES and c.args)
    return [call.args[0].id for call in calls if isinstance(call.args[0], ast.Name)]


def _predicting(analysis: Analysis) -> list[str]:
    owners = (c.func for c in _calls(analysis) if isinstance(c.func, ast.Attribute) and c.func.attr in PREDICTS)
    return [owner.value.id for owner in owners if isinstance(owner.value, ast.Name)]


def _unfit(name: str, fit: Fit, known: Expressions) -> str:
    """Why the features of a fit can't be found again, "" if they can."""
    if not isinstance(fit.features, ast.Name):
        return ""
    end = known.names.get(fit.features.id)
    if not isinstance(end, Table) or end.trail.made != fit.table.trail.made or tuple(end.columns) != fit.columns:
        return f"{fit.features.id} is bound again or changed after {name} was fitted on it"
    return ""


def _path(
    name: str, fit: Fit, known: Expressions, statements: Statements, schemas: Sequence[Schema], analysis: Analysis
) -> Path | Refused:
    trail = fit.table.trail
    sources = sorted(trail.made & known.read.keys())
    why = trail.why
    if not why and len(sources) != 1:
        why = "the features don't come from one table that is read" if not sources else "they come from several tables"
    leaked = trail.raw & fit.label.raw
    if not why and leaked:
        why = f"the features are made of the label, {', '.join(sorted(leaked))}"
    if not why and (known.popped & trail.raw or "" in known.popped):
        why = "a column is taken out of the table that the features are made of"
    if not why and fit.table.unread and not fit.table.columns:
        why = "the columns of the table that is read are not known: put the file beside the notebook"
    features = fit.features.id if isinstance(fit.features, ast.Name) else ""
    expression = "" if features else ast.unparse(fit.features)
    changes = known.changes.get(fit.statement, Changes())
    if not why and expression and (changes.edits or changes.filters):
        why = f"{name}.fit() is given an expression that chooses rows: give the features a name of their own"
    changed = _changed_label(fit, analysis)
    common = (name, features, expression, trail, fit.columns, fit.label.raw)
    threshold, held = _threshold(name, analysis, known), _held(name, trail, statements, analysis)
    if not why:
        raw = known.read[sources[0]]
        return Path(
            *common, sources[0], raw, _schema(analysis.statements[sources[0]], schemas), known.changes,
            statements.splits, known.categories, threshold, held, fit.table.shape != "array", changed,
        )  # fmt: skip
    if not features or fit.table.shape != "frame" or fit.table.group is not None or not fit.columns or fit.table.unread:
        return Refused(f"{name}: {why}; and the names of its own columns can't be told from the text")
    return Path(*common, threshold=threshold, held=held, changed_label=changed, why=why)


def _changed_label(fit: Fit, analysis: Analysis) -> Place | None:
    """Where the label is put on another scale, None if it is not."""
    for index in sorted(fit.label.made):
        node = analysis.statements[index].node
        called = {getattr(part.func, "attr", "") for part in ast.walk(node) if isinstance(part, ast.Call)}
        if called & SCALES:
            return analysis.statements[index].place
    return None


def _held(model: str, trail: Trail, statements: Statements, analysis: Analysis) -> tuple[str, ...]:
    """The features that the model is asked for after a split, and the labels of that part."""
    labels = [names[3] for index, names in statements.parts.items() if index in trail.made and len(names) == 4]
    asked = [
        call.args[0].id
        for call in _calls(analysis)
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func) in {f"{model}.predict", f"{model}.predict_proba", f"{model}.score"}
        and call.args
        and isinstance(call.args[0], ast.Name)
    ]
    tests = [name for name in asked if any(name in names for names in statements.parts.values())]
    return (tests[-1], labels[-1]) if tests and labels and labels[-1] else ()


def _schema(statement: Statement, schemas: Sequence[Schema]) -> Schema | None:
    files = {_file(use.value) for use in statement.paths} | {
        _file(node.value)
        for node in ast.walk(statement.node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return next((schema for schema in schemas if schema.source and _file(schema.source) in files), None)


def _threshold(model: str, analysis: Analysis, known: Expressions) -> float | None:
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
