"""What becomes of IPython's own syntax: dropped, translated to plain Python, or left to a person."""

import ast
import builtins
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nb2prod.model.facts import Statement
from nb2prod.model.notebook import Cell, Magic
from nb2prod.model.places import span
from nb2prod.model.plan import Edit
from nb2prod.plan.commands import FETCH, MAGIC, SHELL, python_of
from nb2prod.plan.expanded import formatted

MASK = "__magic__"
VIEW = frozenset(
    "matplotlib load_ext reload_ext unload_ext autoreload config precision colors xmode pdb who whos who_ls pinfo pinfo2 "
    "psource pdoc history hist logstart logstop lsmagic magic quickref automagic autosave notebook gui doctest_mode "
    "debug tb watermark html HTML javascript js latex svg SVG markdown time prun capture page pprint psearch unalias "
    "autocall alias alias_magic rehashx macro pycat pfile pdef bookmark dhist tensorboard reload_kernel aimport "
    "nbagg inline output kql_display tensorflow_version killbgscripts".split()
)
INSTALLS = frozenset({"pip", "pip3", "conda", "mamba", "uv", "micromamba"})
SYSTEM = frozenset({"apt", "apt-get", "brew", "yum", "dnf"})
ALIASES = frozenset("ls ll cat cp mv rm mkdir rmdir man more less lf lk lx ldir".split())
# A script cell in a language that a program reads from its input; the last ones give their output back, like `!!`.
SCRIPTS = {
    "bash": "bash",
    "sh": "sh",
    "shell": "bash",
    "python": "python",
    "python3": "python",
    "perl": "perl",
    "ruby": "ruby",
}
ANSWERS = frozenset({"system", "sx", "!"})
MEASURES = frozenset({"timeit", "memit", "mprun", "lprun"})
# Programs that a package brings: who calls them needs it.
PROGRAMS = {"gdown": "gdown", "kaggle": "kaggle", "aws": "awscli", "dvc": "dvc"}
VALUED = frozenset(
    "-r --requirement -c --constraint -i --index-url --extra-index-url -f --find-links -t --target -e --editable -n --name "
    "-p --prefix --channel".split()
)
# What to do instead of a magic that has no translation.
HINTS = {
    "sql": "; run the query by pandas.read_sql",
    "bigquery": "; run the query by google.cloud.bigquery.Client",
    "R": "; port it, or run it by Rscript",
    "cython": "; make it an extension module",
    "run": "; make that file a module of the package and import what it defines",
    "load": "; put the code of that file into the cell",
    "store": "; write the value to a file and read it there",
}
TIMING = "its code runs; how long it took is not printed"
NO_SYNTAX = "nothing in the package has a use for it"
CHANGING = frozenset(
    "append extend update pop remove insert clear add sort reverse write fit setdefault popitem discard shuffle".split()
)
MEASURE_OPTIONS = re.compile(r"^(?:\s*-(?:[nrp]\s*\d+|[fmDT]\s+\S+|[tcqvousz]+)(?=\s|$))+\s*")


@dataclass(frozen=True, slots=True)
class Lowered:
    """What becomes of one statement. All empty: it stays as it is."""

    edits: tuple[Edit, ...] = ()
    dropped: str = ""
    what: str = ""
    refused: str = ""
    installs: tuple[str, ...] = ()
    shell: bool = False
    reads: frozenset[str] = frozenset()
    kills: frozenset[str] = frozenset()
    whole: str = ""


