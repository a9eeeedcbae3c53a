"""What documents can't know: the questions that a person answers, and how often the notebook says that data comes."""

import re
from collections.abc import Iterable, Iterator

from nb2prod.model.notebook import Notebook
from nb2prod.model.plan import Blank, Cadence, FileLine, HumanWork, Phase, Plan

RUNBOOK, CARD, DATA, CONFIG = "docs/RUNBOOK.md", "docs/MODEL_CARD.md", "data/README.md", "config/prod.toml"
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
EVERY = re.compile(
    rf"(?:\w+ ){{0,4}}\b(?:every|each) (?P<unit>{'|'.join(DAYS)}|hour|day|morning|night|week|month)\b"
    r"|\b(?P<often>hourly|daily|weekly|monthly) (?:export|dump|extract|update|refresh|delivery|upload|download|run)\b",
    re.IGNORECASE,
)
# How old data may be that comes so often, less than a period so that a delivery that fails is seen, and when to look for it.
RHYTHMS = {
    "hour": (0.04, "5 * * * *"),
    "day": (1, "0 6 * * *"),
    "week": (6, "0 6 * * 1"),
    "month": (27, "0 6 1 * *"),
}
UNITS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "morning": "day", "night": "day"}


def cadence_of(notebook: Notebook) -> Cadence | None:
    """How often data comes, in the notebook's own words; None if it does not say."""
    for cell in notebook.cells:
        lines = cell.source.splitlines() if cell.kind == "markdown" else re.findall(r"#.*", cell.source)
        for found in filter(None, map(EVERY.search, lines)):
            word = (found["unit"] or found["often"]).lower()
            unit = "week" if word in DAYS else UNITS.get(word, word)
            days, cron = RHYTHMS[unit]
            if word in DAYS:
                cron = f"0 6 * * {DAYS.index(word)}"
            return Cadence(days, cron, found[0], cell.index)
    return None


def blanks_of(plan: Plan, model: bool) -> Iterator[Blank]:
    """The questions that the documents of a job leave to a person."""
    yield Blank(RUNBOOK, "watches the runs", "tech lead")
    yield Blank(RUNBOOK, "investigates when a run stops", "tech lead")
    yield Blank(RUNBOOK, "owns what the results are used for, and the number that should improve", "product manager")
    if plan.cadence is None:
        yield Blank(RUNBOOK, "decides when it runs", "data engineer")
        if plan.inputs:
            yield Blank(CONFIG, "how old the inputs may be", "data engineer")
    for setting in plan.settings:
        if setting.kind in {"path", "url"}:
            yield Blank(DATA, f"who owns {setting.name}, and where it comes from", "data engineer")
    if model:
        yield Blank(RUNBOOK, "decides to train again, and how often", "ML engineer")
        yield Blank(CARD, "Owner", "product manager")
        yield Blank(CARD, "Who may be harmed by a wrong answer", "product manager")
        yield Blank(CARD, "Must not be used for", "product manager")
        yield Blank(CARD, "Is the data like that of production", "ML engineer")
        yield Blank(CARD, "Does a column stand for a protected attribute", "ML engineer")


def work_of_blanks(blanks: Iterable[Blank]) -> Iterator[HumanWork]:
    """The blanks of each document as one open point."""
    files: dict[str, list[Blank]] = {}
    for blank in blanks:
        files.setdefault(blank.file, []).append(blank)
    for file, found in files.items():
        asked = "; ".join(blank.question for blank in found)
        what = f"fill in {file}: {asked}"
        phase: Phase = "monitoring" if file == RUNBOOK else "data pipeline" if file in {CONFIG, DATA} else "planning"
        yield HumanWork(
            what, "no code can answer that", None, found[0].owner, "an hour", False, phase, "blank", FileLine(file, 1)
        )
