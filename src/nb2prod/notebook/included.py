"""Files beside the notebook that `%run` runs: their code stands in the place of the line where that is the same.

A notebook runs in the namespace of the one that runs it. A script has a namespace of its own, whose names are copied
afterwards: it is the same if it reads nothing but its own names, and nobody else binds them.
"""

import ast
import builtins
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from nb2prod.errors import NotebookError
from nb2prod.model.notebook import Cell, Notebook
from nb2prod.notebook.magics import mask
from nb2prod.notebook.reading import read
from nb2prod.notebook.syntax import parsed

LINE = re.compile(
    r"^%run[ \t]+(?P<quote>[\"']?)(?P<file>[\w.-]+(?:/[\w.-]+)*\.(?:py|ipynb))(?P=quote)[ \t]*$", re.MULTILINE
)
# With one of these, the file may be another one by then, or its code may see where it stands.
MOVES = re.compile(r"%cd\b|\bchdir\b|%%(?:writefile|file)\b")
LOOKS = frozenset({"globals", "locals", "vars", "dir", "exec", "eval", "__file__", "__doc__", "__annotations__"})
# A script is told its own name, and may end early.
APART = re.compile(r"\bargv\b|\bargparse\b|\bexit\(|\bquit\(|\b__future__\b|\bgetsource|\bimport \*|\b__main__\.")
LARGEST = 500_000


def with_included(notebook: Notebook) -> Notebook:
    """The notebook with the code of the files that it runs, where that computes the same."""
    if not any(LINE.search(cell.source) for cell in notebook.code):
        return notebook
    if any(MOVES.search(cell.source) for cell in notebook.code):
        return notebook
    folder = Path(notebook.path).resolve().parent
    cells = tuple(_with_files(cell, notebook, folder) for cell in notebook.cells)
    return replace(notebook, cells=cells)


def _with_files(cell: Cell, notebook: Notebook, folder: Path) -> Cell:
    """The cell with the code of the files in it; as it was if one can't stand there."""
    runs = list(LINE.finditer(cell.source)) if cell.kind == "code" else []
    if not runs or cell.source.startswith("%%"):
        return cell
    texts = {run["file"]: _text(folder / run["file"], notebook) for run in runs}
    if len(texts) < len(runs) or not all(texts.values()):
        return cell
    source = LINE.sub(lambda run: f"# {run['file']}\n{texts[run['file']]}", cell.source)
    masked = mask(source)
    tree, problem = parsed(source, masked)
    if problem:
        return cell
    return replace(cell, source=source, python=masked.python, magics=masked.magics, shifts=masked.shifts, tree=tree)


def _text(path: Path, notebook: Notebook) -> str:
    """The code that a file would run in the notebook's place, "" if it would not be the same there."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        if path.suffix == ".ipynb":
            return _cells(read(str(path)))
        text = path.read_text(encoding="utf-8")
        runs = sum(run["file"].endswith(path.name) for cell in notebook.code for run in LINE.finditer(cell.source))
        names = _bindings(cell.tree for cell in notebook.code if cell.tree is not None)
        return text.rstrip() if runs == 1 and _alone(text, names) else ""
    except (OSError, ValueError, SyntaxError, RecursionError, NotebookError):
        return ""


def _cells(other: Notebook) -> str:
    """The code of another notebook, "" if it has more than plain cells."""
    sources = [cell.source.rstrip() for cell in other.code if cell.source.strip()]
    odd = any(source.lstrip().startswith("%%") or LINE.search(source) for source in sources)
    tagged = any(cell.tags & {"raises-exception", "skip-execution"} for cell in other.code)
    return "" if odd or tagged else "\n\n".join(sources)


def _alone(text: str, taken: dict[str, set[str]]) -> bool:
    """Whether a script reads only its own names, and binds none that the notebook binds otherwise."""
    tree, table = ast.parse(text), symtable.symtable(text, "script", "exec")
    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    how = _bindings([tree])
    clash = any("other" in how[name] | taken[name] or how[name] != taken[name] for name in own & taken.keys())
    used = {symbol.get_name() for scope in _scopes(table) for symbol in scope.get_symbols() if _outside(symbol, scope)}
    free = used - own - set(dir(builtins)) - {"__name__"}
    changes = any(isinstance(node, ast.Delete | ast.Global) for node in ast.walk(tree))
    return not (clash or free or changes or used & LOOKS or APART.search(text))


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _scopes(child)


def _outside(symbol: symtable.Symbol, scope: symtable.SymbolTable) -> bool:
    """Whether a name is looked up among the script's own or the builtins."""
    return symbol.is_referenced() and (symbol.is_global() or scope.get_type() == "module")


def _bindings(trees: Iterable[ast.AST]) -> dict[str, set[str]]:
    """The names bound anywhere, each with how: the text of an import, else the word `other`."""
    found: dict[str, set[str]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                module = f"{node.level}{node.module}" if isinstance(node, ast.ImportFrom) else ""
                for alias in names:
                    name = alias.asname or alias.name.split(".")[0]
                    found.setdefault(name, set()).add(f"{module} {alias.name} {alias.asname}")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.setdefault(name, set()).add("other")
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.setdefault(name, set()).add("other")
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.setdefault(name, set()).add("other")
    return found