def lower(cell: Cell, statement: Statement, custom: Mapping[str, str], closed: frozenset[str]) -> Lowered:
    """Translate the magics of a statement; each call of the mask is replaced by plain Python.

    `custom` are the notebook's own magics: calls of the functions that they are. `closed` are its functions
    that neither read nor change a variable.
    """
    calls = [
        node for node in ast.walk(statement.node) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == MASK
    ]
    if not calls:
        return Lowered()
    edits: list[Edit] = []
    refused, installs, shell = "", [], False
    reads, kills, whole = set(), set(), ""
    for call in calls:
        magic = cell.magics[_number(call)]
        alone = isinstance(statement.node, ast.Expr) and statement.node.value is call
        code = _own(magic, custom) or _translate(magic, call, closed)
        reads |= {magic.name} & custom.keys()
        if magic.name == "xdel" and magic.text.strip().isidentifier():
            kills.add(magic.text.strip())
        if magic.name == "run" and not code_refused(code):
            whole = f"%run {magic.text.strip()} binds names that the text does not show"
        installs += _packages(magic)
        if code is None and alone:
            return Lowered(dropped=_why(magic), what=_show(magic), installs=tuple(installs))
        if code_refused(code):
            refused = f"{_show(magic)} has no translation{HINTS.get(magic.name, '')}"
            stop = f"cell {cell.index}, line {magic.line}: {refused}; rewrite it by hand"
            code = f"raise NotImplementedError({stop!r})"
            if not alone:
                return Lowered((Edit(statement.place, code, MAGIC),), refused=refused)
        shell |= code is not None and code.startswith((f"{SHELL}.", f"globals().update({SHELL}."))
        why = FETCH if code is not None and code.startswith(f"{FETCH}(") else MAGIC
        edits.append(Edit(span(call, cell.index, cell.lines), code or "None", why))
    return Lowered(tuple(edits), "", "", refused, tuple(installs), shell, frozenset(reads), frozenset(kills), whole)


def code_refused(code: str | None) -> bool:
    """Whether a magic has no translation."""
    return code is not None and code.startswith("raise ")


def _own(magic: Magic, custom: Mapping[str, str]) -> str:
    """The call that one of the notebook's own magics stands for, "" if it is none."""
    if magic.name not in custom:
        return ""
    return f"{magic.name}({magic.text.strip()!r}{f', {magic.body!r}' if magic.kind == 'cell' else ''})"


def _number(call: ast.Call) -> int:
    return call.args[0].value if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, int) else 0


def _show(magic: Magic) -> str:
    sign = {"cell": "%%", "line": "%", "shell": "!", "help": ""}[magic.kind]
    name = "" if magic.kind == "shell" else magic.name
    return f"{sign}{name} {magic.text}".strip()[:80]


def _why(magic: Magic) -> str:
    name = _program(magic)
    if name in INSTALLS:
        return "what it installs is a dependency of the package"
    if name in SYSTEM:
        return "it installs a system package: the README names it"
    return TIMING if name == "time" else NO_SYNTAX


def _program(magic: Magic) -> str:
    """The name of the magic, or of the program that a shell line runs."""
    if magic.kind != "shell":
        return magic.name
    parts = magic.text.strip().lstrip("!").split()
    while parts and (
        parts[0] in {"sudo", "python", "python3", "-m", "{sys.executable}", "$sys.executable"} or "=" in parts[0]
    ):
        if parts[0].startswith("python") and parts[1:2] != ["-m"]:
            break
        parts.pop(0)
    return parts[0] if parts else ""


def _packages(magic: Magic) -> list[str]:
    """The packages that a line installs, or that bring the program that it runs."""
    program = _program(magic)
    if program in PROGRAMS and magic.kind == "shell":
        return [PROGRAMS[program]]
    if program not in INSTALLS:
        return []
    try:
        parts = shlex.split(magic.text, comments=True)
    except ValueError:
        parts = magic.text.split()
    if "install" not in parts:
        return []
    rest = parts[parts.index("install") + 1 :]
    return [part for before, part in zip(["", *rest], rest, strict=False) if part[:1] != "-" and before not in VALUED]


def _translate(magic: Magic, call: ast.Call, closed: frozenset[str]) -> str | None:
    """The Python that a magic means; None if it is dropped, "raise" if there is none."""
    if magic.name in MEASURES and not magic.code:
        return "raise " if magic.target or not harmless(magic.text.strip(), closed) else None
    if magic.kind == "help" or (magic.kind == "line" and magic.name in VIEW) or _program(magic) in INSTALLS | SYSTEM:
        return None
    if magic.kind == "cell" and magic.code:
        return None if not magic.target else "raise "
    if magic.kind == "cell" and magic.name in VIEW:
        return None
    if magic.kind == "cell" and (magic.name in SCRIPTS or magic.name == "script"):
        return _script(magic)
    if magic.kind == "shell" or magic.name in ANSWERS | ALIASES | {"shell"}:
        return _command(magic, call)
    return _line(magic, call)


