"""`gate.toml` as a first draft: what the notebook shows is filled in, "?" stands for what only a person knows."""

from collections.abc import Iterator, Mapping, Sequence

import tomlkit

from nb2prod.gate.criteria import CRITERIA, Criterion
from nb2prod.model.gate import Metric

HEAD = """\
# Go, no-go, or conditional? `nb2prod gate` reads this file and decides: exit code 0 for a go, 1 for anything else.
# Every "?" needs a person: answer yes, no or conditional. A conditional answer is a promise and needs all three:
#   plan = "hire one MLOps engineer"
#   owner = "Tom"
#   by = 2027-01-31
"""
# What is asked of a model alone, and why the draft answers it for any other notebook.
MODELS = ("accuracy", "realistic_data", "simpler")
NO_MODEL = "the notebook trains no model: it is plain software that computes what it says"
# Names of metrics of which less is better.
LESS = ("error", "loss", "mae", "mse", "rmse", "mape", "deviance", "distance", "davies_bouldin")


def draft(
    metrics: Sequence[Metric], shown: Mapping[str, Sequence[str]], *, model: bool = True, service: bool = True
) -> str:
    """The text of the file. `shown` is what the notebook shows for a criterion, a line each; it becomes comments.

    What does not apply is answered: of accuracy only a `model` is asked, and of milliseconds only a `service`.
    """
    settled = (() if model or metrics else MODELS) + (() if service else ("latency",))
    tables = (
        _settled(criterion) if criterion.name in settled else _table(criterion, metrics, shown)
        for criterion in CRITERIA
    )
    return "\n".join([HEAD, *(line for table in tables for line in table)])


def _settled(criterion: Criterion) -> Iterator[str]:
    yield f"[{criterion.name}]"
    yield f"question = {_string(criterion.question)}"
    match criterion.name:
        case "accuracy":
            yield 'metric = "none" # a metric, if something is predicted after all'
            yield f"note = {_string(NO_MODEL)}"
        case "latency":
            yield 'budget_ms = "none" # milliseconds, if somebody waits for the answer after all'
        case _:
            yield f'answer = "{criterion.good}"'
            yield f"note = {_string(NO_MODEL)}"
    yield ""


def _table(criterion: Criterion, metrics: Sequence[Metric], shown: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield f"[{criterion.name}]"
    yield f"question = {_string(criterion.question)}"
    yield from (f"# {_comment(line)}" for line in shown.get(criterion.name, ()))
    match criterion.name:
        case "accuracy":
            yield from _accuracy(criterion, metrics)
        case "latency":
            yield f'budget_ms = "?" # {criterion.owner}: {criterion.ask}'
            yield 'measured_ms = "?" # or pass latency_ms with `nb2prod gate --metrics FILE`'
        case _:
            yield f'answer = "?" # {criterion.owner}: {criterion.ask}'
            yield 'note = ""'
    yield ""


def _accuracy(criterion: Criterion, metrics: Sequence[Metric]) -> Iterator[str]:
    """The last metric that has a value, else the last one; the others as comments."""
    chosen = next((m for m in reversed(metrics) if m.value is not None), metrics[-1] if metrics else None)
    for metric in metrics:
        value = f" = {metric.value:g} ({metric.seen})" if metric.value is not None else ""
        yield f"# cell {metric.cell} computes {_comment(metric.variable or metric.name)}{value}"
    name = (chosen.variable or chosen.name) if chosen else "?"
    yield f"metric = {_string(name)}" + ("" if chosen else ' # "none" if nothing is predicted; say why in a note')
    value = f"{chosen.value!r}" if chosen and chosen.value is not None else '"?"'
    yield f"measured = {value} # a proof run, or --metrics FILE, takes the place of this number"
    yield f'go = "?" # {criterion.owner}: good enough from here on'
    yield 'no_go = "?" # below this, stop; in between, bounded effort to close the gap'
    less = chosen is not None and any(word in chosen.name.lower() for word in LESS)
    yield f'better = "{"lower" if less else "higher"}"'


def _string(text: str) -> str:
    return tomlkit.item("".join(c if c.isprintable() else " " for c in text)).as_string()


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
