"""Analysis + Finding* → Plan: every decision about the project, before any text."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nb2prod.model.evidence import Schema
from nb2prod.model.facts import Analysis
from nb2prod.model.finding import Finding
from nb2prod.model.naming import free, package_name
from nb2prod.model.plan import Dropped, Piece, Plan, Profile, Stage, Variable
from nb2prod.model.serving import Serving
from nb2prod.plan.annotated import without_annotations
from nb2prod.plan.calls import call_edits
from nb2prod.plan.dependencies import dependencies_of
from nb2prod.plan.documents import blanks_of, cadence_of, work_of_blanks
from nb2prod.plan.grouping import Group, divide
from nb2prod.plan.handing import handed
from nb2prod.plan.headings import title_and_text
from nb2prod.plan.inputs import inputs_of, retried_of, tables_read
from nb2prod.plan.lives import Lives
from nb2prod.plan.measured import measured_of, work_of_measured
from nb2prod.plan.names import Storage
from nb2prod.plan.observed import with_observed
from nb2prod.plan.outputs import outputs_of
from nb2prod.plan.placed import placed
from nb2prod.plan.profile import profile_of, without_service
from nb2prod.plan.program import program_of
from nb2prod.plan.repeats import Repeats, repeats_of
from nb2prod.plan.results import results_of
from nb2prod.plan.serving import Path, Refused, serving_of, way_to_serve, work_of_service
from nb2prod.plan.settings import Settings
from nb2prod.plan.sharing import local_candidates
from nb2prod.plan.stages import stages_of
from nb2prod.plan.storage import fallbacks_of
from nb2prod.plan.units import Program, Unit, with_edits
from nb2prod.plan.work import work_of

__all__ = ["make_plan", "tables_read", "with_observed"]

# A name that may be unbound where a stage would hand it on keeps its code together up to this many lines.
TOGETHER = 30
# Names that the generated modules use themselves.
OWN = frozenset({"run", "Result", "Settings", "logger", "logging", "figures", "shell", "Any", "dataclass"})


@dataclass(frozen=True, slots=True)
class Flow:
    """The units of the stages with what flows between them."""

    units: tuple[Unit, ...]
    lives: Lives
    results: tuple[str, ...]
    repeats: Repeats


def make_plan(
    analysis: Analysis,
    findings: Sequence[Finding] = (),
    name: str = "",
    versions: Mapping[str, str] | None = None,
    profile: Profile | None = None,
    schemas: Sequence[Schema] = (),
) -> Plan:
    """Decide everything about the project that a notebook becomes.

    `name` overrides the package's name, `profile` what the notebook speaks for; `versions` are the installed
    distributions by normalized name, `schemas` the tables that the notebook reads, as far as they are known.
    """
    names = _names(analysis)
    program = program_of(analysis, names, findings)
    settings, storage = placed(program, analysis, findings)
    chosen, why = profile_of(settings.settings, analysis, profile)
    path, chosen, why = way_to_serve(chosen, why, profile, analysis, schemas)
    flow, groups = _divided(
        storage, settings, analysis, (*path.wanted, *path.held, *path.refit) if isinstance(path, Path) else ()
    )
    package = package_name(name or analysis.notebook.name, (module.name for module in analysis.modules))
    title, description = title_and_text(analysis.notebook)
    plan = Plan(
        package=package,
        name=package.replace("_", "-"),
        title=title or package,
        description=description,
        notebook=analysis.notebook.path,
        stages=_stages(flow, groups, storage, settings, analysis, names | OWN | {package}),
        settings=tuple(settings.settings),
        results=tuple(Variable(name, analysis.type_before(name, len(analysis.statements))) for name in flow.results),
        dependencies=dependencies_of(analysis, program, versions or {}, _unused_modules(storage, analysis)),
        fallbacks=(*program.fallbacks, *fallbacks_of(storage, flow.units)),
        names=names,
        profile=chosen,
        profile_why=why,
    )
    plan = _with_module(replace(plan, work=work_of(plan)), storage, program, analysis)
    return _with_job(_with_serving(plan, path, flow, storage, settings, analysis), analysis)


def _with_serving(
    plan: Plan, path: Path | Refused | None, flow: Flow, storage: Storage, settings: Settings, analysis: Analysis
) -> Plan:
    """The plan of a service, or of the next smaller profile with the reason why it can't be one."""
    if path is None:
        return plan
    served: Serving | Refused = Refused(path.why)
    lost = sorted(set(path.wanted) - set(flow.results)) if isinstance(path, Path) else []
    if lost:
        served = Refused(f"{', '.join(lost)} can't be handed on by the stages")
    elif isinstance(path, Path):
        tried = {*path.held, *path.refit}
        path = path if tried <= set(flow.results) else replace(path, held=(), refit=())
        taken = plan.names | OWN | {stage.name for stage in plan.stages}
        module = frozenset(storage.module)
        names = (module, frozenset(storage.shared), settings.params, settings.bound)
        served = serving_of(path, flow.units, *names, taken, analysis, plan.package)
    if isinstance(served, Refused):
        profile, _ = without_service(plan.settings, analysis)
        return replace(plan, profile=profile, profile_why=f"it can't be a service: {served.why}")
    assert isinstance(path, Path)
    return replace(plan, serving=served, work=(*plan.work, *work_of_service(served, path.changed_label)))


