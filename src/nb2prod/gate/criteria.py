"""The criteria of the gate: what is asked, whom, and which answer speaks for going on."""

from dataclasses import dataclass
from typing import Literal

from nb2prod.model.plan import Owner


@dataclass(frozen=True, slots=True)
class Criterion:
    """One table of `gate.toml`. `good` is the answer that speaks for going on, `stop` what the other one means.

    `ask` says what a good answer holds; the two with numbers are decided by them and have no plain answer.
    """

    name: str
    question: str
    owner: Owner
    ask: str
    stop: str
    good: Literal["yes", "no", "number"] = "yes"


CRITERIA = (
    Criterion(
        "accuracy",
        "Does the model meet the accuracy threshold?",
        "ML engineer",
        "which metric, from which value on is it good enough, and below which value is the project stopped",
        "accuracy is below the minimum that makes the project worth anything",
        "number",
    ),
    Criterion(
        "realistic_data",
        "Was that measured on realistic data?",
        "ML engineer",
        "gaps, noise and edge cases as in production; over the same period; nothing cleaned by hand",
        "what was measured says nothing about production",
    ),
    Criterion(
        "latency",
        "Is the answer fast enough?",
        "ML engineer",
        'the budget in milliseconds for one answer or one run, or "none"',
        "the answer comes too late to be used",
        "number",
    ),
    Criterion(
        "business_value",
        "Does the business value justify the production engineering?",
        "product manager",
        "which business metric, improved by how much, worth how much a year",
        "there is no business case to build for",
    ),
    Criterion(
        "running_cost",
        "Does the business value justify the running cost, year after year?",
        "product manager",
        "compute, licences, people who watch and retrain it",
        "the business case does not carry the operation",
    ),
    Criterion(
        "owners",
        "Is it decided who monitors it, who retrains it, and who investigates when it breaks?",
        "tech lead",
        "three names, and hours a month",
        "nobody would notice that it goes wrong",
    ),
    Criterion(
        "skills",
        "Does the team have the skills for production, or can it get them?",
        "tech lead",
        "who builds it, who deploys it, who operates it",
        "nobody can build or run it",
    ),
    Criterion(
        "data",
        "Is the data available, and can it be kept available?",
        "data engineer",
        "the owner of each source, how it arrives, and what happens when it does not",
        "data that it depends on can't be maintained",
    ),
    Criterion(
        "change",
        "Is the organisation prepared to work with the answers?",
        "product manager",
        "who does what differently, and who has told them",
        "nobody would use it",
    ),
    Criterion(
        "simpler",
        "Would traditional software do?",
        "tech lead",
        "the best simple rule or query, and how it compares with what was measured",
        "the problem is better solved with traditional software",
        "no",
    ),
    Criterion(
        "integration",
        "Is the work of connecting it understood?",
        "software engineer",
        "who calls it or reads its files, how they authenticate, which formats, what they do on errors",
        "the systems around it can't take it in",
    ),
)
