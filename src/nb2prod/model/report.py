"""All that is known at the end, for every reporter."""

from dataclasses import dataclass

from nb2prod.model.finding import Finding
from nb2prod.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Report:
    """What the findings, the plan and the proof say about one notebook. `proof` is its verdict in a word."""

    version: str
    plan: Plan
    findings: tuple[Finding, ...]
    proof: str = "not run"
