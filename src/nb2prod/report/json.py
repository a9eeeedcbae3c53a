"""Everything as one JSON object; `schema` counts up when a key changes its meaning or goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

from nb2prod.model import Checked
from nb2prod.report._facts import Value, facts, fingerprints, printable
from nb2prod.report._look import Look

SCHEMA = 1


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The object: the version, each notebook, each finding."""
    notebooks: list[Value] = []
    findings: list[Value] = []
    for checked in results:
        notebooks.append(
            {
                "path": checked.path,
                "uri": checked.uri,
                "findings": len(checked.findings),
                "error": printable(checked.refused),
            }
        )
        findings += [facts(checked, finding, fingerprint) for finding, fingerprint in fingerprints(checked)]
    yield dumps(
        {"schema": SCHEMA, "tool": "nb2prod", "version": look.version, "notebooks": notebooks, "findings": findings},
        indent=2,
    )
    yield "\n"
