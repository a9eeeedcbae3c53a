"""What is left to a person: findings that no conversion mends, refused parts, data and secrets to supply."""

from collections.abc import Iterable, Iterator, Sequence

from nb2prod.model.finding import Convert, Drop, Finding, Lift
from nb2prod.model.notebook import Place
from nb2prod.model.plan import HumanWork, Setting
from nb2prod.plan.units import Program

ENGINEER, SCIENTIST, DATA = "software engineer", "data scientist", "data engineer"


def work_of(findings: Sequence[Finding], program: Program, settings: Iterable[Setting]) -> tuple[HumanWork, ...]:
    """Every open point, those that block production first."""
    found = [*_refused(program), *_settings(settings), *_findings(findings)]
    return tuple(sorted(found, key=lambda work: not work.blocks))


def _refused(program: Program) -> Iterator[HumanWork]:
    for fallback in program.fallbacks:
        if fallback.kind == "refused":
            why = "the package stops there until it is rewritten"
            yield HumanWork(fallback.reason, why, fallback.place, ENGINEER, "half a day", True)


def _settings(settings: Iterable[Setting]) -> Iterator[HumanWork]:
    for setting in settings:
        if setting.kind == "secret":
            what = f"supply the secret {setting.name} by an environment variable, and take back the one in the notebook"
            yield HumanWork(what, "it is in the notebook's history", Place(setting.cell, 1), ENGINEER, "an hour", True)
        if setting.kind == "path" and isinstance(setting.default, str):
            what = f"supply the file for the setting {setting.name} (the notebook reads {setting.default})"
            yield HumanWork(what, "the project has no copy of the data", Place(setting.cell, 1), DATA, "an hour", False)


def _findings(findings: Sequence[Finding]) -> Iterator[HumanWork]:
    for finding in findings:
        if isinstance(finding.fix, Lift | Drop | Convert):
            continue
        blocks = finding.severity == "error"
        yield HumanWork(f"{finding.rule}: {finding.message}", finding.help, finding.place, SCIENTIST, "an hour", blocks)
