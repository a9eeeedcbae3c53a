"""What statements really do to names: they are run in a namespace that records every access.

A dict subclass as globals sees each LOAD_NAME and LOAD_GLOBAL (Python takes its fast path for plain dicts only) and
each STORE_NAME and DELETE_NAME. Three things pass it by: reads in a class body, which a trace of the body's opcodes
finds, and `global` stores and deletions, which a comparison of the namespace before and after a statement finds.
"""

import __future__

import ast
import asyncio
import builtins
import dis
import importlib
import inspect
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import CodeType, FrameType, FunctionType
from typing import Any

from nb2prod.model.facts import Statement

# Frames that belong to the statement itself and not to code that it calls.
INLINE = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>"})
CLASS_READS = frozenset({"LOAD_NAME", "LOAD_GLOBAL"})
HERE = __file__


@dataclass
class Observed:
    """What one statement did: by itself, and by code that was created by a statement (`nested`, by its index)."""

    index: int = -1
    reads: set[str] = field(default_factory=set)
    nested: dict[int, set[str]] = field(default_factory=dict)
    exposed: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    unbinds: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    error: BaseException | None = None


class Recorder(dict[str, Any]):
    """A namespace that notes who reads, binds and unbinds which name."""

    def __init__(self, names: Mapping[str, Any] = {}) -> None:
        super().__init__(names)
        self.current = -1
        self.seen = Observed()

    def __getitem__(self, name: str) -> Any:
        self.note_read(name, sys._getframe(1))
        return super().__getitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self.seen.binds.add(name)
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self.seen.unbinds.add(name)

    def note_read(self, name: str, frame: FrameType | None) -> None:
        """A frame reads a name of the notebook."""
        if frame is None or _dunder(name):
            return
        creator = _statement(frame.f_code)
        outer = frame
        while outer.f_back is not None and _inline(outer.f_code):
            outer = outer.f_back
        if creator is None:
            self.seen.foreign.add(name)
        elif outer.f_code.co_name == "<module>" and _statement(outer.f_code) == self.current:
            self.seen.reads.add(name)
            if name not in self.seen.binds | self.seen.unbinds:
                self.seen.exposed.add(name)
        else:
            self.seen.nested.setdefault(creator, set()).add(name)

    def build_class(self, body: FunctionType, name: str, *bases: Any, **keywords: Any) -> type:
        """`__build_class__` that notes what the class body reads from outside."""
        before = sys.gettrace()

        def local(frame: FrameType, event: str, arg: Any) -> Any:
            if event == "opcode":
                operation, argument = _operations(frame.f_code).get(frame.f_lasti, ("", None))
                if operation in CLASS_READS and argument not in frame.f_locals:
                    self.note_read(str(argument), frame)
            return local

        def trace(frame: FrameType, event: str, arg: Any) -> Any:
            if frame.f_code is not body.__code__:
                return None
            frame.f_trace_opcodes = True
            return local

        sys.settrace(trace)
        try:
            made: type = builtins.__build_class__(body, name, *bases, **keywords)
        finally:
            sys.settrace(before)
        return made


@cache
def _operations(code: CodeType) -> dict[int, tuple[str, Any]]:
    return {step.offset: (step.opname, step.argval) for step in dis.get_instructions(code)}


def _dunder(name: object) -> bool:
    return not isinstance(name, str) or (name.startswith("__") and name.endswith("__"))


def _statement(code: CodeType) -> int | None:
    """The index of the statement whose text a code object comes from."""
    name = code.co_filename
    return int(name[11:-1]) if name.startswith("<statement ") else None


def _inline(code: CodeType) -> bool:
    if code.co_filename == HERE:
        return True  # our own __build_class__ stands between a class body and its statement
    return code.co_name in INLINE or (code.co_name != "<module>" and not code.co_flags & inspect.CO_OPTIMIZED)


