"""How often each rule found something."""

from collections import Counter
from collections.abc import Iterable, Iterator

from nb2prod.model import Checked
from nb2prod.report._look import Look


def report(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """A line for each rule, the most frequent first."""
    found = Counter((finding.rule, finding.severity) for checked in results for finding in checked.findings)
    for (rule, severity), count in found.most_common():
        yield f"{count:6} {look.paint(f'{severity:7}', severity)} {rule}\n"
