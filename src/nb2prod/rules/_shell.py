"""What a notebook asks the shell to do: lines with `!`, shell cells, `os.system`, `subprocess`."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nb2prod.model import Place
from nb2prod.rules._flow import constant
from nb2prod.rules._words import pattern, words

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

SHELL_CELLS = frozenset({"bash", "sh", "script", "shell", "cmd", "system", "sx"})
RUNNERS = words(
    "os.system os.popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output "
    "subprocess.Popen subprocess.getoutput subprocess.getstatusoutput"
)  # fmt: skip
# Magics that are a program of their own: `%pip install x`.
PROGRAMS = frozenset({"pip", "conda", "mamba", "micromamba", "uv", "pip3"})
SEPARATOR = pattern(r"&&|\|\||[;|\n]")
PREFIXES = frozenset({"sudo", "time", "nohup", "yes", "env", "!", "exec", "-q", "-E", "-H"})


class Command(NamedTuple):
    """One command: its words, its first word without the path, and where it stands."""

    words: tuple[str, ...]
    program: str
    place: Place
    node: ast.Call | None = None
    runner: str = ""

    @property
    def text(self) -> str:
        """The command as a line."""
        return " ".join(self.words)


def commands_of(context: "Context") -> list[Command]:
    """Every command that the notebook gives to a shell, in no particular order."""
    return [*_of_magics(context), *_of_calls(context)]


def _of_magics(context: "Context") -> Iterator[Command]:
    for cell in context.code_cells:
        for magic in cell.magics:
            place = context.line(cell, magic.line)
            if magic.kind == "shell" or magic.name in {"sx", "system", "!", "!!"}:
                yield from parsed(magic.text or magic.body, place)
            elif magic.kind == "line" and magic.name in PROGRAMS:
                yield from parsed(f"{magic.name} {magic.text}", place)
            elif magic.kind == "cell" and magic.name in SHELL_CELLS:
                for number, line in enumerate(magic.body.split("\n"), magic.line + 1):
                    if not line.lstrip().startswith("#"):
                        yield from parsed(line, context.line(cell, number))


def _of_calls(context: "Context") -> Iterator[Command]:
    for call in context.calls(*RUNNERS):
        first = call.args[0] if call.args else None
        if isinstance(first, (ast.List, ast.Tuple)):
            words = [str(constant(e)) if isinstance(constant(e), str) else "?" for e in first.elts]
            line = " ".join(word if word != "?" else "python" for word in words)
        else:
            line = _literal(first)
        for command in parsed(line, context.place(call)):
            yield command._replace(node=call, runner=context.qualified(call.func))


def _literal(node: ast.expr | None) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "_" for part in node.values)
    value = constant(node)
    return value if isinstance(value, str) else ""


def parsed(line: str, place: Place) -> Iterator[Command]:
    """The commands of a shell line: split at `;`, `|` and `&&`, without `sudo` and variables in front."""
    for part in SEPARATOR.split(line[:5000]):
        words = _words(part)
        while words and (words[0] in PREFIXES or re.fullmatch(r"\w+=\S*", words[0])):
            words = words[1:]
        if len(words) > 3 and words[0].startswith(("python", "{")) and words[1] == "-m":
            words = words[2:]
        if words:
            yield Command(tuple(words), words[0].rpartition("/")[2], place)


def _words(part: str) -> list[str]:
    import shlex  # most notebooks ask nothing of a shell

    try:
        return shlex.split(part, comments=True)
    except ValueError:  # an open quote
        return part.split()
