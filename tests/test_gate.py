"""The decision: by what was answered, by what was measured, and by the day."""

from dataclasses import replace
from pathlib import Path

import pytest
from reports import MODEL, notebook
from typer.testing import CliRunner

from nb2prod.cli import app
from nb2prod.errors import ConfigError
from nb2prod.gate import CRITERIA, decide, draft, gate_of, metrics_of
from nb2prod.model.gate import Decision, Metric

TODAY = "2026-11-25"
GOOD = """
[accuracy]
metric = "auc"
go = 0.70
no_go = 0.65
measured = 0.72
[realistic_data]
answer = "yes"
[latency]
budget_ms = "none"
[business_value]
answer = "yes"
[running_cost]
answer = "yes"
[owners]
answer = "yes"
[skills]
answer = "yes"
[data]
answer = "yes"
[change]
answer = "yes"
[simpler]
answer = "no"
[integration]
answer = "yes"
"""
PROMISE = '"conditional"\nplan = "hire one"\nowner = "Tom"\nby = {}'


def decision(text: str, *metrics: Metric) -> Decision:
    """What a gate decides on the day of these tests."""
    return decide(gate_of(text, "gate.toml"), metrics, TODAY)


def changed(criterion: str, answer: str) -> str:
    """The good gate with another answer for a criterion."""
    old = '"no"' if criterion == "simpler" else '"yes"'
    return GOOD.replace(f"[{criterion}]\nanswer = {old}", f"[{criterion}]\nanswer = {answer}")


def test_everything_answered_well_is_a_go() -> None:
    made = decision(GOOD)
    assert made.verdict == "go"
    assert [reason.todo for reason in made.reasons] == [""] * len(CRITERIA)


PLAIN = [criterion.name for criterion in CRITERIA if criterion.good != "number"]


@pytest.mark.parametrize("criterion", PLAIN)
def test_one_bad_answer_is_a_no_go(criterion: str) -> None:
    bad = '"yes"' if criterion == "simpler" else '"no"'
    made = decision(changed(criterion, bad))
    assert (made.verdict, [r.criterion for r in made.of("no-go")]) == ("no-go", [criterion])


@pytest.mark.parametrize("criterion", PLAIN)
def test_one_missing_answer_leaves_all_open(criterion: str) -> None:
    made = decision(changed(criterion, '"?"'))
    assert (made.verdict, [r.criterion for r in made.of("unanswered")]) == ("unanswered", [criterion])


@pytest.mark.parametrize(
    ("by", "verdict"), [("2026-11-25", "conditional"), ("2027-01-31", "conditional"), ("2026-11-24", "no-go")]
)
def test_a_promise_runs_out(by: str, verdict: str) -> None:
    assert decision(changed("skills", PROMISE.format(by))).verdict == verdict


@pytest.mark.parametrize("missing", ["plan", "owner", "by"])
def test_a_promise_needs_a_plan_an_owner_and_a_day(missing: str) -> None:
    lines = [line for line in PROMISE.format("2027-01-31").splitlines() if not line.startswith(missing)]
    made = decision(changed("skills", "\n".join(lines)))
    assert made.verdict == "unanswered"
    assert missing in made.of("unanswered")[0].why


@pytest.mark.parametrize(
    ("value", "verdict"), [(0.70, "go"), (0.69, "unanswered"), (0.65, "unanswered"), (0.64, "no-go")]
)
def test_accuracy_close_to_the_threshold_asks_for_a_plan(value: float, verdict: str) -> None:
    made = decision(GOOD, Metric("roc_auc_score", "auc", value=value, seen="proof run"))
    assert made.verdict == verdict


def test_accuracy_close_to_the_threshold_with_a_plan_is_conditional() -> None:
    promise = 'plan = "more data"\nowner = "Ana"\nby = 2027-01-31'
    text = GOOD.replace("measured = 0.72", f"measured = 0.68\n{promise}")
    assert decision(text).verdict == "conditional"


def test_lower_can_be_better() -> None:
    text = GOOD.replace("go = 0.70\nno_go = 0.65", 'go = 3\nno_go = 5\nbetter = "lower"')
    verdicts = [decision(text.replace("0.72", value)).verdict for value in ("2.5", "3", "5.1")]
    assert verdicts == ["go", "go", "no-go"]


