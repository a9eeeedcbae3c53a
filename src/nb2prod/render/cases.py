"""What the tests of single stages need to know of the cases that a run has made."""

import json

from nb2prod.model.plan import Plan

PROPERTIES = "hypothesis>=6.100"


def cases_context(plan: Plan, cases: str) -> dict[str, object]:
    """Whether there are cases, and whether any of them has properties that hold for all rows."""
    tables = "pandas" in {dependency.module for dependency in plan.dependencies}
    stored = json.loads(cases)["cases"] if cases and tables else {}
    return {
        "cases": bool(cases) and tables,
        "properties": any(case["properties"] for case in stored.values()),
    }
