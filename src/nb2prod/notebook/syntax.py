"""Masked Python → its syntax tree, or why it has none."""

import ast

from nb2prod.model.notebook import SyntaxProblem
from nb2prod.model.patterns import pattern
from nb2prod.notebook.magics import Masked
from nb2prod.notebook.structure import structure_problem

# words whose misuse the compiler sees and the parser does not; few cells have one
_COMPILED = ("yield", "nonlocal", "global", "await", "async", "__future__", "import *")
_UNENCODABLE = pattern("[\0\ud800-\udfff]")
# what Python 3 says about Python 2
_PYTHON_2 = pattern(r"Missing parentheses in call to|multiple exception types must be|leading zeros in decimal")
_PYTHON_2_CODE = pattern(r"\bprint\s+[\"'\w]|\bexcept\s+[\w.]+\s*,\s*\w+\s*:|<>|`\w+`|\braise\s+[\w.]+\s*,|\bur[\"']")


def parsed(source: str, masked: Masked) -> tuple[ast.Module | None, SyntaxProblem | None]:
    """The tree or the problem of a cell with this source: one of the two."""
    try:
        # IPython ends every cell with a line end, which matters after a last backslash
        tree = ast.parse(masked.python if source.endswith("\n") else masked.python + "\n")
        problem = structure_problem(tree, masked.python)
        if problem is None and any(map(masked.python.__contains__, _COMPILED)):
            compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        problem = _explained(error, masked.python)
    except (RecursionError, MemoryError):
        problem = SyntaxProblem("the code is nested too deeply or too long to be parsed", 1, 1)
    except ValueError as error:
        problem = _unencodable(masked.python) or SyntaxProblem(str(error), 1, 1)
    return (None, _shifted(problem, masked)) if problem else (tree, None)


def _explained(error: SyntaxError, python: str) -> SyntaxProblem:
    """Python's complaint; where the code is Python 2 it says so first."""
    if "null byte" in error.msg:
        return _unencodable(python) or SyntaxProblem(error.msg, 1, 1)
    lines = python.split("\n")
    line = min(max(error.lineno or 1, 1), len(lines))
    old = _PYTHON_2.match(error.msg) or _PYTHON_2_CODE.search(lines[line - 1])
    column = min(max(error.offset or 1, 1), len(lines[line - 1]) + 1)
    return SyntaxProblem(f"Python 2 code: {error.msg}" if old else error.msg, line, column)


def _unencodable(python: str) -> SyntaxProblem | None:
    """The first character that no Python source may hold."""
    found = _UNENCODABLE.search(python)
    if found is None:
        return None
    name = "a null character" if found[0] == "\0" else "half of a surrogate pair"
    before = python[: found.start()]
    return SyntaxProblem(f"the code holds {name}", before.count("\n") + 1, found.start() - before.rfind("\n"))


def _shifted(problem: SyntaxProblem, masked: Masked) -> SyntaxProblem:
    """The problem where it stands in the cell's own source."""
    taken = dict(masked.shifts).get(problem.line, 0)
    return SyntaxProblem(problem.message, problem.line, problem.column + taken)
