"""What the tables that come in must look like: as a run has seen them, else as the files beside the notebook are."""

from collections.abc import Iterable
from dataclasses import replace

from nb2prod.model.evidence import Schema
from nb2prod.model.plan import Input, Plan

RUN, BESIDE = "seen when the notebook ran", "from the file beside the notebook"


def with_schemas(plan: Plan, observed: Iterable[Schema], beside: Iterable[Schema]) -> Plan:
    """The plan whose inputs have the schemas of their tables; what a run has seen counts more than a file."""
    ran = {schema.source: schema for schema in observed if schema.source}
    files = {schema.source: schema for schema in beside}
    return replace(plan, inputs=tuple(_with_schema(each, ran, files) for each in plan.inputs))


def _with_schema(each: Input, ran: dict[str, Schema], files: dict[str, Schema]) -> Input:
    source = each.path.replace("\\", "/")
    if not each.reader:
        return each
    if source in ran:
        return replace(each, schema=ran[source], seen=RUN)
    return replace(each, schema=files[source], seen=BESIDE) if source in files else each
