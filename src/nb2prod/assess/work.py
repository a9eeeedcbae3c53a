"""Every open point: what the plan, the findings, the proof, the gate and the generated files leave to a person."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nb2prod.assess.case import Case, is_open
from nb2prod.assess.lines import Lines
from nb2prod.model.evidence import Comparison
from nb2prod.model.finding import Finding
from nb2prod.model.gate import Decision
from nb2prod.model.notebook import Place
from nb2prod.model.plan import Effort, FileLine, HumanWork, Owner, Phase, WorkKind

# By group of rules: who mends it, how long it takes, and in which phase.
TEND: dict[str, tuple[Owner, Effort, Phase]] = {
    "paths": ("software engineer", "an hour", "refactoring"),
    "manual": ("data engineer", "half a day", "data pipeline"),
    "errors": ("software engineer", "an hour", "refactoring"),
    "reproducibility": ("ML engineer", "an hour", "refactoring"),
    "validation": ("data engineer", "half a day", "data pipeline"),
    "leakage": ("ML engineer", "a day", "refactoring"),
    "evaluation": ("ML engineer", "half a day", "refactoring"),
    "state": ("ML engineer", "an hour", "refactoring"),
    "secrets": ("software engineer", "an hour", "infrastructure"),
    "documentation": ("ML engineer", "an hour", "refactoring"),
    "testability": ("software engineer", "half a day", "refactoring"),
    "operations": ("ML engineer", "half a day", "refactoring"),
    "blockers": ("software engineer", "half a day", "refactoring"),
}
OTHER: tuple[Owner, Effort, Phase] = ("ML engineer", "an hour", "refactoring")
SKIPS = ("pytest.mark.skip", "pytest.skip")
# A blank that only a person can fill, in a document or a configuration file.
BLANK = re.compile(r"\*\*\?\*\*|\"\?\"|\|\s*\?\s*(?=\|)|[:=]\s*\?\s*$")
DOCUMENTS = (".md", ".toml", ".yml", ".yaml", ".cfg", ".ini")
MOST = 5


def work_of(case: Case, lines: Lines) -> tuple[HumanWork, ...]:
    """Every open point, those that block production first, then in the order of the phases' owners and the cells."""
    points = [
        *_planned(case, lines),
        *_found(case, lines),
        *_unproven(case),
        *asked(case.decision),
        *_skipped(case),
        *_blank(case),
    ]
    unique = {(work.what, work.place, work.generated): work for work in points}
    return in_order(unique.values())


def in_order(work: Iterable[HumanWork]) -> tuple[HumanWork, ...]:
    """The points in the order in which they are told: those first that block production."""
    return tuple(sorted(work, key=lambda each: not each.blocks))


def _planned(case: Case, lines: Lines) -> Iterator[HumanWork]:
    for work in case.plan.work:
        at = lines.setting(work.setting) if work.setting else lines.of(work.place) if work.place else None
        yield replace(work, generated=work.generated or at)


def _found(case: Case, lines: Lines) -> Iterator[HumanWork]:
    taken = {work.place.cell for work in case.plan.work if work.place and work.kind == "refused"}
    for finding in case.findings:
        if not is_open(finding) or (finding.rule == "unparsable-cell" and finding.place.cell in taken):
            continue
        group = case.groups.get(finding.rule, "")
        owner, effort, phase = TEND.get(group, OTHER)
        kind: WorkKind = "manual step" if group == "manual" else "secret" if group == "secrets" else "finding"
        why = finding.help or f"see `nb2prod explain {finding.rule}`"
        what = f"{finding.message} ({finding.rule})"
        blocks, at = finding.severity == "error", lines.of(finding.place)
        yield HumanWork(what, why, finding.place, owner, _shorter(finding, effort), blocks, phase, kind, at)


def _shorter(finding: Finding, effort: Effort) -> Effort:
    """What `lint --fix` can write takes no half day."""
    return "an hour" if finding.fixable else effort


