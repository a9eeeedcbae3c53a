"""How good verify is: whether it sees wrong code, and what it costs.

    python benchmarks/verify.py mutate --python PY --count 25 NOTEBOOK=PROJECT ...
    python benchmarks/verify.py overhead --python PY NOTEBOOK=PROJECT ...

`mutate` changes the stage functions of each project in one place at a time and reports the share of changes that
verify sees; those that it does not see are listed. `overhead` compares the time of a whole verify with that of the
notebook's own run in a bare IPython shell.
"""

# ruff: noqa: ARG005

import argparse
import ast
import copy
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nb2prod.notebook import read
from nb2prod.pipeline import verify
from nb2prod.trace import Options, made_in, trace_notebook, trace_project, workplace
from nb2prod.verify import borders, judge

OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


# Calls that make something to look at and no more.
SHOWS = {"repr", "list", "sorted", "len", "sum", "dict", "set", "tuple", "str", "type", "min", "max", "round"}


@dataclass(frozen=True)
class Mutant:
    """One change: its kind, the line that it changes, and the changed module."""

    kind: str
    line: int
    before: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Every single change of the functions of a module."""
    tree = ast.parse(text)
    for number, node in enumerate(ast.walk(tree)):
        for kind, change in CHANGES.items():
            if not change(copy.deepcopy(node)) or not _counts(tree, node):
                continue
            changed = copy.deepcopy(tree)
            target = next(one for n, one in enumerate(ast.walk(changed)) if n == number)
            change(target)
            made = ast.unparse(ast.fix_missing_locations(changed))
            yield Mutant(kind, getattr(node, "lineno", 0), ast.unparse(node)[:80], made)


def _counts(tree: ast.Module, node: ast.AST) -> bool:
    """Whether a node is code of a function that can matter: no annotation, docstring, display or record's format."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            if node is function or any(_inside(part, node) for part in body):
                return True
    return False


def _inside(part: ast.AST, node: ast.AST) -> bool:
    if isinstance(part, ast.Expr) and _inert(part.value):
        return False
    if isinstance(part, ast.AnnAssign) and part.value is not None:
        return node is part or any(_inside(child, node) for child in (part.value,))
    return part is node or any(_inside(child, node) for child in ast.iter_child_nodes(part))


def _inert(value: ast.expr) -> bool:
    """What only shows something, and the saving of figures, which is off by default: changing it changes no result."""
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in SHOWS or (isinstance(value.func, ast.Attribute) and value.func.attr == "keep")
    return not isinstance(value, ast.Await | ast.Yield | ast.YieldFrom)


def _constant(node: ast.AST) -> bool:
    if (
        not isinstance(node, ast.Constant)
        or node.value is None
        or node.value is Ellipsis
        or isinstance(node.value, bytes | complex)
    ):
        return False
    match node.value:
        case bool():
            node.value = not node.value
        case int() | float():
            node.value = node.value + 1
        case str():
            node.value = node.value + "x"
    return True