def _with_job(plan: Plan, analysis: Analysis) -> Plan:
    """The plan with what a job has to know of its inputs and outputs."""
    if plan.profile == "library":
        return plan
    job = replace(
        plan,
        inputs=inputs_of(plan.stages, plan.settings, analysis),
        outputs=outputs_of(plan.stages, plan.settings, analysis),
        retried=retried_of(plan.stages, plan.settings, analysis),
        cadence=cadence_of(analysis.notebook),
    )
    blanks = tuple(blanks_of(job, any(stage.role == "train" for stage in plan.stages)))
    job = replace(job, blanks=blanks, measured=measured_of(job, analysis))
    return replace(job, work=(*plan.work, *work_of_blanks(blanks), *work_of_measured(job, analysis)))


def _with_module(plan: Plan, storage: Storage, program: Program, analysis: Analysis) -> Plan:
    """The plan with what stands at module level, and what stands nowhere."""
    spare = (Dropped(ast.unparse(unit.node), "nothing uses it", unit.place) for unit in storage.unused if unit.node)
    return replace(
        plan,
        idle=frozenset(storage.idle),
        figures=program.figures,
        shell=program.shell,
        downloads=program.downloads,
        logs=program.logs,
        helpers=program.helpers,
        imports=tuple(unit.piece for unit in storage.imports),
        constants=tuple(unit.piece for unit in storage.constants),
        definitions=tuple(_definition(unit, storage, analysis) for unit in storage.definitions),
        shared=tuple(
            Variable(name, _shared_type(name, analysis))
            for name in sorted(storage.shared.keys() | storage.undefined.keys())
        ),
        dropped=(*program.dropped, *spare),
    )


def _stages(
    flow: Flow, groups: Sequence[Group], storage: Storage, settings: Settings, analysis: Analysis, taken: frozenset[str]
) -> tuple[Stage, ...]:
    uses = settings.uses(flow.units)
    lines = {cell.index: cell.lines for cell in analysis.notebook.code}
    units = [without_annotations(unit, storage.shared.keys(), lines, analysis) for unit in flow.units]
    groups, firsts = flow.repeats.first(groups, units)
    made = stages_of(
        groups, units, analysis, tuple(storage.shared), settings.params, settings.bound, set(taken), uses, firsts
    )
    name = free("settings", settings.names, "of_run")
    return tuple(handed(stage, name) for stage in made)


def _names(analysis: Analysis) -> frozenset[str]:
    """Every name that the notebook's code uses anywhere."""
    nodes = (node for tree in analysis.trees.values() for node in ast.walk(tree))
    found = {getattr(node, "id", "") or getattr(node, "name", "") or getattr(node, "arg", "") or "" for node in nodes}
    found |= {
        name for statement in analysis.statements for name in statement.facts.touched | statement.facts.deferred_writes
    }
    return frozenset(name for name in found if isinstance(name, str) and name)


