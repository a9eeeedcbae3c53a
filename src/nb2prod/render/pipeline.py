"""The pipeline module: all stages in the notebook's order, values handed over by reference."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import Taken, free
from nb2prod.model.plan import Plan, Stage, Variable
from nb2prod.render.again import forget_name, stale

WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Run:
    """The body of `run()`: for each name of the notebook the expression that holds its value."""

    plan: Plan
    taken: Taken
    module: str
    values: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    settings: str = "settings"
    names: Mapping[int | None, frozenset[str]] = field(default_factory=dict)

    def bound(self, stage: Stage) -> frozenset[str]:
        """The names that a stage binds."""
        pieces = [inner for piece in stage.pieces for inner in (piece, *piece.guarded)]
        return frozenset().union(*(self.names.get(piece.statement, frozenset()) for piece in pieces))

    def call(self, stage: Stage) -> None:
        """Add the call of a stage."""
        arguments = ", ".join(self._argument(variable) for variable in stage.params)
        call = f"{'await ' if stage.coroutine else ''}{self.module}.{stage.name}({arguments})"
        if stage.name in self.plan.retried:
            call = f"{retried_name(self.plan)}({self.module}.{stage.name}{', ' if arguments else ''}{arguments})"
        if not stage.returns:
            self.lines.append(call)
            return
        if len(stage.returns) == 1:
            name = stage.returns[0].name
            self.lines.append(f"{name} = {call}")
            self.values[name] = name
            return
        holder = free(_holder(stage.name), self.taken, "result")
        self.taken.add(holder)
        self.lines.append(f"{holder} = {call}")
        for variable in stage.returns:
            name, held = variable.name, f"{holder}.{variable.name}"
            if self.values.get(name) == name:
                self.lines.append(f"{name} = {held}")  # the variable has a new value: the old one goes
            else:
                self.values[name] = held

    def forget(self, rest: Sequence[Stage]) -> None:
        """Drop variables that the next stage binds anew for itself alone: nobody reads the old value any more."""
        bound = self.bound(rest[0])
        keeps = {variable.name for variable in (*rest[0].params, *rest[0].returns)}
        self._drop(bound - keeps)

    def spend(self, stage: Stage) -> None:
        """Drop variables that a stage took and bound anew for itself alone."""
        self._drop(self.bound(stage) - {variable.name for variable in stage.returns})

    def _drop(self, names: Set[str]) -> None:
        for name in sorted(name for name in names if self.values.get(name) == name):
            self.lines.append(f"del {name}")
            del self.values[name]

    def tidy(self) -> None:
        """Leave out the names that nothing uses: another call of a function may hand on more than is asked for."""
        wanted = [self.values[variable.name] for variable in self.plan.results if variable.name in self.values]
        used = Counter(WORD.findall("\n".join([*self.lines, *wanted])))
        for number, line in enumerate(self.lines):
            name, _, call = line.partition(" = ")
            if call and name.isidentifier() and used[name] == 1:
                self.lines[number] = call

    def _argument(self, variable: Variable) -> str:
        if variable.value:
            return variable.value
        if variable.setting:
            return self.settings if variable.setting == "*" else f"{self.settings}.{variable.setting}"
        return self.values.get(variable.name, variable.name)


def retried_name(plan: Plan) -> str:
    """The name under which the pipeline imports what tries again: the notebook may have a variable of that name."""
    return free("retried", plan.names, "of_run")


def stages_name(plan: Plan) -> str:
    """The name under which the pipeline imports the stages: the notebook may have a variable of that name."""
    return free("stages", plan.names, "of_package")


def result_name(plan: Plan) -> str:
    """The name of the class of the results: the notebook may have a variable of that name."""
    return free("Result", plan.names, "of_run") if "Result" in plan.names else "Result"


def _holder(name: str) -> str:
    short = name.removeprefix("compute_").removeprefix("load_")
    return short if short.isidentifier() else name


def run_of(plan: Plan, analysis: Analysis, settings: str) -> Run:
    """The body of `run()`; `settings` is the name of the settings in it."""
    taken = set(plan.names) - {stage.name for stage in plan.stages}
    run = Run(plan, Taken(taken | {"stages", "settings", "Settings", "Result", "run", "retried"}), stages_name(plan))
    run.settings = settings
    run.names = {statement.index: statement.facts.may for statement in analysis.statements}
    if stale(plan, analysis):
        run.lines.append(f"{run.module}.{forget_name(plan)}()")
    for number, stage in enumerate(plan.stages):
        run.forget(plan.stages[number:])
        run.call(stage)
        run.spend(stage)
    run.tidy()
    return run