def observe(statements: Sequence[Statement], given: Mapping[str, Any] = {}) -> tuple[list[Observed], Recorder]:
    """Run statements one after the other, note what each did, and go on with the next cell after one that fails."""
    names = Recorder(given)
    own = vars(builtins) | {"__build_class__": names.build_class}
    dict.update(names, {"__builtins__": own, "__name__": "__main__"})
    flags, found, failed = 0, list[Observed](), -1
    for statement in statements:
        if statement.cell == failed:
            continue
        names.current, names.seen = statement.index, Observed(statement.index)
        before = dict(dict.items(names))
        try:
            flags |= _future(statement.node)
            _run(statement, names, flags)
        except BaseException as error:
            names.seen.error = error
        names.seen.hidden = _changed(before, names) - names.seen.binds - names.seen.unbinds
        names.seen.missing = {name for name in names.seen.unbinds if name not in names}
        found.append(names.seen)
        failed = statement.cell if names.seen.error is not None else -1
    return found, names


def _future(node: ast.stmt) -> int:
    """The compiler flags that a `from __future__` import leaves on."""
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__":
        return 0
    return sum(getattr(__future__, alias.name).compiler_flag for alias in node.names)


def _run(statement: Statement, names: Recorder, flags: int) -> None:
    module = ast.Module([statement.node], [])
    code = compile(
        module, f"<statement {statement.index}>", "exec", flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
    )
    # A name that `:=` binds in a comprehension is bound by STORE_GLOBAL everywhere in its statement.
    names.seen.quiet = {step[1] for step in _operations(code).values() if step[0] == "STORE_GLOBAL"}
    result = eval(code, names)
    if inspect.iscoroutine(result):
        _loop().run_until_complete(result)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def _changed(before: Mapping[str, Any], after: Recorder) -> set[str]:
    now = dict(dict.items(after))
    gone = object()
    return {n for n in before.keys() | now.keys() if before.get(n, gone) is not now.get(n, gone) and not _dunder(n)}


def violations(statements: Sequence[Statement], found: Sequence[Observed]) -> list[str]:
    """Every place where a statement did what its facts do not allow."""
    return [
        f"statement {statement.index} (cell {statement.cell}): {claim}: {sorted(extra)}"
        for seen in found
        for statement in [statements[seen.index]]
        for claim, extra in _checks(statement, seen, statements)
        if extra
    ]


def _checks(statement: Statement, seen: Observed, statements: Sequence[Statement]) -> list[tuple[str, set[str]]]:
    facts = statement.facts
    writers = {name for s in statements[: statement.index + 1] for name in s.facts.deferred_writes}
    made: list[tuple[str, set[str]]] = [
        ("reads", seen.reads - facts.reads),
        ("reads what was there before", seen.exposed - facts.exposed),
        ("binds", {name for name in seen.binds - facts.touched - _starred(statement) if not _dunder(name)}),
        ("unbinds", {name for name in seen.unbinds - facts.touched if not _dunder(name)}),
        ("is changed by `global`", seen.hidden - writers - facts.touched),
    ]
    for creator, names in seen.nested.items():
        made.append((f"code of statement {creator} reads", names - _allowed(statements[creator], statement.index)))
    if seen.error is not None:
        return made
    every = seen.reads.union(*seen.nested.values())
    return [
        *made,
        ("must bind but does not", set(facts.must - (seen.binds - seen.missing) - seen.quiet)),
        ("surely reads but does not", {name for name in facts.sure_reads - every - seen.unbinds if not _dunder(name)}),
        ("leaves unbound", {name for name in seen.missing - facts.kills if not _dunder(name)}),
    ]


def _starred(statement: Statement) -> frozenset[str]:
    """The names that star imports of a statement bring: facts do not list them, the analysis says that they are unknown."""
    nodes = (node for node in ast.walk(statement.node) if isinstance(node, ast.ImportFrom))
    modules = [importlib.import_module(node.module or "") for node in nodes if node.names[0].name == "*"]
    return frozenset().union(*map(vars, modules))


def _allowed(creator: Statement, now: int) -> frozenset[str]:
    """What code may read that a statement created: while that statement runs, all that it reads itself too."""
    facts = creator.facts
    deferred = facts.deferred | facts.strings | facts.nested_strings
    return deferred | facts.reads if creator.index == now else deferred
