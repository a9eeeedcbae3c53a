"""The table of the guide names every sentence once, and files that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([\d, -]+) \|", TEXT, re.MULTILINE)
SENTENCES = 124


def numbers(row: str) -> list[int]:
    """`36, 46-48` as numbers."""
    ends = [part.split("-") for part in row.replace(" ", "").split(",")]
    return [number for end in ends for number in range(int(end[0]), int(end[-1]) + 1)]


def test_every_sentence_is_served_once() -> None:
    assert sorted(number for row in ROWS for number in numbers(row)) == list(range(SENTENCES))


def test_the_files_that_are_named_exist() -> None:
    named = re.findall(r"`((?:src|templates|tests|benchmarks)/[^`]+)`", TEXT)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
