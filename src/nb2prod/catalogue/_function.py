"""What one entry of the catalogue says, and the compact way to write many of them."""

from collections.abc import Collection

from nb2prod.model.frozen import dataclass

EFFECTS = {
    "backend": "chooses where figures are drawn",
    "clock": "asks what time it is",
    "cwd": "changes the working directory",
    "database": "talks to a database",
    "display": "shows something on a screen",
    "env": "reads or sets the environment",
    "exit": "ends the program, or says what happens then",
    "files": "looks at or changes files",
    "input": "waits for a person",
    "logging": "writes to a log, or sets one up",
    "network": "talks to another machine",
    "options": "changes how a library behaves from now on",
    "path": "changes where imports come from",
    "plot": "draws",
    "prints": "writes to standard output or error",
    "random": "draws random numbers",
    "seed": "sets or makes a random generator",
    "shell": "starts another program",
    "sleep": "waits",
    "warnings": "warns, or changes which warnings are shown",
}
ROLES = frozenset({"setup", "load", "clean", "transform", "split", "train", "predict", "evaluate", "plot", "export"})

Argument = tuple[int, str]  # position from 0, -1 if it is only ever passed by keyword; and the keyword

RECEIVER: Argument = (-1, "self")


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method of a library.

    `returns` is the dotted type of the result, with type arguments where they are known; "self" is the
    receiver's own type, "first" the type of the first argument if that is an array, a series or a frame
    (`numpy.log`), "args" what `train_test_split` does (two values of each argument's type). `unless` are the
    arguments with which it is `otherwise` instead ("" if that depends on more), like `chunksize=`; `result`
    answers for a given call. `reads` and `writes` are the position and the keyword of the argument that is a
    path or URL to read or write, `RECEIVER` if the receiver is; where both are the same one, as in `open`,
    the mode decides.

    `pure` means that calling it does nothing but compute: it may be left out when only its value was
    displayed, provided that no `inplace=` or `out=` is passed, that a function that is passed is pure as
    well, and that no iterator is passed, which would be used up. `mutates` means that it changes its
    receiver, or its first argument if it has no receiver. `effects` are words of `EFFECTS`. `seed` is the
    keyword that makes it repeatable, `seed_at` its position; `random_if` is the argument that makes it
    random where it is not so by itself (`KFold(shuffle=)`); `unseeded` answers for a given call. `role` is
    the stage role that a call speaks for.
    """

    returns: str = ""
    reads: Argument | None = None
    writes: Argument | None = None
    role: str = ""
    effects: frozenset[str] = frozenset()
    pure: bool = False
    mutates: bool = False
    seed: str = ""
    seed_at: int = -1
    random_if: str = ""
    unless: tuple[Argument, ...] = ()
    otherwise: str = ""

    def result(self, positional: int, keywords: Collection[str]) -> str:
        """The type that a call with so many positional arguments and these keywords returns, "" if unknown.

        Leave out keywords that are passed as False or None: they ask for nothing.
        """
        return self.otherwise if _given(self.unless, positional, keywords) else self.returns

    def seeded(self, positional: int, keywords: Collection[str]) -> bool:
        """Whether a call with these arguments passes the seed."""
        return bool(self.seed) and _given(((self.seed_at, self.seed),), positional, keywords)

    def unseeded(self, positional: int, keywords: Collection[str]) -> bool:
        """Whether a call with these arguments draws random numbers that no seed of its own makes repeatable."""
        random = "random" in self.effects or self.random_if in keywords
        return random and not self.seeded(positional, keywords)

    @property
    def opens(self) -> bool:
        """Whether one argument is a file that is read or written as the mode says, as with `open`."""
        return self.reads is not None and self.reads == self.writes


def _given(arguments: tuple[Argument, ...], positional: int, keywords: Collection[str]) -> bool:
    return any(keyword in keywords or 0 <= at < positional for at, keyword in arguments)


def writes(keyword: str, at: int = 0) -> Function:
    """A writer of one file."""
    return Function(writes=(at, keyword), role="export")


def table(*rows: tuple[str, str, Function]) -> dict[str, Function]:
    """Entries by dotted name, from rows of an owner, its functions in one string, and what is true of all of them.

    Raises ValueError if a name comes twice.
    """
    entries: dict[str, Function] = {}
    for owner, words, function in rows:
        for name in named(owner, words):
            if name in entries:
                raise ValueError(f"{name} is catalogued twice")
            entries[name] = function
    return entries


def bases(*rows: tuple[str, str, str]) -> dict[str, tuple[str, ...]]:
    """The base types of every class, from rows of a module, its classes in one string, and their bases in one."""
    return {name: tuple(parents.split()) for module, words, parents in rows for name in named(module, words)}


def properties(*rows: tuple[str, str, str]) -> dict[str, str]:
    """The type of every attribute, from rows of an owner, its attributes in one string, and their type."""
    return {name: kind for owner, words, kind in rows for name in named(owner, words)}


def aliases(*rows: tuple[str, str, str]) -> dict[str, str]:
    """The public name of every other name, from rows of a module, names in it, and the module that they belong to."""
    return {f"{module}.{word}": f"{public}.{word}" for module, words, public in rows for word in words.split()}


def named(owner: str, words: str) -> list[str]:
    """The dotted names of the words; a builtin's owner is ""."""
    prefix = f"{owner}." if owner else ""
    return [prefix + word for word in words.split()]


PURE = Function(pure=True)
STR = Function("str", pure=True)
INT = Function("int", pure=True)
FLOAT = Function("float", pure=True)
BOOL = Function("bool", pure=True)
NOTHING = Function("None")
CHANGES = Function("None", mutates=True)

PLOT = frozenset({"plot"})
PRINTS = frozenset({"prints"})
DISPLAY = frozenset({"display"})
INPUT = frozenset({"input"})
RANDOM = frozenset({"random"})
SEED = frozenset({"seed"})
NETWORK = frozenset({"network"})
DATABASE = frozenset({"database"})
FILES = frozenset({"files"})
OPTIONS = frozenset({"options"})
CLOCK = frozenset({"clock"})
SHELL = frozenset({"shell"})
