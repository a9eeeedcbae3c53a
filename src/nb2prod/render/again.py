"""A second run in one process: what the first left at module level must not be seen by it."""

from collections.abc import Iterator

from nb2prod.model.facts import Analysis, Facts
from nb2prod.model.naming import free
from nb2prod.model.plan import Plan


def forget_name(plan: Plan) -> str:
    """The name of the function that forgets what an earlier run left."""
    return free("forget", set(plan.names) | {stage.name for stage in plan.stages}, "run")


def forget_code(plan: Plan, analysis: Analysis) -> str:
    """That function, "" if every shared variable is bound before anything may look at it."""
    names = stale(plan, analysis)
    if not names:
        return ""
    each = free("name", plan.names, "of_package")
    listed = "".join(f'"{name}", ' for name in names)
    return (
        f"def {forget_name(plan)}() -> None:\n"
        '    """Forget what an earlier run left in this module."""\n'
        f"    for {each} in ({listed.rstrip() if len(names) == 1 else listed.rstrip(', ')}):\n"
        f"        globals().pop({each}, None)"
    )


def stale(plan: Plan, analysis: Analysis) -> tuple[str, ...]:
    """The shared variables that a run may look at before it binds them."""
    pending = {variable.name for variable in plan.shared}
    every = [statement.facts for statement in analysis.statements]
    pending &= set().union(*(facts.touched | facts.deferred_writes for facts in every)) if every else set()
    reach = _reach(plan, analysis) if pending else {}
    found: set[str] = set()
    for facts, certain in _steps(plan, analysis):
        looked = set(facts.inputs).union(*(reach.get(name, ()) for name in facts.reads | facts.deferred))
        found |= pending & looked
        pending -= looked | (facts.must if certain else frozenset())
    return tuple(sorted(found))


def _steps(plan: Plan, analysis: Analysis) -> Iterator[tuple[Facts, bool]]:
    """The facts of the stages' statements in order, and whether each surely runs to its end."""
    for piece in (piece for stage in plan.stages for piece in stage.pieces):
        for inner in piece.guarded or (piece,):
            if inner.statement is not None:
                yield analysis.statements[inner.statement].facts, not piece.guarded


def _reach(plan: Plan, analysis: Analysis) -> dict[str, set[str]]:
    """For each function and class at module level what it may read when it runs, directly or not."""
    found: dict[str, set[str]] = {}
    for piece in plan.definitions:
        if piece.statement is not None:
            facts = analysis.statements[piece.statement].facts
            found |= {name: set(facts.deferred | facts.nested_strings) for name in facts.may}
    for _ in found:
        before = sum(map(len, found.values()))
        for names in found.values():
            names |= set().union(*(found.get(name, ()) for name in names))
        if sum(map(len, found.values())) == before:
            break
    return found
