"""`nb2prod lint`: which notebooks, what is known of them, who reports what is found."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from nb2prod import __version__
from nb2prod.config import Arguments, Config, load, notebooks
from nb2prod.config._baseline import baseline_text, new_findings, read_baseline
from nb2prod.errors import ConfigError, NotebookError
from nb2prod.model import Checked, Finding, Place, Severity
from nb2prod.model.frozen import replace
from nb2prod.warm import RANKS, Line, Memory, stamp_of, words_of

# From here on it pays to ask several processes, and to tell how far it is.
MANY = 64


def lint_notebooks(arguments: Arguments, argv: Sequence[str]) -> int:
    """Run `lint` and return its exit code."""
    config = arguments.over(load("."))
    failing = _Failing(config.fail_on)
    results = failing.refusals(_results(arguments, config, _memory(arguments, config, argv)))
    if arguments.flag("--fix") or arguments.flag("--diff"):
        if arguments.words == ("-",):
            raise ConfigError("lint: --fix and --diff need a file; save the notebook and name it")
        mending = Mending(arguments.flag("--unsafe-fixes"), write=not arguments.flag("--diff"))
        results = mending.mended(results, config)
        if arguments.flag("--diff"):
            write_all(mending.shown(results))
            return 2 if failing.refused else int(bool(mending.fixes))
    if file := arguments.one("--write-baseline"):
        _put("--write-baseline", file, [baseline_text(results)])
        return 2 if failing.refused else 0
    if file := arguments.one("--baseline"):
        results = new_findings(results, read_baseline(file))
    _report(failing.watching(results), arguments)
    return failing.code(exit_zero=arguments.flag("--exit-zero"))


def _report(results: Iterable[Checked], arguments: Arguments) -> None:
    """Write each report that was asked for."""
    from nb2prod.report import Look, outputs

    looks = Look(colour=_colour(), fixes=arguments.flag("--show-fixes"), version=__version__)
    default = "full" if sys.stdout.isatty() and "PRE_COMMIT" not in os.environ else "concise"
    formats = outputs(arguments.all("--output-format") or [default], arguments.all("--output"))
    if any(each.located for each in formats) and arguments.words != ("-",):
        from nb2prod.pipeline import located

        results = located(results)
    if arguments.flag("--statistics"):
        formats = [replace(each, format="statistics") if not each.file else each for each in formats]
    if arguments.flag("--quiet"):
        formats = [each for each in formats if each.file]
    if len(formats) == 1 and not formats[0].file:
        write_all(formats[0].reporter(results, looks))
        return
    kept = list(results)
    for each in formats:
        look = replace(looks, colour=looks.colour and not each.file)
        _put("--output", each.file, each.reporter(iter(kept), look))


def _memory(arguments: Arguments, config: Config, argv: Sequence[str]) -> Memory | None:
    """What the last run said, where that is all that this run needs."""
    asked = words_of(list(argv))
    if asked is None or config.third_party_rules or "-" in arguments.words:
        return None
    memory = Memory(asked[0])
    memory.prepare()
    return memory


def _results(arguments: Arguments, config: Config, memory: Memory | None) -> Iterator[Checked]:
    paths = arguments.words or (".",)
    if "-" in paths:
        from nb2prod.pipeline import lint_bytes

        if paths != ("-",):
            raise ConfigError("lint: `-` reads one notebook from standard input; name no other path beside it")
        yield lint_bytes(sys.stdin.buffer.read(), arguments.one("--stdin-filename") or "stdin.ipynb", config)
        return
    found = list(notebooks(paths, config, memory.searched if memory else None))
    if not found:
        say("no notebooks found; name a .ipynb file or a folder that holds some")
    yield from _linted(found, arguments, config, memory)


def _linted(found: list[str], arguments: Arguments, config: Config, memory: Memory | None) -> Iterator[Checked]:
    """The results for some notebooks: those that have not changed from memory, the others from a look at them."""
    from nb2prod.pipeline import lint

    kept = {path: lines for path in found if (lines := _recalled(path, memory)) is not None}
    stamps = {path: stamp_of(path) for path in found if path not in kept}
    new = lint(_with_progress(list(stamps)), config, _jobs(arguments, len(stamps)), bare=memory is not None)
    for path in found:
        if path in kept:
            yield Checked(path, "", findings=tuple(_finding(line) for line in kept[path]))
            continue
        checked = next(new)
        if memory is not None and not checked.refused and path == _clean(path):
            memory.note(path, stamps[path], checked.digest, [_line(finding) for finding in checked.findings])
        yield checked
    if memory is not None:
        memory.save(config.fail_on, found)


def _jobs(arguments: Arguments, many: int) -> int:
    """How many processes are to work."""
    asked = arguments.one("--jobs")
    if asked and not asked.isdigit():
        raise ConfigError(f"--jobs: `{asked}` is not a number")
    if asked:
        return max(1, int(asked))
    return min(os.cpu_count() or 1, 8) if many >= MANY else 1


def _recalled(path: str, memory: Memory | None) -> list[Line] | None:
    """What is remembered of a notebook that has the content that it had, whatever its time says."""
    if memory is None or (lines := memory.known(path)) is not None or path not in memory.notebooks:
        return lines if memory is not None else None
    from nb2prod.notebook import contents, digest_of

    try:
        return memory.same(path, digest_of(contents(path).data))
    except NotebookError:
        return None


def _line(finding: Finding) -> Line:
    place = finding.place
    return finding.severity, finding.rule, place.cell, place.line, place.column, _clean(finding.message)


def _finding(line: Line) -> Finding:
    severity, rule, cell, number, column, message = line
    return Finding(rule, message, Place(cell, number, column), cast("Severity", severity))


def _with_progress(paths: list[str]) -> Iterator[str]:
    """The paths, with a line on the terminal that says how far it is, if there are many."""
    told = len(paths) >= MANY and sys.stderr.isatty()
    for number, path in enumerate(paths, 1):
        if told and number % 10 == 0:
            sys.stderr.write(f"\r{number} of {len(paths)} notebooks")
        yield path
    if told:
        sys.stderr.write("\r\033[K")


class Mending:
    """Makes the fixes that findings carry, and counts them."""

    def __init__(self, unsafe: bool, write: bool) -> None:
        self.unsafe, self.write = unsafe, write
        self.fixes = 0
        self.changed: list[tuple[Checked, Iterable[tuple[int, str, str]]]] = []

    def mended(self, results: Iterable[Checked], config: Config) -> Iterator[Checked]:
        """The results after the fixes: what was written is looked at again."""
        from nb2prod.notebook.file import whole, write_contents
        from nb2prod.notebook.splice import mended
        from nb2prod.pipeline import lint

        for checked in results:
            new = mended(whole(checked.path), checked.path, checked.findings, self.unsafe) if checked.notebook else None
            if new is None:
                yield checked
                continue
            self.fixes += new.fixes
            self.changed.append((checked, new.cells))
            if self.write:
                write_contents(checked.path, new.data)
                yield from lint([checked.path], config)

    def shown(self, results: Iterable[Checked]) -> Iterator[str]:
        """The difference that the fixes make, notebook by notebook."""
        from nb2prod.report.diff import cell_diff

        for _ in results:
            """Nothing is said of what is not fixed."""
        for checked, cells in self.changed:
            yield from cell_diff(checked.path, cells, checked.secrets)


class _Failing:
    """Watches results go by, says what could not be read, and knows the exit code in the end."""

    def __init__(self, fail_on: str) -> None:
        self.least = RANKS[fail_on]
        self.worst = -1
        self.refused = False

    def refusals(self, results: Iterable[Checked]) -> Iterator[Checked]:
        """The results as they are; what could not be read is said."""
        for checked in results:
            if checked.refused:
                self.refused = True
                say(f"error: {checked.refused}")
            yield checked

    def watching(self, results: Iterable[Checked]) -> Iterator[Checked]:
        """The results as they are; the worst finding is noted."""
        for checked in results:
            self.worst = max([self.worst, *(RANKS[finding.severity] for finding in checked.findings)])
            yield checked

    def code(self, *, exit_zero: bool) -> int:
        """The exit code."""
        if self.refused:
            return 2
        return 1 if self.worst >= self.least and not exit_zero else 0


def _colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _put(option: str, file: str, chunks: Iterable[str]) -> None:
    if not file:
        write_all(chunks)
        return
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace") as opened:  # noqa: PTH123
            opened.writelines(chunks)
    except OSError as error:
        raise ConfigError(f"{option} {file}: can't be written ({error.strerror}); name another file") from error


def write_all(chunks: Iterable[str]) -> None:
    """Print some pieces of text."""
    for chunk in chunks:
        write(chunk)


def write(text: str) -> None:
    """Print a text."""
    sys.stdout.write(text)


def say(text: str) -> None:
    """Say something to the person at the terminal, after what is printed so far."""
    from nb2prod.report import clean

    sys.stdout.flush()
    sys.stderr.write(clean(text) + "\n")


def _clean(text: str) -> str:
    from nb2prod.report import clean

    return clean(text)
