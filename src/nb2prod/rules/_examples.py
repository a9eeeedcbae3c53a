"""The examples of rules: notebooks in percent notation, as they stand in rules and on manual pages.

    # %%                          a code cell; `# %% [3]` with execution count 3, `# %% tags=a,b` with tags
    # %% [markdown]               prose, as it is
    # %% [output]                 what the code cell above printed
    # %% [error]                  how it failed: the first line is `Name: message`
    # %% [metadata]               the notebook's own, as JSON
    # %% [name]                   the name of the file, without its suffix

A line that a rule must flag ends in `# [rule-name]`; the mark is not part of the notebook.
"""

import json
import re
from collections.abc import Iterable

from nb2prod.model import Finding, Replace

ASIDE = frozenset({"output", "error", "metadata", "name"})
HEAD = re.compile(r"# %%(?: \[(\w+)\])?(?: tags=(\S+))?$")
FLAG = re.compile(r"\s*# \[([\w-]+)\]$")


def notebook_json(example: str) -> str:
    """The example as the text of an .ipynb file, without the marks."""
    cells: list[dict[str, object]] = []
    metadata: object = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for kind, tags, lines in _cells(example):
        source = "\n".join(FLAG.sub("", line) for line in lines)
        if kind in {"output", "error"}:
            cells[-1]["outputs"] = [*_list(cells[-1].get("outputs")), _output(kind, source)]
        elif kind == "metadata":
            metadata = json.loads(source)
        elif kind == "name":
            continue
        elif kind == "markdown":
            cells.append({"cell_type": "markdown", "metadata": {"tags": tags}, "source": source})
        else:
            count = int(kind) if kind.isdigit() else None
            cell: dict[str, object] = {
                "cell_type": "code",
                "metadata": {"tags": tags},
                "source": source,
                "outputs": [],
                "execution_count": count,
            }
            cells.append(cell)
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4})


def name_of(example: str) -> str:
    """The name of the example's file."""
    return next((lines[0] for kind, _, lines in _cells(example) if kind == "name"), "example")


def flagged(example: str) -> list[tuple[int, int, str]]:
    """The marks of an example: cell (from 1), line in the cell, rule."""
    found: list[tuple[int, int, str]] = []
    number = 0
    for kind, _, lines in _cells(example):
        number += kind not in ASIDE
        marks = ((line, FLAG.search(text)) for line, text in enumerate(lines, 1))
        found += [(number, 1 if kind in {"output", "error"} else line, mark.group(1)) for line, mark in marks if mark]
    return sorted(found)


def _cells(example: str) -> list[tuple[str, list[str], list[str]]]:
    """The cells of an example: kind, tags, lines."""
    found: list[tuple[str, list[str], list[str]]] = []
    for line in example.strip("\n").split("\n"):
        if head := HEAD.match(line):
            found.append((head.group(1) or "", (head.group(2) or "").split(",") if head.group(2) else [], []))
        elif found:
            found[-1][2].append(line)
    return [(kind, tags, _trimmed(lines)) for kind, tags, lines in found]


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _output(kind: str, text: str) -> dict[str, object]:
    if kind == "output":
        return {"output_type": "stream", "name": "stdout", "text": text + "\n"}
    name, _, message = text.partition("\n")[0].partition(": ")
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": text.split("\n")}


def fixed(example: str, findings: Iterable[Finding]) -> str:
    """The example without its marks and with the fixes of the findings made."""
    edits = [(f.fix.place or f.place, f.fix.text) for f in findings if isinstance(f.fix, Replace)]
    lines = [FLAG.sub("", line) for line in example.strip("\n").split("\n")]
    starts = [at for at, line in enumerate(lines) if (head := HEAD.match(line)) and head.group(1) not in ASIDE]
    for place, text in sorted(edits, reverse=True, key=lambda edit: edit[0]):
        first = starts[place.cell - 1] + place.line
        last = starts[place.cell - 1] + (place.end_line or place.line)
        new = lines[first][: place.column - 1] + text + lines[last][place.end_column - 1 :]
        lines[first : last + 1] = new.split("\n")
    return "\n".join(lines)