def test_the_surest_measurement_counts() -> None:
    saved = Metric("roc_auc_score", "auc", value=0.5, seen="saved output")
    proof = replace(saved, value=0.66, seen="proof run")
    file = Metric("auc", value=0.9, seen="metrics file")
    whys = [decision(GOOD, *metrics).by("accuracy").why for metrics in ((saved,), (saved, proof), (proof, file))]  # type: ignore[union-attr]
    assert [why.split("(")[1].split(")")[0] for why in whys] == [
        "written in gate.toml",
        "from the proof run",
        "from the metrics file",
    ]


@pytest.mark.parametrize(
    ("latency", "run", "verdict"),
    [(150.0, None, "go"), (250.0, None, "no-go"), (None, 150.0, "go"), (None, 250.0, "unanswered")],
)
def test_a_run_within_the_budget_is_fast_enough_and_a_longer_one_says_nothing(
    latency: float | None, run: float | None, verdict: str
) -> None:
    text = GOOD.replace('budget_ms = "none"', "budget_ms = 200")
    metrics = [Metric("latency_ms", value=latency, seen="metrics file"), Metric("run_ms", value=run, seen="proof run")]
    assert decision(text, *metrics).verdict == verdict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "not valid TOML"),
        ("[speed]", "no criterion `speed`"),
        ('[skills]\nanswer = "perhaps"', "skills.answer"),
        ("[skills]\nanswr = 1", "skills.answr"),
        ("[accuracy]\ngo = true", "accuracy.go"),
        ("[accuracy]\ngo = nan", "accuracy.go"),
        ("[accuracy]\ngo = 0.1\nno_go = 0.2", "worse than no_go"),
        ('[skills]\nby = "soon"', "skills.by"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=r"gate\.toml") as caught:
        gate_of(text, "gate.toml")
    assert said in str(caught.value)


def test_a_draft_answers_nothing_but_what_was_measured() -> None:
    metrics = [Metric("mean_absolute_error", "mae", 4, 2.5, "saved output")]
    text = draft(metrics, {"data": ["members_path (cell 2): [x] = 1\nanswer = yes"]})
    gate = gate_of(text, "gate.toml")
    assert (gate.accuracy.name, gate.accuracy.measured, gate.accuracy.higher_is_better) == ("mae", 2.5, False)
    assert {answer.answer for answer in gate.answers.values()} == {"?"}
    assert len(decision(text).of("unanswered")) == len(CRITERIA)


def test_a_metrics_file_holds_numbers() -> None:
    assert metrics_of('{"auc": 0.7}', "m.json") == (Metric("auc", value=0.7, seen="metrics file"),)
    assert metrics_of("auc = 1", "m.toml")[0].value == 1
    for text, name in (('{"auc": "0.7"}', "m.json"), ("[1]", "m.json"), ("auc = true", "m.toml"), ("{", "m.json")):
        with pytest.raises(ConfigError):
            metrics_of(text, name)


def test_the_command_decides_and_leaves_with_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the draft, answer it, decide; 0 for what is required, 1 for the rest, 2 for what can't be meant."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    path = notebook(MODEL, tmp_path, {2: "AUC: 0.713\n"})
    assert run(app, ["gate", "--init", str(path)]).exit_code == 0
    assert "measured = 0.713" in Path("gate.toml").read_text(encoding="utf-8")
    assert run(app, ["gate"]).exit_code == 1
    Path("gate.toml").write_text(changed("skills", PROMISE.format("2999-01-01")), encoding="utf-8")
    conditional = run(app, ["gate"])
    assert (conditional.exit_code, conditional.stdout.split()[0]) == (1, "conditional")
    assert run(app, ["gate", "--require", "go,conditional"]).exit_code == 0
    Path("m.json").write_text('{"auc": 0.1}', encoding="utf-8")
    stopped = run(app, ["gate", "--metrics", "m.json", "--output-format", "json"])
    assert (stopped.exit_code, '"verdict": "no-go"' in stopped.stdout) == (1, True)
    again = run(app, ["gate", "--init", str(path)])
    assert isinstance(again.exception, ConfigError)
