"""What the tests of single stages need to know of the cases that a run has made."""

import json
from collections.abc import Sequence

from nb2prod.model.plan import Plan
from nb2prod.model.project import File

PROPERTIES = "hypothesis>=6.100"


def cases_context(plan: Plan, data: Sequence[File]) -> dict[str, object]:
    """Whether there are golden values and cases of stages, and whether any of these has properties of all rows."""
    cases = next((file.text for file in data if file.path == "tests/data/stages.json"), "")
    tables = "pandas" in {dependency.module for dependency in plan.dependencies}
    stored = json.loads(cases)["cases"] if cases and tables else {}
    return {
        "golden": bool(data),
        "cases": bool(cases) and tables,
        "properties": any(case["properties"] for case in stored.values()),
    }
