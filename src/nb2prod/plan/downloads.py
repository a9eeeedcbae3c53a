"""Downloads: each becomes a step that tries again, writes the whole file or nothing, and can check what came."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from nb2prod.model.facts import Analysis, Facts, Statement
from nb2prod.model.naming import slug
from nb2prod.model.notebook import Cell
from nb2prod.model.places import span
from nb2prod.model.plan import Edit, Setting
from nb2prod.plan.commands import FETCH, MAGIC
from nb2prod.plan.units import Unit

RETRIEVE = "urllib.request.urlretrieve"
LATER = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef


def retrieved(statement: Statement, cell: Cell, analysis: Analysis, fetch: str) -> Iterator[Edit]:
    """`urlretrieve(url, path)` whose result nobody takes is a call of our step."""
    for node in ast.walk(statement.node):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            plain = len(call.args) == 2 and not call.keywords and not any(isinstance(a, ast.Starred) for a in call.args)
            if plain and analysis.qualified(call.func) == RETRIEVE:
                literal = all(isinstance(arg, ast.Constant) for arg in call.args)
                text = f"{fetch}({', '.join(map(ast.unparse, call.args))})" if literal else fetch
                yield Edit(span(call if literal else call.func, cell.index, cell.lines), text, FETCH)


def without_module(facts: Facts, statement: Statement, edits: Sequence[Edit]) -> Facts:
    """The facts without the module of `urlretrieve`, if the statement uses it for nothing else."""
    ours = [edit for edit in edits if edit.why == FETCH]
    roots = {"urllib", "request", "urlretrieve"} & facts.inputs
    uses = [node for node in ast.walk(statement.node) if isinstance(node, ast.Name) and node.id in roots]
    if not ours or len(uses) > len(ours):
        return facts
    gone = frozenset(node.id for node in uses)
    return replace(facts, reads=facts.reads - gone, exposed=facts.exposed - gone, deferred=facts.deferred - gone)


def with_settings(edit: Edit, unit: Unit, lift: Callable[[Setting, str], str], path: Callable[[str, str], str]) -> Edit:
    """The call of our step with its literals as settings: the address, the file, and the checksum that it must have.

    `lift` makes a setting and `path` the setting of a path or an address; both give the name of its parameter.
    """
    call = _call(edit, unit, FETCH)
    if call is None:
        return edit
    url, target = _texts(call)
    first, *rest = map(ast.unparse, call.args)
    names = [path(url, "url")] if url else []
    texts = [*(names or [first]), *rest]
    flags = [f"{k.arg}={ast.unparse(k.value)}" for k in call.keywords]
    if target:
        texts[1] = path(target, "download")
        says = f"SHA-256 that the download of {target} must have; empty: not checked"
        stem = slug(target.rpartition("/")[2].replace(".", "_"), 5) or "download"
        checksum = lift(Setting("", "str", "", says, unit.cell, "checksum"), f"{stem}_sha256")
        names += [texts[1], checksum]
        flags.append(f"sha256={checksum}")
    return Edit(edit.place, f"{ast.unparse(call.func)}({', '.join([*texts, *flags])})", FETCH, tuple(names))


def with_files(edit: Edit, unit: Unit, known: Callable[[str], str]) -> Edit:
    """A call of the shell's helper with the files that were downloaded before by their settings.

    `known` gives the name of the parameter, "" for any other text.
    """
    call = _call(edit, unit, MAGIC)
    if call is None or not isinstance(call.func, ast.Attribute):
        return edit
    values = [arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else "" for arg in call.args]
    names = [known(value) if value else "" for value in values]
    if not any(names):
        return edit
    texts = [name or ast.unparse(arg) for name, arg in zip(names, call.args, strict=True)]
    flags = [f"{k.arg}={ast.unparse(k.value)}" for k in call.keywords]
    code = f"{ast.unparse(call.func)}({', '.join([*texts, *flags])})"
    return Edit(edit.place, code, MAGIC, tuple(filter(None, names)))


def _texts(call: ast.Call) -> tuple[str, str]:
    """The literal address and the literal file of a download, "" for what is no literal."""
    values = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
    url, target = (value if isinstance(value, str) else "" for value in [*values, None][:2])
    return url, target


def _call(edit: Edit, unit: Unit, why: str) -> ast.Call | None:
    """The call in an edit that stands where settings are at hand."""
    if edit.why != why or not edit.text.endswith(")") or unit.node is None:
        return None
    if any(isinstance(node, LATER) for node in ast.walk(unit.node)):
        return None
    match ast.parse(edit.text).body:
        case [ast.Expr(value=ast.Call() as call)]:
            return call
    return None
