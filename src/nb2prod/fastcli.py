"""The commands that a hook runs: `lint`, `rules`, `explain`, `--version`.

They read their arguments by hand and import nothing that they don't use: typer, and what comes with it, would cost
more than checking a notebook does. Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 the user can act (one
line on stderr), 3 a bug in nb2prod.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence

from nb2prod import __version__
from nb2prod.config import USAGE, Arguments, near, parse_arguments
from nb2prod.errors import ConfigError, Nb2prodError
from nb2prod.lintcli import lint_notebooks, say, write, write_all

COMMANDS = ("lint", "rules", "explain")


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
        code = _run(argv)
        gc.freeze()  # nothing that is left is garbage: the interpreter need not look through it when it ends
        return code
    except Nb2prodError as error:
        say(f"error: {error}")
        return 2
    except BrokenPipeError:
        # The reader of the output has gone: nothing more can be said to it, not even when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 2
    except Exception:
        import traceback

        traceback.print_exc()
        say("this is a bug in nb2prod; please report it with the lines above")
        return 3


def _run(argv: Sequence[str]) -> int:
    if argv[0] in {"--version", "-V"}:
        write(f"nb2prod {__version__}\n")
        return 0
    if {"--help", "-h"} & set(argv):
        write(USAGE[argv[0]])
        return 0
    arguments = parse_arguments(argv[0], argv[1:])
    if argv[0] == "lint":
        return lint_notebooks(arguments, argv)
    commands: dict[str, Callable[[Arguments], int]] = {"rules": _rules, "explain": _explain}
    return commands[argv[0]](arguments)


def _rules(arguments: Arguments) -> int:
    from nb2prod.report.manual import rules_as_json, rules_as_table, settings_schema
    from nb2prod.rules import all_rules

    if arguments.flag("--config-schema"):
        write(settings_schema(list(all_rules().values())))
        return 0
    render = rules_as_json if arguments.one("--output-format") == "json" else rules_as_table
    write_all(render(all_rules().values()))
    return 0


def _explain(arguments: Arguments) -> int:
    from nb2prod.pipeline import fixes_of
    from nb2prod.report.manual import page, rules_as_json
    from nb2prod.rules import all_rules

    if len(arguments.words) != 1:
        raise ConfigError("explain: name one rule; `nb2prod rules` lists them")
    name = arguments.words[0]
    if name not in all_rules():
        raise ConfigError(f"explain: there is no rule `{name}`{near(name, tuple(all_rules()))}")
    rule = all_rules()[name]
    write_all(rules_as_json([rule]) if arguments.one("--output-format") == "json" else [page(rule, fixes_of(rule))])
    return 0
