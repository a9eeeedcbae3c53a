"""The manual pages in docs/rules are what the rules say; `python tests/test_lint_docs.py` writes them anew."""

from itertools import groupby
from pathlib import Path

from nb2prod.pipeline import fixes_of
from nb2prod.report.manual import page
from nb2prod.rules import all_rules

FOLDER = Path(__file__).parent.parent / "docs" / "rules"


def pages() -> dict[str, str]:
    """Every page by its file name, the index among them."""
    rules = list(all_rules().values())
    found = {f"{rule.name}.md": page(rule, fixes_of(rule)) for rule in rules}
    lines = ["# The rules", "", f"{len(rules)} rules. `nb2prod explain RULE` shows a page in the terminal.", ""]
    for group, members in groupby(sorted(rules, key=lambda rule: (rule.group, rule.name)), key=lambda rule: rule.group):
        lines += [f"## {group}", "", "| Rule | Severity | Profile | |", "| --- | --- | --- | --- |"]
        lines += [f"| [{r.name}]({r.name}.md) | {r.severity} | {r.profile} | {r.summary} |" for r in members]
        lines += [""]
    return found | {"README.md": "\n".join(lines)}


def test_the_pages_are_current() -> None:
    """No page is missing, old or left over."""
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages(), "run: python tests/test_lint_docs.py"


if __name__ == "__main__":
    for old in FOLDER.glob("*.md"):
        old.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