def _line(magic: Magic, call: ast.Call) -> str | None:
    text = magic.text.strip()

    def literal(part: str) -> str:
        return formatted(part.strip(), [ast.unparse(arg) for arg in call.args[1:]], list(magic.expansions))

    match magic.name:
        case "cd" | "pushd":
            return _folder(text, literal)
        case "env" | "set_env" if "=" in text or " " in text:
            name, _, value = text.partition("=") if "=" in text else text.partition(" ")
            return f"{SHELL}.set_env({literal(name)}, {literal(value)})"
        case "pwd":
            return f"{SHELL}.cwd()" if magic.target else None
        case "env":
            if not magic.target:
                return None
            return f"{SHELL}.env({literal(text)})" if text else f"{SHELL}.environment()"
        case "writefile" | "file" if magic.kind == "cell":
            append = text.startswith("-a ")
            name = text.removeprefix("-a ").strip().strip("'\"")
            return f"{SHELL}.write_file({literal(name)}, {magic.body!r}{', append=True' if append else ''})"
        case "xdel" if text.isidentifier():
            return f"del {text}"
        case "run" if text.endswith(".py") and " " not in text:
            return f"globals().update({SHELL}.run_file({text!r}))"
    return "raise "


def _folder(text: str, literal: Callable[[str], str]) -> str:
    """A change of the working directory; the options are about what is printed, bookmarks are nobody else's."""
    parts = text.split()
    quiet = "-q" in parts
    rest = " ".join(part for part in text.split(" ") if part != "-q").strip().strip("'\"")
    if rest.startswith("-") and rest != "-":
        return "raise "
    return f"{SHELL}.cd({literal(rest or '~')}{', quiet=True' if quiet else ''})"


def harmless(text: str, closed: frozenset[str]) -> bool:
    """Whether repeating the code of a `%timeit` changes nothing; `closed` are functions that touch no variable."""
    try:
        tree = ast.parse(MEASURE_OPTIONS.sub("", text))
    except (SyntaxError, ValueError):
        return False
    return all(_calls_nothing_that_changes(node, closed) for node in ast.walk(tree))


def _calls_nothing_that_changes(node: ast.AST, closed: frozenset[str]) -> bool:
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            return node.func.id in closed or (
                hasattr(builtins, node.func.id) and node.func.id not in {"exec", "eval", "next", "setattr", "open"}
            )
        return not (
            isinstance(node.func, ast.Attribute) and (node.func.attr in CHANGING or "rand" in ast.unparse(node.func))
        )
    return not isinstance(node, ast.Assign | ast.AugAssign | ast.Delete) or all(
        isinstance(t, ast.Name) for t in getattr(node, "targets", [])
    )


def _script(magic: Magic) -> str:
    """A cell that another program reads; a failure ends the notebook's run too, unless an option says otherwise."""
    try:
        words = shlex.split(magic.text)
    except ValueError:
        return "raise "
    careless = "--no-raise-error" in words
    words = [word for word in words if word != "--no-raise-error"]
    if any(word.startswith("--") for word in words) or magic.target:
        return "raise "
    program = words if magic.name == "script" else [SCRIPTS[magic.name], *words]
    if not program:
        return "raise "
    return f"{SHELL}.script({program!r}, {magic.body!r}{', check=False' if careless else ''})"


def _command(magic: Magic, call: ast.Call) -> str:
    """A shell line; `!!` gives its output back and prints nothing."""
    plain = magic.kind == "shell" or magic.name not in ALIASES
    command = (magic.text if plain else f"{magic.name} {magic.text}").strip()
    if magic.kind == "cell":
        command = f"{command}\n{magic.body}".strip()
    expressions = [ast.unparse(arg) for arg in call.args[1:]]
    answers = bool(magic.target) or magic.name == "!!" or (magic.kind != "shell" and magic.name in ANSWERS)
    code = None if answers else python_of(command, dict(zip(magic.expansions, expressions, strict=False)))
    if code is not None:
        return code
    text = formatted(command, expressions, list(magic.expansions))
    return f"{SHELL}.lines({text})" if answers else f"{SHELL}.run({text})"
