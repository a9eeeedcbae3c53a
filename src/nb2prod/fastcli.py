"""The commands that a hook runs: `lint`, `rules`, `explain`, `--version`.

They read their arguments by hand and import nothing that they don't use: typer, and what comes with it, would cost
more than checking a notebook does. Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 the user can act (one
line on stderr), 3 a bug in nb2prod.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from nb2prod import __version__
from nb2prod.config import USAGE, Arguments, Config, load, near, notebooks, parse_arguments
from nb2prod.errors import ConfigError, Nb2prodError, NotebookError
from nb2prod.model import Checked, Finding, Place
from nb2prod.warm import Line, Memory, stamp_of, words_of

COMMANDS = ("lint", "rules", "explain")
# From here on it pays to ask several processes, and to tell how far it is.
MANY = 64
RANKS = {"info": 0, "warning": 1, "error": 2, "never": 3}


def handles(argv: Sequence[str]) -> bool:
    """Whether these arguments are for here."""
    return bool(argv) and (argv[0] in COMMANDS or list(argv) in (["--version"], ["-V"]))


def run(argv: Sequence[str]) -> int:
    """Run one of the commands and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # a notebook's trees are many objects and no garbage
    try:
        return _run(argv)
    except Nb2prodError as error:
        _say(f"error: {error}")
        return 2
    except BrokenPipeError:
        # The reader of the output has gone: nothing more can be said to it, not even when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        _say("interrupted")
        return 2
    except Exception:
        import traceback

        traceback.print_exc()
        _say("this is a bug in nb2prod; please report it with the lines above")
        return 3


def _run(argv: Sequence[str]) -> int:
    if argv[0] in {"--version", "-V"}:
        _write(f"nb2prod {__version__}\n")
        return 0
    if {"--help", "-h"} & set(argv):
        _write(USAGE[argv[0]])
        return 0
    arguments = parse_arguments(argv[0], argv[1:])
    if argv[0] == "lint":
        return _lint(arguments, argv)
    commands: dict[str, Callable[[Arguments], int]] = {"rules": _rules, "explain": _explain}
    return commands[argv[0]](arguments)


def _lint(arguments: Arguments, argv: Sequence[str]) -> int:
    from nb2prod.pipeline import located
    from nb2prod.report import Look, outputs

    config = arguments.over(load("."))
    looks = Look(colour=_colour(), fixes=arguments.flag("--show-fixes"), version=__version__)
    default = "full" if sys.stdout.isatty() and "PRE_COMMIT" not in os.environ else "concise"
    formats = outputs(arguments.all("--output-format") or [default], arguments.all("--output"))
    memory = _memory(arguments, config, argv)
    results = _results(arguments, config, memory)
    if any(each.located for each in formats) and arguments.words != ("-",):
        results = located(results)
    failing = _Failing(config.fail_on)
    if arguments.flag("--statistics"):
        formats = [replace(each, format="statistics") if not each.file else each for each in formats]
    if arguments.flag("--quiet"):
        formats = [each for each in formats if each.file]
    if len(formats) == 1 and not formats[0].file:
        _write_all(formats[0].reporter(failing.watching(results), looks))
    else:
        kept = list(failing.watching(results))
        for each in formats:
            _put(each.file, each.reporter(iter(kept), replace(looks, colour=looks.colour and not each.file)))
    return failing.code(exit_zero=arguments.flag("--exit-zero"))


def _memory(arguments: Arguments, config: Config, argv: Sequence[str]) -> Memory | None:
    """What the last run said, where that is all that this run needs."""
    asked = words_of(list(argv))
    if asked is None or config.third_party_rules or "-" in arguments.words:
        return None
    return Memory(asked[0])


def _clean(text: str) -> str:
    from nb2prod.report import clean

    return clean(text)


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
        _say("no notebooks found; name a .ipynb file or a folder that holds some")
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
    return Finding(rule, message, Place(cell, number, column), severity)


def _with_progress(paths: list[str]) -> Iterator[str]:
    """The paths, with a line on the terminal that says how far it is, if there are many."""
    told = len(paths) >= MANY and sys.stderr.isatty()
    for number, path in enumerate(paths, 1):
        if told and number % 10 == 0:
            sys.stderr.write(f"\r{number} of {len(paths)} notebooks")
        yield path
    if told:
        sys.stderr.write("\r\033[K")


class _Failing:
    """Watches results go by, says what could not be read, and knows the exit code in the end."""

    def __init__(self, fail_on: str) -> None:
        self.least = RANKS[fail_on]
        self.worst = -1
        self.refused = False

    def watching(self, results: Iterable[Checked]) -> Iterator[Checked]:
        """The results as they are."""
        for checked in results:
            if checked.refused:
                self.refused = True
                _say(f"error: {checked.refused}")
            self.worst = max([self.worst, *(RANKS[finding.severity] for finding in checked.findings)])
            yield checked

    def code(self, *, exit_zero: bool) -> int:
        """The exit code."""
        if self.refused:
            return 2
        return 1 if self.worst >= self.least and not exit_zero else 0


def _rules(arguments: Arguments) -> int:
    from nb2prod.report.manual import rules_as_json, rules_as_table
    from nb2prod.rules import all_rules

    render = rules_as_json if arguments.one("--output-format") == "json" else rules_as_table
    _write_all(render(all_rules().values()))
    return 0


def _explain(arguments: Arguments) -> int:
    from nb2prod.report.manual import page, rules_as_json
    from nb2prod.rules import all_rules

    if len(arguments.words) != 1:
        raise ConfigError("explain: name one rule; `nb2prod rules` lists them")
    name = arguments.words[0]
    if name not in all_rules():
        raise ConfigError(f"explain: there is no rule `{name}`{near(name, tuple(all_rules()))}")
    rule = all_rules()[name]
    _write_all(rules_as_json([rule]) if arguments.one("--output-format") == "json" else [page(rule)])
    return 0


def _colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _put(file: str, chunks: Iterable[str]) -> None:
    if not file:
        _write_all(chunks)
        return
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace") as opened:  # noqa: PTH123
            opened.writelines(chunks)
    except OSError as error:
        raise ConfigError(f"--output {file}: can't be written ({error.strerror}); name another file") from error


def _write_all(chunks: Iterable[str]) -> None:
    for chunk in chunks:
        _write(chunk)


def _write(text: str) -> None:
    sys.stdout.write(text)


def _say(text: str) -> None:
    from nb2prod.report import clean

    sys.stdout.flush()
    sys.stderr.write(clean(text) + "\n")
