"""Cells that are valid Python 2 and nothing else."""

import re

from nb2prod.model import Cell
from nb2prod.rules._words import pattern

PYTHON_2 = pattern(
    r"""^[ \t]*(?:print[ \t]+(?:["'\w%]|>>)[^=\n]*$|exec[ \t]+["'\w]"""
    r"|raise[ \t]+\w+[ \t]*,|except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:)",
    re.MULTILINE,
)


def python_2_line(cell: Cell) -> int:
    """The first line with a statement of Python 2 in a cell that Python 3 does not parse, 0 if there is none."""
    if cell.problem is None:
        return 0
    match = PYTHON_2.search(cell.python or cell.source)
    return (cell.python or cell.source).count("\n", 0, match.start()) + 1 if match else 0


def is_python_2(cell: Cell) -> bool:
    """Whether a cell does not parse because it is Python 2."""
    return bool(python_2_line(cell))
