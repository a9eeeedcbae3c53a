"""Which model is served, and which statements lead from a raw row to its features."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nb2prod import catalogue
from nb2prod.model.evidence import Schema
from nb2prod.model.facts import Analysis, Statement
from nb2prod.model.notebook import Place
from nb2prod.model.serving import Kind, Task, Unsure
from nb2prod.plan.serving import operations
from nb2prod.plan.serving.answers import calls, changed_label, held_out, kind_of_answers, task_of, threshold_of
from nb2prod.plan.serving.edits import Changes
from nb2prod.plan.serving.expressions import Expressions
from nb2prod.plan.serving.statements import Statements
from nb2prod.plan.serving.unsure import unsure_of
from nb2prod.plan.serving.values import Estimator, Fit, Table, Trail

MODELS = frozenset({"~classifier", "~regressor", "~search", "~clusterer", "~detector"})
PREDICTS = frozenset({"predict", "predict_proba"})
SCORES = frozenset({"score"})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a notebook can't become a service."""

    why: str


@dataclass(frozen=True, slots=True)
class Path:
    """The model, the variable of its features ("" if an expression gives them), and where these come from.

    `held` are the variables of the features and labels that the notebook held out to try the model on, `refit` those of
    the others if its last fit was on all rows; `changed_label` is where the label is put on another scale; `required` are
    the columns without which a row was left out.

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
    refit: tuple[str, ...] = ()
    unsure: Unsure | None = None
    task: Task = "unknown"
    answers: Kind = "any"
    classes: int = 0
    required: frozenset[str] = frozenset()
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
    path = _path(name, fit, known[0], known[1], schemas, analysis)
    return path if isinstance(path, Refused) else _answering(path, model, fit, known[0], known[1], schemas, analysis)


def _answering(
    path: Path, model: Estimator, fit: Fit, known: Expressions, statements: Statements, schemas: Sequence[Schema],
    analysis: Analysis,
) -> Path:  # fmt: skip
    """The path with what the notebook tells of the answers."""
    held, refit = held_out(path.model, fit, statements, analysis)
    answers, classes = kind_of_answers(fit.label, schemas, analysis)
    threshold = threshold_of(path.model, analysis, known)
    required = frozenset().union(*(known.required.get(index, ()) for index in path.trail.made))
    return replace(
        path, threshold=threshold, held=held, refit=refit, answers=answers, classes=classes,
        task=task_of(model.answers), changed_label=changed_label(fit, analysis), required=required,
        unsure=unsure_of(path.model, analysis, known) if threshold is None else None,
    )  # fmt: skip


def _followed(analysis: Analysis, schemas: Sequence[Schema]) -> tuple[Expressions, Statements]:
    sources = {_file(s.source): [column.name for column in s.columns] for s in schemas if s.source}
    columns = [column for schema in schemas if schema.source for column in schema.columns]
    text = frozenset(column.name for column in columns if column.dtype in {"str", "object", "string"})
    numbers = frozenset(column.name for column in columns if column.dtype in {"int64", "float64"})
    dates = frozenset(column.name for column in columns if column.iso)
    known = Expressions(analysis, sources, {"text": text, "numbers": numbers, "iso dates": dates})
    statements = Statements(known, analysis)
    statements.run()
    return known, statements


def _file(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _model(analysis: Analysis, known: Expressions) -> tuple[str, Estimator] | Refused:
    """The model that was saved last, else the last one that predicts, else the last one that is scored."""
    models = {
        name: value for name, value in known.names.items() if isinstance(value, Estimator) and _predicts(value.kind)
    }
    candidates = (_saved(analysis), _called(analysis, PREDICTS), _called(analysis, SCORES))
    wanted = next((found for names in candidates if (found := [name for name in names if name in models])), [])
    fitted = [name for name in wanted if models[name].fits and not models[name].why]
    if fitted:
        return fitted[-1], models[fitted[-1]]
    for name in reversed(wanted):
        return Refused(f"{name}: {models[name].why or 'nothing is known of the data that it is fitted on'}")
    foreign = next((module.name for module in analysis.modules if module.name in operations.FOREIGN), "")
    if foreign:
        return Refused(f"a model of {foreign} has not the fit() and predict() of scikit-learn, by which a service asks")
    return Refused("no model is fitted that then predicts, as far as can be told from the text")


def _predicts(kind: str) -> bool:
    """Whether a class is one of models, not of transformers alone."""
    bases = catalogue.library(kind).bases.get(kind, ())
    return (
        kind == "sklearn.pipeline.Pipeline"
        or bool(MODELS & set(bases))
        or any(_predicts(base) for base in bases if "." in base)
    )


def _saved(analysis: Analysis) -> list[str]:
    dumps = (c for c in calls(analysis) if analysis.qualified(c.func) in operations.PICKLES and c.args)
    return [call.args[0].id for call in dumps if isinstance(call.args[0], ast.Name)]


def saved_model(analysis: Analysis) -> int | None:
    """The cell that saves a model for others to ask, None if none does."""
    cells = [
        statement.cell
        for statement in analysis.statements
        for node in ast.walk(statement.node)
        if isinstance(node, ast.Call) and analysis.qualified(node.func) in operations.PICKLES
        if node.args and isinstance(node.args[0], ast.Name)
    ]
    fits = any(isinstance(call.func, ast.Attribute) and call.func.attr == "fit" for call in calls(analysis))
    return cells[-1] if cells and fits else None


def _called(analysis: Analysis, methods: frozenset[str]) -> list[str]:
    """The variables of which one of some methods is called."""
    owners = (c.func for c in calls(analysis) if isinstance(c.func, ast.Attribute) and c.func.attr in methods)
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
    common = (name, features, expression, trail, fit.columns, fit.label.raw)
    if not why:
        raw = known.read[sources[0]]
        return Path(
            *common, sources[0], raw, _schema(analysis.statements[sources[0]], schemas), known.changes,
            statements.splits, known.categories, aligned=fit.table.shape != "array",
        )  # fmt: skip
    if not features or fit.table.shape != "frame" or fit.table.group is not None or not fit.columns or fit.table.unread:
        return Refused(f"{name}: {why}; and the names of its own columns can't be told from the text")
    return Path(*common, why=why)


def _schema(statement: Statement, schemas: Sequence[Schema]) -> Schema | None:
    files = {_file(use.value) for use in statement.paths} | {
        _file(node.value)
        for node in ast.walk(statement.node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return next((schema for schema in schemas if schema.source and _file(schema.source) in files), None)
