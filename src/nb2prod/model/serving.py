"""What a service answers with: a fitted model, and how a row becomes the features that it was fitted on."""

from typing import Literal

from nb2prod.model.evidence import Schema
from nb2prod.model.frozen import dataclass
from nb2prod.model.plan import Stage, Variable

# "any" where nobody has seen the column.
Kind = Literal["int", "float", "str", "bool", "any"]
# What a model answers with: one of some classes, a number, or nobody can tell.
Task = Literal["classes", "number", "unknown"]


@dataclass(frozen=True, slots=True)
class RowField:
    """One column of the rows that are served; `values` are all that were seen where those are few."""

    name: str
    kind: Kind = "any"
    nullable: bool = True
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """The notebook's own rule for a model that is not sure: below `limit` it says `answer`, `at_limit` too if that is set.

    `cell` and `statement` are where; `function` is the notebook's that says so of one value, "" if none does.
    """

    limit: float
    answer: str
    cell: int
    statement: int
    at_limit: bool = False
    function: str = ""


@dataclass(frozen=True, slots=True)
class Serving:
    """A fitted model with its way from a raw row to an answer.

    `model` and `training` are the variables of the model and of the features that it was fitted on, if a variable holds
    them; `fitted` are the
    transformers that the way needs. `read` reads the raw rows, `features` prepares some of them the way the notebook
    prepared its own: both are missing when the rows are the model's own columns, and `why` says for what reason.
    `table` is what the raw table looks like, if that is known. `aligned` says that a prepared row keeps the index of its raw row; `categories` that columns were spread over the
    categories seen in training. `threshold` is the probability above which the notebook
    says yes, `held` are the features and the labels that it held out to try the model on, and `refit` those that the
    model must be fitted on before it is tried, if the notebook's last fit has seen all rows. `label` is the raw column that it
    learned to tell, "" if there are several; `answers` is the kind of an answer, `classes` how many there are, 0 if that is not known.
    """

    model: Variable
    training: Variable | None
    fields: tuple[RowField, ...]
    fitted: tuple[Variable, ...] = ()
    read: Stage | None = None
    features: Stage | None = None
    table: Schema | None = None
    why: str = ""
    aligned: bool = True
    categories: bool = False
    threshold: float | None = None
    held: tuple[Variable, ...] = ()
    refit: tuple[Variable, ...] = ()
    unsure: Unsure | None = None
    task: Task = "unknown"
    label: str = ""
    answers: Kind = "any"
    classes: int = 0
