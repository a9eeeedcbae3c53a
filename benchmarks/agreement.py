"""Two judges of the same conversions: a scoreboard that observes the project from outside, and verify."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from nb2prod.errors import Nb2prodError
from nb2prod.pipeline import verify
from nb2prod.report import proof
from nb2prod.trace import Options

# What a verdict of the scoreboard lets one expect of verify. A value or a line that the scoreboard did not find may be
# one that it does not look for, so `partial` goes with either, and needs a reason.
EXPECTED = {
    "equal": {"proven"},
    "partial": {"proven", "differs"},
    "wrong": {"differs"},
    "broken": {"differs"},
    "refused": {"no project"},
    "crash": {"no project"},
    "n/a": {"not proven"},
}


@dataclass(frozen=True)
class Row:
    """One notebook: the verdict of the scoreboard and what it rests on, that of verify and why."""

    name: str
    scored: str
    note: str
    verdict: str
    why: str

    @property
    def agrees(self) -> bool:
        """Whether the two verdicts go together."""
        return self.verdict in EXPECTED[self.scored]


def silent(*said: object) -> None:
    """Nobody wants to see how far it is."""
    del said


def slug_of(path: Path) -> str:
    """The folder of a notebook in the results of the scoreboard."""
    whole = str(path.resolve())
    return f"{path.stem[:40].replace(' ', '_')}-{hashlib.sha1(whole.encode(), usedforsecurity=False).hexdigest()[:6]}"


def report_agreement(results: Path, paths: Sequence[str], options: Options, seconds: float) -> None:
    """Print a line for each notebook that both have judged and whose verdicts need a word, then the table of both.

    `results` holds `rows.jsonl` and the folder of each notebook with its `project`; verify's verdicts are kept there, so
    that another call goes on where time ran out.
    """
    known = {slug_of(path): path for path in _notebooks(paths)}
    lines = (results / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    found = [row for row in map(json.loads, lines) if row["slug"] in known]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda row: _judged(row, results, known[row["slug"]], options, until), found))
    done = [row for row in rows if row.verdict != "no time"]
    for row in done:
        if not row.agrees or row.scored in {"partial", "wrong", "broken"}:
            print(f"{'' if row.agrees else 'DISAGREE '}{row.name}: {row.scored} ({row.note}); {row.verdict}: {row.why}")
    _print_table(done)
    print(
        f"{sum(row.agrees for row in done)} of {len(done)} agree; {len(rows) - len(done)} not judged for want of time"
    )


def _notebooks(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.ipynb")) if path.is_dir() else [path]


def _judged(row: dict[str, object], results: Path, path: Path, options: Options, until: float) -> Row:
    folder = results / str(row["slug"])
    note = "; ".join(f"{key} {row[key]}" for key in ("note", "wrong", "gone") if row.get(key))
    printed, files = (
        f"{row.get(seen)} of {row.get(whole)}"
        for seen, whole in (("printed_seen", "printed"), ("files_there", "files"))
    )
    verdict, why = _verdict(folder, path, options, until)
    return Row(path.name, str(row["verdict"]), (note or f"lines {printed}, files {files}")[:300], verdict, why[:300])


def _verdict(folder: Path, path: Path, options: Options, until: float) -> tuple[str, str]:
    """Verify's verdict on a notebook and its project and why, from the file of an earlier call if there is one."""
    report, kept = folder / "project" / "nb2prod.json", folder / "verify.json"
    if not report.is_file():
        return "no project", "it was refused"
    if not kept.is_file() or kept.stat().st_mtime < report.stat().st_mtime:
        if time.monotonic() > until:
            return "no time", ""
        try:
            evidence = verify(str(path), str(folder / "project"), options, silent)
        except Nb2prodError as error:
            return "not proven", str(error)
        kept.write_text(proof.as_json(evidence), encoding="utf-8")
    held = json.loads(kept.read_text(encoding="utf-8"))
    return str(held["verdict"]), str(held["why"])


def _print_table(rows: Sequence[Row]) -> None:
    """How often each verdict of the scoreboard met each of verify's."""
    met = Counter((row.scored, row.verdict) for row in rows)
    columns = sorted({verdict for _, verdict in met})
    print(" | ".join(["scoreboard", *columns]))
    for scored in [name for name in EXPECTED if any(key[0] == name for key in met)]:
        print(" | ".join([scored, *(str(met[scored, column]) for column in columns)]))
