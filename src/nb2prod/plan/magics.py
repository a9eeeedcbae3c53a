"""What becomes of IPython's own syntax: dropped, translated to plain Python, or left to a person."""

import ast
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from nb2prod.model.facts import Statement
from nb2prod.model.notebook import Cell, Magic, Place
from nb2prod.model.plan import Edit

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


def lower(cell: Cell, statement: Statement) -> Lowered:
    """Translate the magics of a statement; each call of the mask is replaced by plain Python."""
    calls = [node for node in ast.walk(statement.node) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == MASK]
    if not calls:
        return Lowered()
    edits: list[Edit] = []
    refused, installs, shell = "", [], False
    for call in calls:
        magic = cell.magics[_number(call)]
        alone = isinstance(statement.node, ast.Expr) and statement.node.value is call
        code = _translate(magic, call)
        installs += _packages(magic)
        if code is None and alone:
            return Lowered(dropped=_why(magic), what=_show(magic), installs=tuple(installs))
        if code is not None and code.startswith("raise "):
            refused = f"cell {cell.index}, line {magic.line}: {_show(magic)} has no translation; rewrite it by hand"
            code = f"raise NotImplementedError({refused!r})"
            if not alone:
                return Lowered((Edit(statement.place, code, "magic"),), refused=refused)
        shell |= code is not None and code.startswith(f"{SHELL}.")
        edits.append(Edit(_place(call, cell), code or "None", "magic"))
    return Lowered(tuple(edits), refused=refused, installs=tuple(installs), shell=shell)


def _number(call: ast.Call) -> int:
    return call.args[0].value if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, int) else 0


def _place(call: ast.Call, cell: Cell) -> Place:
    lines = cell.python.split("\n")
    characters: Callable[[int, int], int] = lambda line, size: len(lines[line - 1].encode()[:size].decode()) + 1  # noqa: E731
    end_line = call.end_lineno or call.lineno
    return Place(cell.index, call.lineno, characters(call.lineno, call.col_offset), end_line, characters(end_line, call.end_col_offset or 0))


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
    while parts and (parts[0] in {"sudo", "python", "python3", "-m", "{sys.executable}", "$sys.executable"} or "=" in parts[0]):
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


def _translate(magic: Magic, call: ast.Call) -> str | None:
    """The Python that a magic means; None if it is dropped, "raise" if there is none."""
    if magic.kind == "help" or (magic.kind == "line" and magic.name in VIEW) or _program(magic) in INSTALLS | SYSTEM:
        return None
    if magic.kind == "cell" and magic.code:
        return None if not magic.target else "raise "
    if magic.kind == "cell" and magic.name in VIEW:
        return None
    if magic.name in SHELLS or magic.kind == "shell" or magic.name in ALIASES:
        return _shell(magic, call)
    return _line(magic)


def _line(magic: Magic) -> str | None:
    text = magic.text.strip()
    match magic.name:
        case "cd" | "pushd":
            return f"{SHELL}.cd({_path(text)!r})"
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
        case "timeit":
            return "raise " if magic.target or not _harmless(text) else None
    return "raise "


def _path(text: str) -> str:
    """The folder of a `%cd`: its options are about what is printed."""
    return " ".join(part for part in text.split(" ") if part not in {"-q", "-b"}).strip("'\"") or "~"


def _harmless(text: str) -> bool:
    """Whether the code of a `%timeit` calls nothing that could change anything."""
    code = re.sub(r"^(?:-[nrptcqo]\S*\s+)*", "", text)
    try:
        tree = ast.parse(code, mode="eval")
    except (SyntaxError, ValueError):
        return False
    changing = {"append", "extend", "update", "pop", "remove", "insert", "clear", "add", "sort", "write", "fit"}
    return not any(isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in changing for n in ast.walk(tree))


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