def _operator(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in OPERATORS:
        node.op = OPERATORS[type(node.op)]()
        return True
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPERATORS:
        node.ops[0] = OPERATORS[type(node.ops[0])]()
        return True
    return False


def _drop(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return False
    for number, statement in enumerate(body):
        if (
            isinstance(statement, ast.Expr | ast.AugAssign)
            and not isinstance(getattr(statement, "value", None), ast.Constant)
            and not _display(statement)
        ):
            body[number] = ast.Pass()
            return True
    return False


def _display(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _inert(statement.value)


def _swap(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and len(node.args) >= 2 and ast.dump(node.args[0]) != ast.dump(node.args[1]):
        if (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "logger"
        ):
            return False
        node.args[0], node.args[1] = node.args[1], node.args[0]
        return True
    return False


def _copy(node: ast.AST) -> bool:
    for name, value in ast.iter_fields(node):
        if (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
            and value.func.attr == "copy"
            and not value.args
        ):
            setattr(node, name, value.func.value)
            return True
    return False


def _order(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return False
    for number in range(len(body) - 1):
        one, other = body[number : number + 2]
        if isinstance(one, ast.Assign) and isinstance(other, ast.Assign | ast.AugAssign) and _depends(one, other):
            body[number], body[number + 1] = other, one
            return True
    return False


def _depends(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether one of two statements binds a name that the other reads or binds."""
    bound, used = ({node.id for node in ast.walk(part) if isinstance(node, ast.Name)} for part in (one, other))
    binds = [
        {node.id for node in ast.walk(part) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        for part in (one, other)
    ]
    return bool(binds[0] & used or binds[1] & bound)


CHANGES = {"constant": _constant, "operator": _operator, "drop": _drop, "swap": _swap, "copy": _copy, "order": _order}


def failing_at(text: str, line: int) -> str:
    """The module with the statement at a line replaced by the end of the process."""
    tree = ast.parse(text)
    body: list[ast.AST] = list(tree.body)
    holder: object = tree.body
    while True:
        number, found = next((n, node) for n, node in enumerate(body) if node.lineno <= line <= node.end_lineno)  # type: ignore[attr-defined]
        lists = [getattr(found, name, []) for name in ("body", "orelse", "finalbody", "handlers")]
        inner = [
            each for each in lists if isinstance(each, list) and any(n.lineno <= line <= n.end_lineno for n in each)
        ]
        if not inner:
            break
        body = holder = inner[0]
    assert isinstance(holder, list)
    holder[number] = ast.parse("__import__('os')._exit(9)").body[0]
    return ast.unparse(ast.fix_missing_locations(tree))


def mutate(path: str, folder: str, options: Options, count: int, seed: int) -> list[tuple[Mutant, str]]:
    """Trace the notebook twice, then the project with one change after another: seen, not seen, or not run at all."""
    notebook, made = read(path), made_in(folder)
    marks = borders(made.stages)
    ends = {max(mark.cells) for mark in marks if mark.aligned}
    text = (made.source / made.package / "stages.py").read_text(encoding="utf-8")
    found = list(mutants(text))
    chosen = random.Random(seed).sample(found, min(count, len(found)))
    with workplace(path, folder) as place, tempfile.TemporaryDirectory() as copies:
        first = trace_notebook(notebook, place, options, ends, 1, lambda step: None)
        again = trace_notebook(notebook, place, options, ends, 2, lambda step: None)
        limits = replace(options, timeout=max(30.0, 10 * first.seconds))

        def proven(text: str) -> bool:
            copied = Path(copies) / "src"
            shutil.rmtree(copied, ignore_errors=True)
            shutil.copytree(made.source, copied)
            (copied / made.package / "stages.py").write_text(text, encoding="utf-8")
            trace = trace_project(replace(made, source=copied), notebook, place, limits, lambda step: None)
            return judge(notebook, first, again, trace, marks, options.tolerance).proven

        def fate(mutant: Mutant) -> str:
            if not proven(mutant.text):
                return "seen"
            return "not run" if proven(failing_at(text, mutant.line)) else "not seen"

        return [(mutant, fate(mutant)) for mutant in chosen] if proven(text) else []


def report_mutants(pairs: list[tuple[str, str]], options: Options, count: int, seed: int) -> None:
    """Print a line a notebook, the survivors, and the scores by kind; changes of code that does not run don't count."""
    every: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for path, folder in pairs:
        done = mutate(path, folder, options, count, seed)
        ran = [(mutant, fate) for mutant, fate in done if fate != "not run"]
        every.update(mutant.kind for mutant, _ in ran)
        seen.update(mutant.kind for mutant, fate in ran if fate == "seen")
        killed = sum(fate == "seen" for _, fate in ran)
        idle = len(done) - len(ran)
        print(
            f"{Path(path).name}: {killed} of {len(ran)} seen, {idle} not run{'' if done else ' (not proven as it is)'}",
            flush=True,
        )
        for mutant, fate in ran:
            if fate == "not seen":
                print(f"  not seen: {mutant.kind}, line {mutant.line}: {mutant.before!r}", flush=True)
    for kind, number in sorted(every.items()):
        print(f"{kind}: {seen[kind]} of {number}")
    if every:
        print(f"all: {seen.total()} of {every.total()} = {seen.total() / every.total():.3f}")


def report_overhead(pairs: list[tuple[str, str]], options: Options) -> None:
    """Print the time of verify against the notebook's own, in bare seconds."""
    for path, folder in pairs:
        begun = time.perf_counter()
        evidence = verify(path, folder, options, lambda side, step: None)
        whole = time.perf_counter() - begun
        allowed = 3.3 * evidence.notebook_seconds + 1
        print(
            f"{Path(path).name}: verify {whole:.2f} s, notebook {evidence.notebook_seconds:.2f} s,"
            f" project {evidence.project_seconds:.2f} s, allowed {allowed:.2f} s, {evidence.verdict}",
            flush=True,
        )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["mutate", "overhead"])
    parser.add_argument("pairs", nargs="+", help="NOTEBOOK=PROJECT")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--count", type=int, default=25, help="changes a notebook")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    pairs = [tuple(pair.split("=", 1)) for pair in given.pairs]
    options = Options(given.python)
    if given.what == "mutate":
        report_mutants(pairs, options, given.count, given.seed)
    else:
        report_overhead(pairs, options)


if __name__ == "__main__":
    main()
