"""A baseline: the findings that were there before. It knows them by their content, so that moving a cell brings none back."""

# pathlib takes as long to import as a notebook to check
# ruff: noqa: PTH123

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from nb2prod.errors import ConfigError
from nb2prod.model import Checked, Finding
from nb2prod.model.frozen import replace

VERSION = 1
# notebook → rule and statement → how many
Baseline = dict[str, dict[str, int]]


def read_baseline(path: str) -> Baseline:
    """The baseline in a file; raises ConfigError if there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        return {str(uri): {str(key): int(n) for key, n in counts.items()} for uri, counts in found["notebooks"].items()}
    except OSError as error:
        raise ConfigError(
            f"--baseline {path}: can't be read ({error.strerror}); make it with --write-baseline {path}"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"--baseline {path}: not a baseline; make it anew with --write-baseline {path}") from error


def new_findings(results: Iterable[Checked], baseline: Baseline) -> Iterator[Checked]:
    """The results without as many equal findings of each notebook as the baseline holds."""
    for checked in results:
        left = Counter(baseline.get(checked.uri, {}))
        new: list[Finding] = []
        for finding in checked.findings:
            key = _key(finding)
            if left[key]:
                left[key] -= 1
            else:
                new.append(finding)
        yield replace(checked, findings=tuple(new))


def baseline_text(results: Iterable[Checked]) -> str:
    """The baseline of some results, as the text of a file that compares well."""
    found = {checked.uri: Counter(map(_key, checked.findings)) for checked in results if checked.findings}
    notebooks = {uri: dict(sorted(counts.items())) for uri, counts in sorted(found.items())}
    return json.dumps({"version": VERSION, "notebooks": notebooks}, indent=2) + "\n"


def _key(finding: Finding) -> str:
    """The rule, and a short text that stands for the statement, whatever the blanks in it."""
    statement = "".join(finding.code.split()).encode("utf-8", "backslashreplace")
    import hashlib  # only who writes a baseline asks

    return f"{finding.rule}:{hashlib.sha256(statement).hexdigest()[:16]}"
