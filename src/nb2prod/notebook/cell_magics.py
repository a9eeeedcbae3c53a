"""`%%name` at the top of a cell: whether the rest is still the notebook's own Python, and what the magic binds."""

import re
from keyword import iskeyword
from typing import NamedTuple

from nb2prod.model.notebook import Magic
from nb2prod.model.patterns import pattern
from nb2prod.notebook.expansions import call, expansions, is_statement

# the body runs in the notebook's namespace; `%%python`, `%%pypy` and `%%script python` start another process
PYTHON_BODIES = frozenset(
    {"time", "timeit", "capture", "prun", "debug", "ipytest", "memit", "mprun", "snakeviz", "pyinstrument", "wandb"}
)
# IPython doesn't expand `$` and `{}` on their first line
_PLAIN = frozenset({"time", "timeit", "prun", "debug", "memit", "mprun"})
_SCRIPT = pattern(r"--(?:out|err|proc)[= ]\s*([^\W\d]\w*)")
_BOUND = {
    "capture": pattern(r"\A\s*(?:--no-\w+\s+)*([^\W\d]\w*)"),
    "sql": pattern(r"\A\s*(?:-\S+\s+)*([^\W\d]\w*)\s*<<"),
    "bigquery": pattern(r"\A\s*([^\W\d]\w*)"),
    "R": pattern(r"(?:^|\s)(?:-o|--output)[= ]\s*([^\W\d]\w*)"),
} | dict.fromkeys(("bash", "sh", "script", "perl", "ruby", "python", "python2", "python3", "pypy"), _SCRIPT)
_TIMEIT_OPTION = pattern(r"\s*-(?:[nrp]\s*\d+|[tcqvo]+)(?=\s|$)")


class CellMagic(NamedTuple):
    """The magic of a cell, the names that it binds, and Python that runs before its body."""

    magic: Magic
    targets: tuple[str, ...] = ()
    setup: str = ""

    def python(self, index: int) -> str:
        """The line that stands for the magic's own."""
        bound = "".join(f"{name} = " for name in self.targets)
        setup = f"; {self.setup}" if self.setup else ""
        return f"{bound}{call(index, self.magic.expansions)}{setup}"


def cell_magic(lines: list[str], number: int) -> CellMagic | None:
    """The magic that a cell begins with, or None; `number` is that of its first line. `%%name?` asks for help."""
    if not lines or not lines[0].startswith("%%") or re.match(r"%%\w+\?", lines[0]):
        return None
    name, _, text = lines[0][2:].rstrip().partition(" ")
    targets = _targets(name, text)
    magic = Magic(
        number,
        "cell",
        name,
        text,
        body=_ended("\n".join(lines[1:])),
        target=targets[0] if targets else "",
        code=name in PYTHON_BODIES,
        expansions=() if name in _PLAIN else expansions(text),
    )
    return CellMagic(magic, targets, _setup(text) if name == "timeit" else "")


def _targets(name: str, text: str) -> tuple[str, ...]:
    """The names that a cell magic binds, as its first line says."""
    bound = _BOUND.get(name)
    return tuple(word for word in dict.fromkeys(bound.findall(text)) if not iskeyword(word)) if bound else ()


def _ended(body: str) -> str:
    """The body as the magic gets it: IPython ends every cell with a line end."""
    return body if body.endswith("\n") or not body else body + "\n"


def _setup(text: str) -> str:
    """What `%%timeit` runs once before its body."""
    while option := _TIMEIT_OPTION.match(text):
        text = text[option.end() :]
    setup = text.strip()
    return setup if is_statement(setup) and is_statement(f"pass; {setup}") else ""
