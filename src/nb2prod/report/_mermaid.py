"""The pipeline as a Mermaid graph, which forges draw: stages, and what flows between them, with types."""

import re
from collections.abc import Iterator

from nb2prod.model.report import Report
from nb2prod.report._graph import told
from nb2prod.report._text import clean

# What a label may hold: anything else could end it, or be a command.
SPECIAL = re.compile(r"[^\w .,:()-]|(?<=-)-")


def mermaid(report: Report) -> Iterator[str]:
    """The block, fenced; nothing without stages."""
    if not report.stages:
        return
    numbers = {stage.name: number for number, stage in enumerate(report.stages)}
    yield "```mermaid"
    yield "flowchart TD"
    yield from (f"    s{number}[{_label(stage.name)}]" for number, stage in enumerate(report.stages))
    for edge in report.edges:
        yield f"    s{numbers[edge.source]} -->|{_label(told(edge.values))}| s{numbers[edge.target]}"
    yield "```"


def _label(text: str) -> str:
    return f'"{" ".join(SPECIAL.sub(" ", clean(text)).split()) or "-"}"'
