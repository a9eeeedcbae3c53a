"""What a run has seen, or the files beside the notebook show: tables, versions, types."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from nb2prod.model.evidence import Evidence, Schema
from nb2prod.model.plan import Input, Plan, Variable

RUN, BESIDE = "seen when the notebook ran", "from the file beside the notebook"

# The notebook's own classes live beside the stages.
OWN = "__main__."


def with_observed(plan: Plan, evidence: Evidence | None, beside: Iterable[Schema]) -> Plan:
    """The plan whose inputs have the schemas of their tables; what a run has seen counts more than a file.

    The observed type is that of each parameter and result for which reading the code told none.
    """
    files = {schema.source: schema for schema in beside}
    if evidence is None:
        return replace(plan, inputs=tuple(_with_schema(each, {}, files) for each in plan.inputs))
    ran = {schema.source: schema for schema in evidence.schemas if schema.source}
    inputs = tuple(_with_schema(each, ran, files) for each in plan.inputs)
    return _sharpened(replace(plan, inputs=inputs, versions=evidence.versions, python=evidence.python), evidence.types)


def _with_schema(each: Input, ran: dict[str, Schema], files: dict[str, Schema]) -> Input:
    source = each.path.replace("\\", "/")
    if not each.reader:
        return each
    if source in ran:
        return replace(each, schema=ran[source], seen=RUN)
    return replace(each, schema=files[source], seen=BESIDE) if source in files else each


def _sharpened(plan: Plan, types: Mapping[str, Mapping[str, str]]) -> Plan:
    now: dict[str, str] = {}
    stages = []
    several = {stage.name for stage in plan.stages if stage.repeats}  # a type seen in one call need not be that of all
    for stage in plan.stages:
        if stage.name in several:
            stages.append(stage)
            continue
        then = {**now, **types.get(stage.name, {})}
        stages.append(replace(stage, params=_typed(stage.params, now), returns=_typed(stage.returns, then)))
        now = then
    return replace(plan, stages=tuple(stages), results=_typed(plan.results, now))


def _typed(variables: tuple[Variable, ...], types: Mapping[str, str]) -> tuple[Variable, ...]:
    return tuple(
        each if each.type else replace(each, type=types.get(each.name, "").removeprefix(OWN)) for each in variables
    )