def _unproven(case: Case) -> Iterator[HumanWork]:
    evidence = case.evidence
    if evidence is None:
        what = "prove the project: nb2prod convert --verify runs it and the notebook, and compares them"
        why = "nobody has seen it compute what the notebook computes"
        yield HumanWork(what, why, None, "ML engineer", "an hour", True, "refactoring", "proof")
        return
    if not evidence.proven:
        why = f"the proof run says: {evidence.verdict}; {evidence.why}"
        what = "find out why the project is not proven, mend the notebook or its surroundings, and prove it again"
        yield HumanWork(what, why, None, "ML engineer", "a day", True, "refactoring", "proof")
    unstable = evidence.of("unstable")
    if unstable:
        why = "they differ between two runs of the notebook itself: set a seed, or say that they may vary"
        what = f"make {_names(unstable)} repeatable"
        yield HumanWork(what, why, None, "ML engineer", "half a day", False, "refactoring", "proof")
    unseen = evidence.of("not compared")
    if unseen:
        why = "nothing was proven of what can't be looked into"
        what = f"compare {_names(unseen)} by hand, or leave them out of the project"
        yield HumanWork(what, why, None, "ML engineer", "an hour", False, "refactoring", "proof")
    stale = [each for each in evidence.saved if each.outcome == "differs"]
    if stale:
        cells = ", ".join(str(each.cell) for each in stale[:MOST])
        why = "what is written about the old numbers may no longer hold"
        what = f"run the notebook and save it: its outputs are not what it prints today (cells {cells})"
        yield HumanWork(what, why, Place(stale[0].cell, 1), "ML engineer", "an hour", False, "refactoring", "proof")


def _names(comparisons: tuple[Comparison, ...]) -> str:
    names = sorted({each.name for each in comparisons})
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")


def asked(decision: Decision) -> Iterator[HumanWork]:
    """The questions of the gate that have no answer, by who has to answer them; bad answers; promises to keep."""
    unanswered = decision.of("unanswered")
    for owner in dict.fromkeys(reason.owner for reason in unanswered):
        own = [reason for reason in unanswered if reason.owner == owner]
        effort: Effort = "an hour" if len(own) == 1 else "half a day"
        what = f"answer {', '.join(f'[{reason.criterion}]' for reason in own)} in gate.toml"
        why = " ".join(reason.question for reason in own)
        yield HumanWork(what, why, None, owner, effort, True, "planning", "decision")
    for reason in decision.reasons:
        if reason.verdict in {"no-go", "conditional"}:
            blocks = reason.verdict == "no-go"
            yield HumanWork(reason.todo, reason.why, None, reason.owner, "some days", blocks, "planning", "decision")


def _skipped(case: Case) -> Iterator[HumanWork]:
    """Generated tests that say by themselves that a person has to finish them."""
    for file in case.project.files:
        if not (file.path.startswith("tests/") and file.path.endswith(".py")) or "skip" not in file.text:
            continue
        for node in ast.walk(ast.parse(file.text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in SKIPS:
                reason = next(
                    (a.value for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, ast.Constant)),
                    "",
                )
                what = f"make the skipped test of {file.path} run"
                at = FileLine(file.path, node.lineno)
                yield HumanWork(
                    what, str(reason), None, "software engineer", "half a day", False, "refactoring", "test", at
                )


def _blank(case: Case) -> Iterator[HumanWork]:
    """Blanks in documents that the plan does not know of; the gate's are asked for already."""
    known = {blank.file for blank in case.plan.blanks}
    for file in case.project.files:
        if (
            file.path in known
            or not file.path.endswith(DOCUMENTS)
            or file.path.rpartition("/")[2] in {"gate.toml", "REPORT.md"}
        ):
            continue
        for number, line in enumerate(file.text.splitlines(), 1):
            if BLANK.search(line):
                said = " ".join(BLANK.sub("", line).replace("|", " ").strip(" #-*=:").split())
                why = "only a person knows it, and who reads the document needs it"
                owner: Owner = "tech lead" if "RUNBOOK" in file.path else "ML engineer"
                phase: Phase = "monitoring" if "RUNBOOK" in file.path else "planning"
                at = FileLine(file.path, number)
                yield HumanWork(f"fill in {said[:120]}", why, None, owner, "an hour", False, phase, "blank", at)
