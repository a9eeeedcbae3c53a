"""All that is known at the end, for every reporter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb2prod.model.finding import Finding
from nb2prod.model.plan import Plan

if TYPE_CHECKING:  # lint starts without the proof
    from nb2prod.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Report:
    """What the findings, the plan and the proof say about one notebook.

    `proof` is its verdict in a word, `evidence` what it rests on.
    """

    version: str
    plan: Plan
    findings: tuple[Finding, ...]
    proof: str = "not run"
    evidence: "Evidence | None" = None
