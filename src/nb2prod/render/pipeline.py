"""The pipeline module: all stages in the notebook's order, values handed over by reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Plan, Stage, Variable
from nb2prod.model.naming import free
from nb2prod.render.annotations import Annotations


@dataclass(slots=True)
class Run:
    """The body of `run()`: for each name of the notebook the expression that holds its value."""

    plan: Plan
    taken: set[str]
    values: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    names: Mapping[int | None, frozenset[str]] = field(default_factory=dict)

    def bound(self, stage: Stage) -> frozenset[str]:
        """The names that a stage binds."""
        return frozenset().union(*(self.names.get(piece.statement, frozenset()) for piece in stage.pieces))

    def call(self, stage: Stage) -> None:
        """Add the call of a stage."""
        arguments = ", ".join(self._argument(variable) for variable in stage.params)
        call = f"{'await ' if stage.coroutine else ''}stages.{stage.name}({arguments})"
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
        stale = sorted(name for name in self.values if self.values[name] == name and name in bound - keeps)
        for name in stale:
            self.lines.append(f"del {name}")
            del self.values[name]

    def _argument(self, variable: Variable) -> str:
        return f"settings.{variable.setting}" if variable.setting else self.values.get(variable.name, variable.name)


def _holder(name: str) -> str:
    return name.removeprefix("compute_").removeprefix("load_")


def run_of(plan: Plan, analysis: Analysis) -> Run:
    """The body of `run()`."""
    run = Run(plan, set(plan.names) | {stage.name for stage in plan.stages} | {"stages", "settings", "Settings", "Result", "run"})
    run.names = {statement.index: statement.facts.may for statement in analysis.statements}
    run.taken -= {stage.name for stage in plan.stages}
    for number, stage in enumerate(plan.stages):
        run.forget(plan.stages[number:])
        run.call(stage)
    return run


def result_fields(plan: Plan, annotations: Annotations) -> list[tuple[str, str]]:
    """The fields of the typed result: names and annotations."""
    return [(variable.name, annotations.code(variable.type)) for variable in plan.results]
