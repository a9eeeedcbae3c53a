"""Why proofs of concept fail to deploy, and which of these mistakes this project is about to make."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nb2prod.assess.case import Case, cells_of
from nb2prod.model.gate import Decision
from nb2prod.model.report import Mistake

UNREALISTIC = ("rows-silently-dropped", "sample-data-left", "data-in-code", "constant-fill")


def mistakes(case: Case) -> Iterator[Mistake]:
    """All nine, the likely ones first."""
    yield from likely_first(answered(mistake, case.decision) for mistake in _kinds(case))


def likely_first(found: Iterable[Mistake]) -> list[Mistake]:
    """The mistakes in the order in which they are told."""
    return sorted(found, key=lambda mistake: not mistake.likely)


def answered(mistake: Mistake, decision: Decision) -> Mistake:
    """The mistake as the gate stands now: likely while a criterion that would prevent it has no good answer."""
    reasons = (decision.by(criterion) for criterion in mistake.criteria)
    missing = [reason.criterion for reason in reasons if reason and reason.verdict not in {"go", "conditional"}]
    said = f"gate.toml has no good answer for {', '.join(missing)}" if missing else "answered in gate.toml"
    evidence = "; ".join(filter(None, (mistake.shown, said if mistake.criteria else "")))
    return replace(mistake, likely=bool(missing) or mistake.certain, evidence=evidence)


def _of(name: str, remedy: str, *criteria: str, shown: str = "", certain: bool = False) -> Mistake:
    return Mistake(name, certain, shown, remedy, criteria, shown, certain)


def _kinds(case: Case) -> Iterator[Mistake]:
    """Why proofs of concept fail to deploy, then the common mistakes."""
    remedy = "write down the business metric, by how much it improves, and the best simple rule"
    yield _of("Solving the wrong problem", remedy, "business_value", "simpler")
    remedy = "run it on data with the gaps, noise and edge cases of production"
    yield _of("Unrealistic conditions", remedy, "realistic_data", shown=_cleaned(case))
    left = _not_designed(case)
    remedy = "mend the findings, and prove the project"
    yield _of(
        "Not designed for production", remedy, shown=left or "everything is converted and proven", certain=bool(left)
    )
    remedy = "set budget, timeline and team before going on: the timeline of this report is where to begin"
    yield _of("No one planned for production", remedy, "skills", "change")
    shown = f"{len(case.outside)} connections: {', '.join(case.outside[:6])}" if case.outside else ""
    remedy = "for each connection: who runs it, how one authenticates, which format, what happens on errors"
    yield _of(
        "Underestimating integration",
        remedy,
        "integration",
        shown=shown or "no setting names a file, an address or a secret",
    )
    remedy = "answer gate.toml, and let CI run `nb2prod gate`"
    yield _of("Skipping the decision gate", remedy, *(criterion.criterion for criterion in case.decision.reasons))
    yield _of("No operational plan", "name who monitors, retrains and investigates", "owners")
    remedy = "budget the years after deployment: monitoring, maintenance, improvement"
    yield _of("Treating deployment as the end", remedy, "running_cost")
    yield _of("Meeting production's constraints too late", "set the latency budget, and measure it now", "latency")


def _cleaned(case: Case) -> str:
    found = case.found(*UNREALISTIC)
    rules = ", ".join(sorted({finding.rule for finding in found}))
    return f"the notebook shows {rules} in {cells_of(found)}" if found else ""


def _not_designed(case: Case) -> str:
    left = case.open("manual", "paths", "errors", "blockers")
    parts = [f"{len(left)} findings of manual steps, paths and errors are left in {cells_of(left)}"] if left else []
    parts += [f"{len(case.plan.refused)} parts are refused"] if case.plan.refused else []
    parts += [] if case.proven else ["the project is not proven"]
    return "; ".join(parts)