def _divided(
    storage: Storage, settings: Settings, analysis: Analysis, wanted: Sequence[str]
) -> tuple[Flow, list[Group]]:
    """The groups; a function or class that only its own stage uses is local there. `wanted` must be among the results."""
    candidates = {name: storage.shared.pop(name) for name in local_candidates(storage, analysis)}
    while True:
        flow = _flow(storage, settings, analysis, wanted)
        groups = divide(flow.units, flow.lives, settings.uses(flow.units), flow.repeats.ends)
        spread = {
            name for name in candidates if name not in storage.shared and _groups_with(name, groups, flow.units) > 1
        }
        if not spread:
            return flow, groups
        for name in spread:
            storage.shared[name] = candidates[name]


def _groups_with(name: str, groups: Sequence[Group], units: Sequence[Unit]) -> int:
    """How many stages bind, read or capture a name."""
    return sum(
        any(
            name in u.facts.touched | u.facts.reads | u.facts.deferred | u.facts.nested_strings
            for u in units[g.start : g.end]
        )
        for g in groups
    )


def _flow(storage: Storage, settings: Settings, analysis: Analysis, wanted: Sequence[str]) -> Flow:
    """What flows between stages; a name that no border could carry is shared, or keeps its code together."""
    units = tuple(_with_calls(unit, storage, analysis) for unit in storage.stages)
    while True:
        facts = [unit.facts for unit in units]
        bound = frozenset().union(*(each.touched for each in facts)) | settings.bound.keys()
        flows = frozenset(name for name in bound if storage.flows(name))
        results = results_of(units, flows, frozenset(settings.bound), analysis)
        results += [name for name in wanted if name in flows and name not in results]
        lives = Lives(facts, flows, settings.bound, results)
        far = {name for name, span in lives.spans().items() if _distance(units, *span) > TOGETHER}
        if not far:
            return Flow(units, lives, tuple(results), repeats_of(units, lives.closed(), analysis))
        storage.share(far, "it may be unbound where a later cell reads it")


def _distance(units: Sequence[Unit], start: int, end: int) -> int:
    return sum(unit.lines for unit in units[max(start - 1, 0) : end + 1])


def _with_calls(unit: Unit, storage: Storage, analysis: Analysis) -> Unit:
    """The unit with the values passed that functions take as parameters now."""
    called = {name: storage.lifted[name] for name in unit.facts.reads & storage.lifted.keys()}
    if not called or unit.node is None:
        return unit
    extra = frozenset(name for lifted in called.values() for name in lifted.extra)
    facts = replace(unit.facts, exposed=unit.facts.exposed | extra, reads=unit.facts.reads | extra)
    cell = analysis.notebook.cells[unit.cell - 1]
    return with_edits(replace(unit, facts=facts), *call_edits(unit.node, cell, called))


def _definition(unit: Unit, storage: Storage, analysis: Analysis) -> Piece:
    """The piece of a function or class at module level, with its parameters lifted."""
    name = getattr(unit.node, "name", "")
    inside = {other: lifted for other, lifted in storage.lifted.items() if other in unit.facts.deferred}
    cell = analysis.notebook.cells[unit.cell - 1]
    edits = tuple(call_edits(unit.node, cell, inside)) if inside and unit.node else ()
    extra = storage.lifted[name].extra if name in storage.lifted else ()
    calls = [other.index for other in analysis.statements if name in other.facts.reads] if extra else []
    variables = tuple(Variable(value, _type_at(value, calls, analysis)) for value in extra)
    return replace(unit.piece, edits=(*unit.piece.edits, *edits), extra=variables)


def _type_at(name: str, places: Sequence[int], analysis: Analysis) -> str:
    """The type of a variable at some statements, "" if it differs."""
    kinds = {analysis.type_before(name, index) for index in places}
    return kinds.pop() if len(kinds) == 1 else ""


def _unused_modules(storage: Storage, analysis: Analysis) -> frozenset[str]:
    """Modules that are imported and that nothing uses."""
    used: set[str] = set()
    for unit in [*storage.imports, *storage.definitions, *storage.stages]:
        for node in ast.walk(unit.node) if unit.node is not None else ():
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                used.add((node.module or "").split(".")[0])
    return frozenset(module.name for module in analysis.modules) - used


def _shared_type(name: str, analysis: Analysis) -> str:
    kinds = {kind for _, kind in analysis.types.get(name, ())}
    return kinds.pop() if len(kinds) == 1 else ""
