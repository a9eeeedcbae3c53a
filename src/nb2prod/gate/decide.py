"""The decision, criterion by criterion; every reason says what it rests on and what would change it."""

from collections.abc import Iterable, Sequence

from nb2prod.gate.criteria import CRITERIA, Criterion
from nb2prod.model.gate import Answer, Decision, Gate, Limit, Metric, Reason, Verdict

# A no-go stops whatever else is good; an open question leaves all else undecided; a promise makes a go conditional.
WORST_FIRST: tuple[Verdict, ...] = ("no-go", "unanswered", "conditional", "go")
SURE = ("metrics file", "proof run")


def decide(gate: Gate, metrics: Sequence[Metric], today: str, *, written: bool = True) -> Decision:
    """Hold what was answered and measured against the criteria.

    A measured value counts in this order: a metrics file, the proof run, `gate.toml`, an output that was saved with
    the notebook. `today` (ISO) says which promises have run out; `written` is whether there is a `gate.toml`.
    """
    reasons = tuple(_reason(criterion, gate, metrics, today) for criterion in CRITERIA)
    found = {reason.verdict for reason in reasons}
    verdict = next(verdict for verdict in WORST_FIRST if verdict in found)
    return Decision(verdict, reasons, written)


def _reason(criterion: Criterion, gate: Gate, metrics: Sequence[Metric], today: str) -> Reason:
    match criterion.name:
        case "accuracy":
            verdict, why, todo = _accuracy(gate.accuracy, metrics, today)
        case "latency":
            verdict, why, todo = _latency(gate.latency, metrics, today)
        case _:
            verdict, why, todo = _answered(criterion, gate.answers.get(criterion.name, Answer()), today)
    why = f"{criterion.stop}: {why}" if verdict == "no-go" else why
    return Reason(criterion.name, criterion.question, verdict, why, criterion.owner, todo)


Said = tuple[Verdict, str, str]


def _answered(criterion: Criterion, answer: Answer, today: str) -> Said:
    note = f": {answer.note}" if answer.note else ""
    if answer.answer == "?":
        return "unanswered", "nobody has answered yet", f"answer [{criterion.name}] in gate.toml: {criterion.ask}"
    if answer.answer == "conditional":
        return _promised(criterion.name, answer, today)
    if answer.answer == criterion.good:
        return "go", f"answered {answer.answer}{note}", ""
    return "no-go", f"answered {answer.answer}{note}", f"change what stands behind [{criterion.name}], then the answer"


def _promised(name: str, answer: Answer, today: str) -> Said:
    missing = [key for key in ("plan", "owner", "by") if not getattr(answer, key)]
    if missing:
        todo = f"write {' and '.join(missing)} in [{name}]: a conditional answer is a promise"
        return "unanswered", f"conditional, but without {', '.join(missing)}", todo
    if answer.by < today:
        return (
            "no-go",
            f"the promise of {answer.owner} ran out on {answer.by}: {answer.plan}",
            f"keep it, or renew [{name}]",
        )
    return "conditional", f"{answer.owner} has promised by {answer.by}: {answer.plan}", f"keep the promise of [{name}]"


def _accuracy(limit: Limit, metrics: Sequence[Metric], today: str) -> Said:
    if limit.none:
        note = limit.promise.note
        if not note:
            return "unanswered", 'metric = "none" without a note', "say in [accuracy].note why no metric applies"
        return "go", f"no metric applies: {note}", ""
    if limit.name == "?" or limit.go is None or limit.no_go is None:
        missing = [
            key
            for key, gone in (("metric", limit.name == "?"), ("go", limit.go is None), ("no_go", limit.no_go is None))
            if gone
        ]
        return (
            "unanswered",
            f"{' and '.join(missing)} not set yet",
            f"set {', '.join(missing)} in [accuracy] of gate.toml",
        )
    value, seen = _measured(limit, metrics)
    if value is None:
        return "unanswered", f"{limit.name} has not been measured", "prove the project, or pass --metrics FILE"
    return _held(limit, value, f"{limit.name} is {value:g} ({seen})", today)


def _latency(limit: Limit, metrics: Sequence[Metric], today: str) -> Said:
    if limit.none:
        return "go", "no budget: nobody waits for the answer", ""
    if limit.go is None:
        return "unanswered", "no budget is set", 'set budget_ms in [latency] of gate.toml, or "none"'
    value, seen = _measured(limit, metrics)
    if value is not None:
        return _held(limit, value, f"one answer takes {value:g} ms ({seen})", today)
    whole = next((metric.value for metric in metrics if metric.name == "run_ms"), None)
    if whole is not None and whole <= limit.go:
        return "go", f"the whole run took {whole:g} ms in the proof, the budget is {limit.go:g} ms", ""
    return "unanswered", "it has not been measured", "measure latency_ms and pass it with --metrics FILE"


def _held(limit: Limit, value: float, said: str, today: str) -> Said:
    if limit.go is None or limit.no_go is None:
        raise ValueError(f"{limit.name} has no limits")
    sign = 1 if limit.higher_is_better else -1
    if sign * value >= sign * limit.go:
        return "go", f"{said}, {limit.go:g} is asked for", ""
    table = "latency" if limit.name == "latency_ms" else "accuracy"
    hopeless = not limit.promise.plan if limit.go == limit.no_go else sign * value < sign * limit.no_go
    if hopeless:
        return "no-go", f"{said}, the limit is {limit.no_go:g}", "bring it to the limit, or stop"
    verdict, why, todo = _promised(table, limit.promise, today)
    return verdict, f"{said}, {limit.go:g} is asked for; {why}", todo


def _measured(limit: Limit, metrics: Sequence[Metric]) -> tuple[float | None, str]:
    """The value that counts, and where it comes from; the last of a name is that of the last model."""
    known = [m for m in metrics if limit.name in {m.name, m.variable} and m.value is not None]
    for seen in SURE:
        value = _last(metric.value for metric in known if metric.seen == seen)
        if value is not None:
            return value, f"from the {seen}"
    if limit.measured is not None:
        return limit.measured, "written in gate.toml"
    value = _last(metric.value for metric in known)
    return value, "as saved with the notebook" if value is not None else ""


def _last(values: Iterable[float | None]) -> float | None:
    return next(reversed([value for value in values if value is not None]), None)
