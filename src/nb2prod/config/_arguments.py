"""The arguments of the commands that start without typer."""

from collections.abc import Mapping, Sequence

from nb2prod.config._settings import Config, asked, near
from nb2prod.errors import ConfigError
from nb2prod.model.frozen import dataclass, replace

# Option → what it takes: a word, a list of words with commas, or nothing.
LINT = {
    "--output-format": "word",
    "--output": "word",
    "--profile": "word",
    "--select": "words",
    "--ignore": "words",
    "--fail-on": "word",
    "--stdin-filename": "word",
    "--exit-zero": "flag",
    "--force-exclude": "flag",
    "--quiet": "flag",
    "--statistics": "flag",
    "--no-cache": "flag",
    "--jobs": "word",
    "--fix": "flag",
    "--unsafe-fixes": "flag",
    "--diff": "flag",
    "--baseline": "word",
    "--write-baseline": "word",
    "--show-fixes": "flag",
}
EXPLAIN = {"--output-format": "word"}
RULES = {**EXPLAIN, "--config-schema": "flag"}
OPTIONS: Mapping[str, Mapping[str, str]] = {"lint": LINT, "rules": RULES, "explain": EXPLAIN}
SHORT = {"-q": "--quiet", "-o": "--output"}

USAGE = {
    "lint": """Usage: nb2prod lint [PATHS]... [OPTIONS]

Say what keeps notebooks from production. PATHS are notebooks and folders; `-` reads one from standard input.

  --output-format FORMAT   full, concise, json, sarif, github, gitlab, junit, rdjson, markdown or html
  --output FILE            write there instead of to standard output; FORMAT=FILE adds a report, any number of times
  --profile PROFILE        hook (quiet, the default), ci or all
  --select RULES           only these rules or groups, with commas
  --ignore RULES           all but these
  --fail-on SEVERITY       error, warning (the default), info or never: when the exit code is 1
  --exit-zero              exit code 0 whatever is found
  --force-exclude          leave out what the settings exclude, also where it is named
  --stdin-filename NAME    what to call the notebook from standard input
  --statistics             how often each rule found something, instead of the findings
  --show-fixes             say what each fix would do
  --fix                    mend what can be mended safely, in the files; nothing else in them changes
  --unsafe-fixes           with --fix or --diff: also what may change what the notebook does
  --diff                   show what --fix would change, cell by cell, and change nothing
  --baseline FILE          leave out the findings that FILE lists: those that were there before
  --write-baseline FILE    list what is found in FILE, and report nothing
  --jobs N                 how many processes; by default one a processor where there are many notebooks
  --no-cache               don't ask what the last run said of notebooks that have not changed since
  -q, --quiet              print no findings; the exit code and the files of --output say it all

Exit codes: 0 clean, 1 findings, 2 an error in what was asked or read, 3 a bug in nb2prod.
""",
    "rules": "Usage: nb2prod rules [--output-format json] [--config-schema]\n\n"
    "List every rule, or print the JSON schema of the settings for editors.\n",
    "explain": "Usage: nb2prod explain RULE [--output-format json]\n\nShow the manual page of a rule.\n",
}


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a command line says: its words, and the values of each option in order."""

    words: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]]

    def one(self, option: str) -> str:
        """The last value of an option, "" if it is not given."""
        return self.options.get(option, ("",))[-1]

    def all(self, option: str) -> list[str]:
        """Every value of an option, in order."""
        return list(self.options.get(option, ()))

    def flag(self, option: str) -> bool:
        """Whether an option is given."""
        return option in self.options

    def over(self, config: Config) -> Config:
        """The settings, with what the command line says instead."""
        for name in ("profile", "fail-on"):
            config = asked(config, name, self.one(f"--{name}"))
        if self.flag("--select"):
            config = replace(config, select=tuple(self.options["--select"]))
        if self.flag("--ignore"):
            config = replace(config, ignore=(*config.ignore, *self.options["--ignore"]))
        return replace(config, force_exclude=config.force_exclude or self.flag("--force-exclude"))


def parse_arguments(command: str, argv: Sequence[str]) -> Arguments:
    """Read the arguments of a command; raises ConfigError for one that it does not know."""
    known, waiting = OPTIONS[command], list(argv)
    words: list[str] = []
    options: dict[str, tuple[str, ...]] = {}
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            words += waiting
            break
        if word == "-" or not word.startswith("-"):
            words.append(word)
            continue
        name, equals, value = word.partition("=")
        name = SHORT.get(name, name)
        if name not in known:
            raise ConfigError(f"{command}: there is no option `{name}`{near(name, tuple(known))}")
        if known[name] == "flag":
            if equals:
                raise ConfigError(f"{command}: `{name}` takes no value")
            options[name] = ()
            continue
        if not equals and not waiting:
            raise ConfigError(f"{command}: `{name}` needs a value")
        value = value if equals else waiting.pop(0)
        values = (
            tuple(part.strip() for part in value.split(",") if part.strip()) if known[name] == "words" else (value,)
        )
        options[name] = (*options.get(name, ()), *values)
    return Arguments(tuple(words), options)
