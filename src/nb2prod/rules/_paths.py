"""Which literals are paths, and which of them reach a reader or a writer."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from nb2prod.catalogue import Function, function, method
from nb2prod.catalogue._files import FILE_METHODS, FILE_NAMES
from nb2prod.rules._flow import FRAME, argument
from nb2prod.rules._words import pattern, words

if TYPE_CHECKING:
    from nb2prod.rules._context import Context

# The first part of absolute paths as people's notebooks hold them; elsewhere `/x` is a route, a device, a key.
ROOTS = (
    "home Users users content kaggle mnt tmp data root var opt media Volumes dbfs workspace workspaces scratch srv usr "
    "export nfs storage gpfs lustre project projects work lakehouse gdrive drive notebooks datasets cluster private etc"
)
ABSOLUTE = pattern(
    rf"/(?:{'|'.join(ROOTS.split())})/[^\s/:]|[A-Za-z]:(?:\\[^\\nrt\s]|\\\\|/[^/])|\\\\[\w.-]+\\\w|~[\\/]\w|file:///\w"
)
ANY_ABSOLUTE = pattern(r"/[\w.-]|[A-Za-z]:[\\/]|\\\\|~[\\/]|file:///")
JOINERS = words(
    "os.path.join pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.WindowsPath os.path.expanduser "
    "os.path.abspath os.path.normpath os.fspath str glob.glob glob.iglob os.path.realpath"
)
# Methods of frames and figures are recognised by these names even where the receiver's type is unknown.
SAVING = pattern(r"to_(csv|excel|parquet|pickle|json|feather|hdf|stata|orc|html|latex|xml)|savefig|imwrite")
# They move and delete files, they don't read or write what is in them.
FILE_WORK = ("os.", "shutil.", "pathlib.", "sys.")
URL = pattern(r"(?:https?|ftp)://", re.IGNORECASE)


class PathUse(NamedTuple):
    """A literal that is the head of a path and reaches a reader or a writer."""

    literal: ast.Constant
    text: str
    call: ast.Call
    role: Literal["read", "write"]
    whole: bool


def heads(context: "Context", node: ast.expr) -> Iterator[tuple[ast.Constant, bool]]:
    """The literals that a path expression may begin with, and whether the literal is the whole path."""
    waiting = [(node, True)]
    for _ in range(60):
        if not waiting:
            return
        node, whole = waiting.pop()
        match node:
            case ast.Constant(value=str()):
                yield node, whole
            case ast.JoinedStr(values=[first, *_]):
                waiting.append((first, False))
            case ast.FormattedValue(value=value):
                waiting.append((value, False))
            case ast.BinOp(left=left, op=ast.Add() | ast.Div() | ast.Mod()):
                waiting.append((left, False))
            case ast.Call(func=func, args=[first, *others]) if context.qualified(func) in JOINERS:
                waiting.append((first, whole and not others))
            case ast.Call(
                func=ast.Attribute(value=value, attr="format" | "joinpath" | "expanduser" | "resolve" | "with_suffix")
            ):
                waiting.append((value, False))
            case ast.Name() | ast.IfExp():
                waiting += [(source, whole) for source in context.flow.sources(node) if source is not node]


def is_head(context: "Context", literal: ast.Constant) -> bool:
    """Whether a literal is the leftmost part of whatever it is a part of."""
    node: ast.AST = literal
    for around in context.ancestors(literal):
        if isinstance(around, ast.JoinedStr) and around.values[0] is not node:
            return False
        if isinstance(around, ast.BinOp) and around.left is not node:
            return False
        if isinstance(around, ast.Call) and node in around.args[1:] and _joins(context, around):
            return False
        if isinstance(around, ast.stmt):
            return True
        node = around
    return True


def _joins(context: "Context", call: ast.Call) -> bool:
    return context.qualified(call.func) in JOINERS or (
        isinstance(call.func, ast.Attribute) and call.func.attr in {"join", "joinpath"}
    )


def path_uses(context: "Context") -> list[PathUse]:
    """Every literal head of a path that reaches a known reader or writer, in the order of the calls."""
    found = [call for name, call in context.callees.ending(FILE_NAMES) if _is_of_files(name)]
    of_values = (call for call in context.methods(*sorted(FILE_METHODS)) if call.args or call.keywords)
    found += [call for call in of_values if not context.qualified(call.func)]
    found.sort(key=context.order)
    return [use for call in found for use in _of_call(context, call)]


@lru_cache(maxsize=4096)
def _is_of_files(name: str) -> bool:
    """Whether a function may read or write a file that it is told."""
    known = None if name.startswith(FILE_WORK) else function(name)
    if known is not None:
        return bool(known.reads or known.writes)
    return not name.startswith(FILE_WORK) and SAVING.fullmatch(name.rpartition(".")[2]) is not None


def _of_call(context: "Context", call: ast.Call) -> Iterator[PathUse]:
    known = context.flow.known(call) or _by_name(call)
    if known is None or not (known.reads or known.writes):
        return
    role: Literal["read", "write"] = "write" if known.writes and (not known.reads or _opened_to_write(call)) else "read"
    where = known.writes if role == "write" else known.reads
    node = argument(call, *where) if where else None
    if node is None:
        return
    for literal, whole in heads(context, node):
        if isinstance(literal.value, str):
            yield PathUse(literal, literal.value, call, role, whole)


def _by_name(call: ast.Call) -> Function | None:
    if isinstance(call.func, ast.Attribute) and SAVING.fullmatch(call.func.attr):
        return method(FRAME, call.func.attr) or method("matplotlib.figure.Figure", call.func.attr)
    return None


def _opened_to_write(call: ast.Call) -> bool:
    mode = argument(call, 1, "mode")
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and mode.value[:1] in {"w", "a", "x"}
