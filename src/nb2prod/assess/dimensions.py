"""The twelve dimensions of readiness, each with the points that can be seen or asked."""

from collections.abc import Iterator

from nb2prod.assess.case import Case
from nb2prod.assess.operating import deployment, monitoring, operations, organisation, serving
from nb2prod.assess.points import asked, clean, dimension, made, seen, unknown
from nb2prod.model.report import Dimension, Point

DROPPING = ("rows-silently-dropped", "sample-data-left", "data-in-code", "constant-fill")
HONEST = ("leakage", "evaluated-on-train")
ENDED = "expected values of every stage that the proof run has seen"


def dimensions(case: Case) -> Iterator[Dimension]:
    """All twelve, in the order of the way to production; one without points does not apply to this project."""
    yield _problem(case)
    yield _data(case)
    yield _evaluation(case)
    yield _documentation(case)
    yield _constraints(case)
    yield _code(case)
    yield _pipeline(case)
    yield serving(case)
    yield monitoring(case)
    yield deployment(case)
    yield operations(case)
    yield organisation(case)


def _problem(case: Case) -> Dimension:
    names = ", ".join(dict.fromkeys(metric.variable or metric.name for metric in case.metrics))
    measured = None
    if case.learns:
        todo = "compute a metric on held-out data and bind it to a name"
        measured = seen(
            "a metric is computed", bool(names), names or "the notebook fits a model and scores nothing", todo
        )
    return dimension(
        "Problem and success criteria",
        measured,
        asked(case, "accuracy", "the metric has a threshold, and meets it"),
        asked(case, "business_value", "the business value is written down"),
        asked(case, "simpler", "a simpler solution was held against it"),
    )


def _data(case: Case) -> Dimension:
    return dimension(
        "Realistic data",
        asked(case, "realistic_data", "it was measured on realistic data"),
        clean(case, "no rows are dropped, sampled or filled in silently", DROPPING, "data pipeline"),
        asked(case, "data", "the data is there and stays there", "data pipeline"),
    )


def _evaluation(case: Case) -> Dimension:
    todo = "prove the project: `nb2prod convert --verify` adds the golden tests"
    apart = stored = test = None
    if case.learns:
        apart = clean(case, "what is scored was never learned from", HONEST)
        stored = clean(case, "metrics are kept, not only printed", ("metric-not-stored",))
        paths, more = (
            "test_quality.py",
            "test_evaluation.py",
        ), "write a test that fails below the threshold of gate.toml"
        test = made(case, "a test holds the metric against its threshold", paths, more, "integration testing")
    golden = made(case, f"golden tests keep the {ENDED}", ("test_golden.py",), todo, "integration testing")
    return dimension("Evaluation infrastructure", apart, stored, test, golden)


def _documentation(case: Case) -> Dimension:
    blanks = case.plan.blanks
    card = None
    if case.learns:
        paths, todo = (
            "MODEL_CARD.md",
        ), "write down purpose, data, results and limits of the model: docs/MODEL_CARD.md"
        card = made(case, "the model has a card", paths, todo, "planning")
    return dimension(
        "Documentation",
        clean(
            case,
            "title and functions say what they are for",
            ("no-title", "untitled-notebook", "undocumented-function"),
        ),
        clean(case, "no leftovers: nothing commented out, nothing to do", ("commented-out-code", "todo-left")),
        made(case, "a README says how to install, run and change it", ("README.md",), "write it", "refactoring"),
        card,
        (
            seen(
                "no document has blanks",
                not blanks,
                f"{len(blanks)} blanks",
                "fill in the blanks of the documents",
                "planning",
            )
            if blanks
            else None
        ),
    )


def _constraints(case: Case) -> Dimension:
    run = None
    if case.evidence and case.evidence.project_seconds:
        slowest = max(case.evidence.stage_seconds.items(), key=lambda item: item[1], default=("", 0.0))
        said = f"the whole run took {case.evidence.project_seconds:.2f} s"
        said += f", most of it {slowest[0]} ({slowest[1]:.2f} s)" if slowest[0] else ""
        run = seen("the time that it takes is known", 1, said, "")
    else:
        run = unknown("the time that it takes is known", "prove the project: the run is timed stage by stage")
    return dimension(
        "Production constraints",
        asked(case, "latency", "the answer is fast enough"),
        run,
        clean(case, "it needs nothing that only one machine has", ("machine-resource", "long-wait", "endless-loop")),
    )


def _code(case: Case) -> Dimension:
    values = [value for stage in case.plan.stages for value in (*stage.params, *stage.returns)]
    typed = sum(bool(value.type) for value in values)
    refused = [f for f in case.plan.fallbacks if f.kind in {"refused", "whole"}]
    shared = [f for f in case.plan.fallbacks if f.kind == "shared"]
    errors = [f for f in case.findings if f.severity == "error" and f in case.open(f.rule)]
    return dimension(
        "Code quality",
        _proof(case),
        seen(
            "all of the notebook is converted",
            not refused,
            f"{len(refused)} places are refused",
            "rewrite the places that are refused",
        ),
        seen(
            "every value between stages has a type",
            typed / len(values) if values else 1,
            f"{typed} of {len(values)} are typed",
            "annotate the others, or prove the project: types are observed",
        ),
        seen(
            "stages hand values over, none is global",
            not shared,
            f"{len(shared)} are shared",
            "hand the shared names over as parameters",
        ),
        seen(
            "no error is left in the notebook",
            not errors,
            f"{len(errors)} findings of severity error",
            "mend the findings of severity error",
        ),
        made(case, "the project has tests", ("tests/test_pipeline.py",), "write them", "refactoring"),
    )


def _proof(case: Case) -> Point:
    claim = "the project is shown to compute what the notebook computes"
    if case.evidence is None:
        return unknown(claim, "run `nb2prod convert --verify`", "integration testing")
    todo = "mend what the proof says, and prove it again"
    return seen(claim, case.proven, f"{case.evidence.verdict}: {case.evidence.why}", todo, "integration testing")


def _pipeline(case: Case) -> Dimension:
    inputs = [s for s in case.plan.settings if s.kind in {"path", "url"}]
    manual = clean(case, "nothing is done by hand", ("manual", "intermediate-file"), "data pipeline")
    if not inputs and not case.open("manual"):
        return dimension("Data pipeline", manual)
    return dimension(
        "Data pipeline",
        clean(case, "every input is a setting", ("paths",), "data pipeline"),
        manual,
        made(
            case,
            "input is validated before it is used",
            ("schemas.py",),
            "check columns, types, gaps and ranges before the first stage",
            "data pipeline",
            ("pandera",),
        ),
        made(
            case,
            "a broken or missing input is told by the setting to change; the network is tried again",
            ("io.py", "inputs.py"),
            "catch what can go wrong at the first read, and retry what passes by itself",
            "data pipeline",
            ("stamina",),
        ),
        seen(
            "stale input is refused",
            case.holding("max_age") is not None,
            "a freshness limit is checked" if case.holding("max_age") else "no freshness limit",
            "decide how old each input may be, and refuse what is older",
            "data pipeline",
        ),
    )
