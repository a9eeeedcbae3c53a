"""Why proofs of concept fail to deploy, and which of these mistakes this project is about to make."""

from collections.abc import Iterator

from nb2prod.assess.case import Case, cells_of
from nb2prod.model.gate import Decision
from nb2prod.model.report import Mistake

UNREALISTIC = ("rows-silently-dropped", "sample-data-left", "data-in-code", "constant-fill")


def mistakes(case: Case) -> Iterator[Mistake]:
    """All nine, the likely ones first."""
    found = [
        _wrong_problem(case.decision),
        _unrealistic(case),
        _not_designed(case),
        _not_planned(case.decision),
        _integration(case),
        _gate_skipped(case.decision),
        _no_operation(case.decision),
        _deployment_is_the_end(case),
        _connected_late(case),
    ]
    yield from sorted(found, key=lambda mistake: not mistake.likely)


def _gone(decision: Decision, *criteria: str) -> list[str]:
    """Criteria that have no answer yet, or a bad one."""
    reasons = (decision.by(criterion) for criterion in criteria)
    return [reason.criterion for reason in reasons if reason and reason.verdict not in {"go", "conditional"}]


def _said(missing: list[str]) -> str:
    return f"[{'], ['.join(missing)}] without a good answer in gate.toml" if missing else "answered in gate.toml"


def _wrong_problem(decision: Decision) -> Mistake:
    missing = _gone(decision, "business_value", "simpler")
    remedy = "write down the business metric, by how much it improves, and the best simple rule"
    return Mistake("Solving the wrong problem", bool(missing), _said(missing), remedy)


def _unrealistic(case: Case) -> Mistake:
    shown = case.found(*UNREALISTIC)
    missing = _gone(case.decision, "realistic_data")
    evidence = _said(missing)
    if shown:
        rules = ", ".join(sorted({finding.rule for finding in shown}))
        evidence += f"; the notebook shows {rules} in {cells_of(shown)}"
    remedy = "run it on data with the gaps, noise and edge cases of production"
    return Mistake("Unrealistic conditions", bool(missing), evidence, remedy)


def _not_designed(case: Case) -> Mistake:
    left = case.open("manual", "paths", "errors", "blockers")
    refused = case.plan.refused
    likely = bool(left or refused) or not case.proven
    parts = [f"{len(left)} findings of manual steps, paths and errors are left in {cells_of(left)}"] if left else []
    parts += [f"{len(refused)} parts are refused"] if refused else []
    parts += [] if case.proven else ["the project is not proven"]
    evidence = "; ".join(parts) or "everything is converted and proven"
    return Mistake("Not designed for production", likely, evidence, "mend the findings, and prove the project")


def _not_planned(decision: Decision) -> Mistake:
    missing = _gone(decision, "skills", "change")
    remedy = "set budget, timeline and team before going on: the timeline of this report is where to begin"
    return Mistake("No one planned for production", bool(missing), _said(missing), remedy)


def _integration(case: Case) -> Mistake:
    missing = _gone(case.decision, "integration")
    shown = (
        f"{len(case.outside)} connections: {', '.join(case.outside[:6])}"
        if case.outside
        else "nothing is read or written"
    )
    remedy = "for each connection: who runs it, how one authenticates, which format, what happens on errors"
    likely = bool(missing) and bool(case.outside or case.plan.profile == "service")
    return Mistake("Underestimating integration", likely, f"{shown}; {_said(missing)}", remedy)


def _gate_skipped(decision: Decision) -> Mistake:
    open_points = len(decision.of("unanswered"))
    evidence = f"{open_points} of {len(decision.reasons)} criteria have no answer"
    evidence = evidence if decision.written else f"there is no gate.toml; {evidence}"
    remedy = "answer gate.toml, and let CI run `nb2prod gate`"
    return Mistake("Skipping the decision gate", bool(open_points), evidence, remedy)


def _no_operation(decision: Decision) -> Mistake:
    missing = _gone(decision, "owners")
    return Mistake("No operational plan", bool(missing), _said(missing), "name who monitors, retrains and investigates")


def _deployment_is_the_end(case: Case) -> Mistake:
    missing = _gone(case.decision, "running_cost")
    remedy = "budget the years after deployment: monitoring, maintenance, improvement"
    return Mistake("Treating deployment as the end", bool(missing), _said(missing), remedy)


def _connected_late(case: Case) -> Mistake:
    missing = _gone(case.decision, "latency")
    remedy = "set the latency budget now, and measure it now"
    return Mistake("Meeting production's constraints too late", bool(missing), _said(missing), remedy)
