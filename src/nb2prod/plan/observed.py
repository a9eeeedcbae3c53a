"""What a run has seen, or the files beside the notebook show: tables, versions."""

from collections.abc import Iterable
from dataclasses import replace

from nb2prod.model.evidence import Evidence, Schema
from nb2prod.model.plan import Input, Plan

RUN, BESIDE = "seen when the notebook ran", "from the file beside the notebook"


def with_observed(plan: Plan, evidence: Evidence | None, beside: Iterable[Schema]) -> Plan:
    """The plan whose inputs have the schemas of their tables; what a run has seen counts more than a file."""
    files = {schema.source: schema for schema in beside}
    if evidence is None:
        return replace(plan, inputs=tuple(_with_schema(each, {}, files) for each in plan.inputs))
    ran = {schema.source: schema for schema in evidence.schemas if schema.source}
    inputs = tuple(_with_schema(each, ran, files) for each in plan.inputs)
    return replace(plan, inputs=inputs, versions=evidence.versions, python=evidence.python)


def _with_schema(each: Input, ran: dict[str, Schema], files: dict[str, Schema]) -> Input:
    source = each.path.replace("\\", "/")
    if not each.reader:
        return each
    if source in ran:
        return replace(each, schema=ran[source], seen=RUN)
    return replace(each, schema=files[source], seen=BESIDE) if source in files else each
