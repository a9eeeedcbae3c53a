"""All that is known of one conversion, and the questions that the parts of the report ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from shlex import quote

from nb2prod.model.evidence import Evidence
from nb2prod.model.facts import Analysis
from nb2prod.model.finding import Convert, Drop, Finding, Lift
from nb2prod.model.gate import Decision, Metric
from nb2prod.model.plan import Plan
from nb2prod.model.project import File, Project


@dataclass(frozen=True, slots=True)
class Case:
    """One conversion; `groups` are the groups of the rules by name."""

    analysis: Analysis
    plan: Plan
    findings: tuple[Finding, ...]
    groups: Mapping[str, str]
    project: Project
    evidence: Evidence | None
    metrics: tuple[Metric, ...] = ()
    decision: Decision = field(default_factory=lambda: Decision("unanswered"))

    def open(self, *names: str) -> list[Finding]:
        """The findings of rules or groups of rules that neither the conversion nor `lint --fix` takes care of."""
        return [f for f in self.findings if {f.rule, self.groups.get(f.rule, "")} & set(names) and is_open(f)]

    def found(self, *names: str) -> list[Finding]:
        """The findings of rules or groups of rules."""
        return [f for f in self.findings if {f.rule, self.groups.get(f.rule, "")} & set(names)]

    def file(self, *endings: str) -> File | None:
        """The first file of the project whose path ends in one of these."""
        return next((f for f in self.project.files if f.path.endswith(endings)), None)

    def holding(self, *texts: str) -> File | None:
        """The first Python file of the package that holds one of these texts."""
        code = (f for f in self.project.files if f.path.startswith("src/") and f.path.endswith(".py"))
        return next((f for f in code if any(text in f.text for text in texts)), None)

    @property
    def learns(self) -> bool:
        """Whether the notebook fits a model."""
        return any(stage.role == "train" for stage in self.plan.stages) or any(
            statement.role == "train" for statement in self.analysis.statements
        )

    @property
    def label(self) -> str:
        """The notebook's name without the folders of this machine."""
        return self.analysis.notebook.path.replace("\\", "/").rpartition("/")[2]

    @property
    def command(self) -> str:
        """The command that makes the project again."""
        return f"nb2prod convert{' --verify' if self.evidence else ''} {quote(self.label)} -o {self.plan.package}"

    @property
    def proven(self) -> bool:
        """Whether the project was shown to compute what the notebook computes."""
        return self.evidence is not None and self.evidence.proven

    @property
    def outside(self) -> list[str]:
        """What the project is connected to: files, addresses, secrets."""
        return [
            f"{s.name} (cell {s.cell})" for s in self.plan.settings if s.kind in {"path", "url", "output", "secret"}
        ]


def is_open(finding: Finding) -> bool:
    """Whether the finding is left to a person: `convert` does not take care of it."""
    return not isinstance(finding.fix, Lift | Drop | Convert)


def cells_of(findings: list[Finding]) -> str:
    """`cells 3, 7 and 2 more`: where they are."""
    numbers = sorted({finding.place.cell for finding in findings})
    said = ", ".join(map(str, numbers[:4])) + (f" and {len(numbers) - 4} more" if len(numbers) > 4 else "")
    return f"cell{'s' if len(numbers) > 1 else ''} {said}"
