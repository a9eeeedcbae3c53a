"""Analysis → findings. A rule is one file of this package, found by its name; `_index.json` is generated from these files."""

# pathlib takes longer to import than a notebook to check
# ruff: noqa: PTH207

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from glob import escape, glob

from nb2prod.model import Finding, Severity, Survey
from nb2prod.model.finding import redacted
from nb2prod.model.frozen import replace
from nb2prod.rules._context import Context
from nb2prod.rules._dispatch import dispatch_of
from nb2prod.rules._listed import Listed, imported, listed
from nb2prod.rules._rule import PROFILES, Option, Profile, Rule
from nb2prod.rules._secrets import secret_values
from nb2prod.rules._suppress import silenced, suppressions

__all__ = [
    "PROFILES",
    "Context",
    "Listed",
    "Option",
    "Profile",
    "Rule",
    "all_rules",
    "check",
    "check_notebook",
    "listed",
    "third_party_rules",
]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule of this package by its name, in the order of the names: what its folder holds, imported."""
    files = [file.replace("\\", "/").rpartition("/")[2] for file in glob(f"{escape(__path__[0])}/[!_]*.py")]
    rules = [imported(file.removesuffix(".py").replace("_", "-")) for file in files]
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}


def third_party_rules() -> Mapping[str, Rule]:
    """The rules that installed distributions offer under the entry point group `nb2prod.rules`."""
    from importlib.metadata import entry_points  # costs more than a lint: only when asked for

    rules: list[Rule] = [entry.load()() for entry in entry_points(group="nb2prod.rules")]
    return {rule.name: rule for rule in rules}


def check(analysis: Survey, rules: Sequence[Rule | Listed]) -> tuple[Finding, ...]:
    """What the rules notice in one notebook, in the order of the text, without what was asked to be left alone."""
    return check_notebook(analysis, rules)[0]


def check_notebook(
    analysis: Survey,
    rules: Sequence[Rule | Listed],
    severities: Mapping[str, Severity] | None = None,
    options: Mapping[str, Mapping[str, Option]] | None = None,
) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """The findings under the user's severities and options, and the values of secrets, which no report may show."""
    notebook = analysis.notebook
    context = Context(analysis, severities, options)
    requests = suppressions(notebook)
    dispatch = dispatch_of(tuple(rules))
    found = silenced(_once(dispatch.noticed(context), dispatch.once), requests, notebook)
    findings = sorted(found, key=lambda finding: (finding.place, finding.rule))
    if requests and "unused-suppression" in (on := frozenset(rule.name for rule in rules)):
        from nb2prod.rules.unused_suppression import UnusedSuppression  # few notebooks ask for anything

        unused = UnusedSuppression().report(context, requests, on, frozenset(listed()))
        findings += silenced(unused, [], notebook)
    secrets = secret_values(context)
    context.release()
    return tuple([_redacted(finding, secrets) for finding in findings] if secrets else findings), secrets


def _redacted(finding: Finding, secrets: frozenset[str]) -> Finding:
    texts = (finding.message, finding.help, finding.code)
    message, help_text, code = (redacted(text, secrets) for text in texts)
    return replace(finding, message=message, help=help_text, code=code)


def _once(findings: Iterable[Finding], once: frozenset[str]) -> Iterator[Finding]:
    """One finding for all of a rule that says `once`, with how many there are."""
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule in once:
            held.setdefault(finding.rule, []).append(finding)
        else:
            yield finding
    for group in held.values():
        first = min(group, key=lambda finding: finding.place)
        more = f" (and {len(group) - 1} more like it)" if len(group) > 1 else ""
        yield replace(first, message=first.message + more)
