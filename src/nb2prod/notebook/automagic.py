"""Magics without their `%`: `cd data`, `ls -la`, `matplotlib inline`.

IPython looks for them in cells of one line, and only where the notebook has not bound the name. Cells of several
lines are for IPython a syntax error then; here they are read as what their author meant, if they are Python otherwise.
"""

import ast
import re
from collections.abc import Iterable

from nb2prod.model.notebook import Cell
from nb2prod.model.patterns import pattern
from nb2prod.notebook.magics import Masked, mask

# the line magics and aliases of IPython 9 and ipykernel that somebody may write as words
_NAMES = frozenset(
    {
        "alias", "alias_magic", "autoawait", "autocall", "automagic", "autoreload", "bookmark", "cat", "cd", "clear",
        "colors", "conda", "config", "cp", "debug", "dhist", "dirs", "doctest_mode", "ed", "edit", "env", "gui",
        "hist", "history", "ldir", "less", "lf", "lk", "ll", "load", "load_ext", "loadpy", "logoff", "logon",
        "logstart", "logstate", "logstop", "ls", "lsmagic", "lx", "macro", "magic", "mamba", "man", "matplotlib",
        "micromamba", "mkdir", "more", "mv", "notebook", "page", "pastebin", "pdb", "pdef", "pdoc", "pfile", "pinfo",
        "pinfo2", "pip", "popd", "pprint", "precision", "prun", "psearch", "psource", "pushd", "pwd", "pycat",
        "pylab", "quickref", "recall", "rehashx", "reload_ext", "rep", "rerun", "reset", "reset_selective", "rm",
        "rmdir", "run", "save", "sc", "set_env", "store", "sx", "system", "tb", "time", "timeit", "unalias",
        "unload_ext", "uv", "who", "who_ls", "whos", "xdel", "xmode",
    }
)  # fmt: skip
# those that people type among other lines, with something after them that is no operator
_AMONG_OTHERS = pattern(
    r"(?:autoreload|cat|cd|conda|cp|env|ll|load_ext|ls|matplotlib|mkdir|mv|pip3?|pwd|reload_ext|rm|rmdir|run|time|timeit)"
    r"[ \t]+(?!(?:in|is|and|or|not|if|else|for)\b)[^\s=<>+*/%&|^,:;)\]}@(]"
)
_WORD = pattern(r"\s*([a-z_]\w*)(?![\w.(\[])[ \t]*(?P<rest>[^\n]*)")
# after a lone word, an option is as good a sign as a syntax error
_OPTION = pattern(r"-[A-Za-z]")
# no lone word with its options is longer
_LONGEST = 80


def may_be_automagic(cell: Cell) -> bool:
    """Whether it pays to find out which names the notebook binds."""
    if cell.problem:
        return _AMONG_OTHERS.search(cell.source) is not None or _head(cell) in _NAMES
    return len(cell.source) < _LONGEST and _head(cell) in _NAMES and _lone(cell)


def automagic(cell: Cell, bound: frozenset[str]) -> Masked | None:
    """The cell read with magics that have no `%`, or None if it has none."""
    if "\n" not in cell.source.strip("\n"):
        head = _head(cell)
        known = head in _NAMES and head not in bound and (cell.problem or _lone(cell))
        return mask(cell.source, re.compile(rf"{head}(?!\w)")) if known else None
    if cell.problem and _AMONG_OTHERS.search(cell.source):
        return mask(cell.source, _AMONG_OTHERS)
    return None


def _head(cell: Cell) -> str:
    """The first word of a cell of one line, or nothing."""
    found = _WORD.fullmatch(cell.source.rstrip())
    return found[1] if found and found["rest"][:1] not in ("=", ",") else ""


def _lone(cell: Cell) -> bool:
    found = _WORD.fullmatch(cell.source.rstrip())
    return found is not None and (not found["rest"] or _OPTION.match(found["rest"]) is not None)


def bound_names(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Every name that the trees bind, in whatever scope; what a star import brings is not known."""
    names: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            names.update(_bound(node))
    return frozenset(names)


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(name, ast.Store()):
            return [name]
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            return [name]
        case ast.alias(name, asname):
            return [asname or name.partition(".")[0]]
        case ast.ExceptHandler(name=str(name)):
            return [name]
    return []
