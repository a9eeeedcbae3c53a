"""What becomes of IPython's own syntax: dropped, translated to plain Python, or left to a person."""

import ast
import builtins
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from nb2prod.model.facts import Statement
from nb2prod.model.notebook import Cell, Magic
from nb2prod.model.plan import Edit
from nb2prod.plan.places import span

MASK = "__magic__"
SHELL = "shell"
VIEW = frozenset(
    "matplotlib load_ext reload_ext unload_ext autoreload config precision colors xmode pdb who whos who_ls pinfo pinfo2 "
    "psource pdoc history hist logstart logstop lsmagic magic quickref automagic autosave notebook gui doctest_mode "
    "debug tb watermark html javascript js latex svg markdown time prun capture memit mprun lprun page pprint psearch "
    "autocall alias alias_magic rehashx macro pycat pfile pdef bookmark dhist tensorboard reload_kernel aimport "
    "nbagg inline output kql_display".split()
)
INSTALLS = frozenset({"pip", "pip3", "conda", "mamba", "uv", "micromamba"})
SYSTEM = frozenset({"apt", "apt-get", "brew", "yum", "dnf"})
ALIASES = frozenset("ls ll cat cp mv rm mkdir rmdir man more less pwd lf lk lx ldir".split())
SHELLS = frozenset({"bash", "sh", "script", "system", "sx", "!"})
NO_SYNTAX = "nothing in the package has a use for it"
CHANGING = frozenset(
    "append extend update pop remove insert clear add sort reverse write fit setdefault popitem discard shuffle".split()
)
TIMEIT_OPTIONS = re.compile(r"^(?:\s*-(?:[nrp]\s*\d+|[tcqvo]+)(?=\s|$))+\s*")
EXPANSION = re.compile(r"\$\$|\{\{|\}\}|\{([^{}]*)\}|\$\{?([^\W\d]\w*)\}?")


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
            refused = f"{_show(magic)} has no translation"
            stop = f"cell {cell.index}, line {magic.line}: {refused}; rewrite it by hand"
            code = f"raise NotImplementedError({stop!r})"
            if not alone:
                return Lowered((Edit(statement.place, code, "magic"),), refused=refused)
        shell |= code is not None and f"{SHELL}." in code
        edits.append(Edit(span(call, cell.index, cell.lines), code or "None", "magic"))
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
    return NO_SYNTAX


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
    if _program(magic) not in INSTALLS:
        return []
    try:
        parts = shlex.split(magic.text, comments=True)
    except ValueError:
        parts = magic.text.split()
    if "install" not in parts:
        return []
    return [part for part in parts[parts.index("install") + 1 :] if part[:1] != "-"]


def _translate(magic: Magic, call: ast.Call, closed: frozenset[str]) -> str | None:
    """The Python that a magic means; None if it is dropped, "raise" if there is none."""
    if magic.kind == "help" or (magic.kind == "line" and magic.name in VIEW) or _program(magic) in INSTALLS | SYSTEM:
        return None
    if magic.kind == "cell" and magic.code:
        return None if not magic.target else "raise "
    if magic.kind == "cell" and magic.name in VIEW:
        return None
    if magic.name in SHELLS or magic.kind == "shell" or magic.name in ALIASES:
        return _shell(magic, call)
    return _line(magic, closed)


def _line(magic: Magic, closed: frozenset[str]) -> str | None:
    text = magic.text.strip()
    match magic.name:
        case "cd" | "pushd":
            quiet = ", quiet=True" if "-q" in text.split() else ""
            return f"{SHELL}.cd({_path(text)!r}{quiet})"
        case "env" | "set_env" if "=" in text or " " in text:
            name, _, value = text.partition("=") if "=" in text else text.partition(" ")
            return f"{SHELL}.set_env({name.strip()!r}, {value.strip()!r})"
        case "env":
            return None if not magic.target else "raise "
        case "writefile" | "file" if magic.kind == "cell":
            append = text.startswith("-a ")
            name = text.removeprefix("-a ").strip().strip("'\"")
            return f"{SHELL}.write_file({name!r}, {magic.body!r}{', append=True' if append else ''})"
        case "python" | "python3" if magic.kind == "cell":
            return f"{SHELL}.script('python', {magic.body!r})"
        case "xdel" if text.isidentifier():
            return f"del {text}"
        case "run" if text.endswith(".py") and " " not in text:
            return f"globals().update({SHELL}.run_file({text!r}))"
        case "timeit":
            return "raise " if magic.target or not harmless(text, closed) else None
    return "raise "


def _path(text: str) -> str:
    """The folder of a `%cd`: its options are about what is printed."""
    return " ".join(part for part in text.split(" ") if part not in {"-q", "-b"}).strip("'\"") or "~"


def harmless(text: str, closed: frozenset[str]) -> bool:
    """Whether repeating the code of a `%timeit` changes nothing; `closed` are functions that touch no variable."""
    try:
        tree = ast.parse(TIMEIT_OPTIONS.sub("", text))
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


def _shell(magic: Magic, call: ast.Call) -> str:
    if magic.kind == "cell":
        program = magic.text.split()[0] if magic.name == "script" and magic.text.split() else magic.name
        if magic.name != "script" and magic.text.strip():
            return "raise "
        return f"{SHELL}.script({program!r}, {magic.body!r})"
    command = magic.text if magic.kind == "shell" or magic.name in {"system", "sx"} else f"{magic.name} {magic.text}"
    text = _formatted(command.strip(), [ast.unparse(arg) for arg in call.args[1:]], list(magic.expansions))
    return f"{SHELL}.lines({text})" if magic.target else f"{SHELL}.run({text})"


def _formatted(command: str, expressions: list[str], written: list[str]) -> str:
    """A command as a Python literal; its expansions become fields of an f-string."""
    if not written:
        return repr(command.replace("{{", "{").replace("}}", "}").replace("$$", "$"))
    parts: list[str] = []
    end = 0
    for match in EXPANSION.finditer(command):
        parts.append(_literal(command[end : match.start()]))
        end = match.end()
        inside = match.group(1) if match.group(1) is not None else match.group(2)
        if inside is not None and inside.strip() in written:
            parts.append("{" + expressions[written.index(inside.strip())] + "}")
        else:
            parts.append(_literal({"$$": "$", "{{": "{", "}}": "}"}.get(match.group(), match.group())))
    parts.append(_literal(command[end:]))
    text = "".join(parts)
    quote = next((q for q in ('"', "'", '"""', "'''") if q not in text and not text.endswith(q[0])), '"""')
    return f"f{quote}{text}{quote}"


def _literal(text: str) -> str:
    escaped = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text.replace("\\", "\\\\")
    return escaped.replace("{", "{{").replace("}", "}}")
