"""One stretch of IPython syntax → the Python that stands for it, and the `Magic` that it was."""

from keyword import iskeyword
from typing import NamedTuple

from nb2prod.model.frozen import replace
from nb2prod.model.notebook import Magic
from nb2prod.notebook.expansions import call, expansions, is_expression, is_statement
from nb2prod.notebook.specials import Special, joined_lines

# the text is Python for the notebook's namespace and may stay where it is: these add a measurement, nothing else
_UNWRAPPED = frozenset({"time", "prun"})
# IPython doesn't expand `$` and `{}` in their text, which is Python or options
_PLAIN = _UNWRAPPED | {"timeit", "debug", "mprun", "lprun", "memit", "alias"}


class Piece(NamedTuple):
    """What stands for a stretch of the source, and how many columns the line lost on the left."""

    start: int
    end: int
    python: str
    magic: Magic
    taken: int = 0


def piece(special: Special, line: int, index: int) -> Piece | None:
    """What stands for a stretch that begins on this line; None where IPython finds nothing to call either."""
    text = joined_lines(special.text)
    match special.kind, text[0]:
        case "help", _:
            return _called(special, index, Magic(line, "help", special.mark, special.topic))
        case "assign", _:
            return _assigned(special, text, line, index)
        case "bare", _:
            return _line_magic(special, f"%{text}", line, index)
        case _, "%":
            return _line_magic(special, text, line, index)
        case _, "!":
            return _called(special, index, _shell(text, line))
        case _, "?":
            mark = "??" if text.startswith("??") else "?"
            return _called(special, index, Magic(line, "help", mark, text.removeprefix(mark).strip()))
    return _autocalled(special, text, line)


def _called(special: Special, index: int, magic: Magic) -> Piece:
    return Piece(special.start, special.end, call(index, magic.expansions), magic)


def _shell(text: str, line: int) -> Magic:
    """`!command`, or `!!command` which gives the output back."""
    mark = "!!" if text.startswith("!!") else "!"
    command = text.removeprefix(mark)
    return Magic(line, "shell", mark, command, expansions=expansions(command))


def _named(text: str, line: int) -> Magic:
    """`%name arguments`."""
    name, _, arguments = text[1:].partition(" ")
    found = () if name in _PLAIN else expansions(arguments)
    return Magic(line, "line", name, arguments, expansions=found)


def _line_magic(special: Special, text: str, line: int, index: int) -> Piece:
    """The call of a magic, or the statement that it runs."""
    magic = _named(text, line)
    if magic.name not in _UNWRAPPED:
        return _called(special, index, magic)
    start = _arguments_start(special.text)
    statement = special.text[start:]
    if statement.startswith("!"):
        return _called(special, index, _shell(joined_lines(statement), line))
    if not is_statement(statement):
        statement = joined_lines(statement).strip()
    if statement.startswith("-") or not is_statement(statement):
        return _called(special, index, magic)
    return Piece(special.start, special.end, statement, replace(magic, code=True), taken=start)


def _arguments_start(text: str) -> int:
    """Where the first argument of a magic stands."""
    name, space, arguments = text.partition(" ")
    return len(name) + len(space) + len(arguments) - len(arguments.lstrip(" "))


def _assigned(special: Special, text: str, line: int, index: int) -> Piece:
    """The right side of `name = %magic` or `name = !command`."""
    magic = replace(_shell(text, line) if text.startswith("!") else _named(text, line), target=_target(special.left))
    start = _arguments_start(special.text)
    if magic.name != "time" or not is_expression(joined_lines(special.text[start:]).strip()):
        return _called(special, index, magic)
    # blanks keep the columns of what stands left and right of the magic
    padded = " " * start + special.text[start:]
    return Piece(special.start, special.end, padded, replace(magic, code=True))


def _target(left: str) -> str:
    """The name on the left of `name = ` or `name: type = `, if it is a plain one."""
    name = left.rpartition("=")[0].partition(":")[0].strip()
    return name if name.isidentifier() and not iskeyword(name) else ""


def _autocalled(special: Special, text: str, line: int) -> Piece | None:
    """`/f a b` is `f(a, b)`, `,f a b` is `f("a", "b")` and `;f a b` is `f("a b")`: Python with other brackets."""
    name, _, rest = text[1:].partition(" ")
    words = rest.split()
    arguments = {"/": ", ".join(words), ",": '"' + '", "'.join(words) + '"', ";": f'"{rest}"'}[text[0]]
    if text[0] == "/" and not name:
        return None
    return Piece(special.start, special.end, f"{name}({arguments})", Magic(line, "line", text[0], text[1:], code=True))
