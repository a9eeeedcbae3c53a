"""Plan → Project: the only place that makes code text."""

import re
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from nb2prod.model.facts import Analysis
from nb2prod.model.naming import free
from nb2prod.model.plan import Plan
from nb2prod.model.project import File, Project
from nb2prod.model.secret_names import names_secret
from nb2prod.render.annotations import Annotations
from nb2prod.render.cases import PROPERTIES, cases_context
from nb2prod.render.format import formatted
from nb2prod.render.imports import Imports
from nb2prod.render.job import job_context
from nb2prod.render.leniency import lenient_codes
from nb2prod.render.pipeline import Run, result_name, retried_name, run_of, stages_name
from nb2prod.render.serving import CLIENT, SERVICE, serving_context
from nb2prod.render.settings import field_of, has_files, has_settings, sample, setting_type, settings_imports
from nb2prod.render.stages import Module, stages_module
from nb2prod.render.templates import environment, mermaid_label, names

__all__ = ["render"]

SETTINGS = "pydantic-settings>=2.7"
SCHEMAS = "pandera[pandas]>=0.24"
RETRIES = "stamina>=24.3"
TOOLS = ("black>=25", "mypy>=1.15", "pytest>=8", "ruff>=0.11")


def render(plan: Plan, analysis: Analysis, version: str = "", data: Sequence[File] = ()) -> Project:
    """Make the text of every file of the project; `data` are what a proof has left for its tests."""
    module = stages_module(plan, analysis)
    context = {**_context(plan, analysis, module, version), **cases_context(plan, data)}
    files = []
    for name in names():
        text = environment().get_template(name).render(context)
        path = name.removesuffix(".j2").replace("src/package/", f"src/{plan.package}/")
        if not text.strip() and not path.endswith("py.typed"):
            continue
        if path.endswith(".py") and not path.endswith("/stages.py"):
            text = formatted(text.strip() + "\n")
        files.append(File(path, f"{text.rstrip()}\n" if text.strip() else ""))
    return Project(plan.name, plan.package, tuple(files))


def _context(plan: Plan, analysis: Analysis, module: Module, version: str) -> dict[str, object]:
    """All that the templates may use."""
    return {
        "plan": plan,
        "stages": module.text,
        "version": version,
        "prefix": f"{plan.package.upper()}_",
        "notebook_name": PurePosixPath(plan.notebook.replace("\\", "/")).name,
        "mermaid": _mermaid(plan),
        "uses_shell": _shell_methods(plan, module),
        **_run_context(plan, analysis, module),
        **_settings_context(plan),
        **_tools_context(plan, module),
        **job_context(plan, analysis),
        **serving_context(plan),
    }


def _shell_methods(plan: Plan, module: Module) -> Callable[[str], bool]:
    """A test whether the stages call one of some methods of the shell's helper."""
    used = frozenset(re.findall(rf"\b{plan.helpers.get('shell', 'shell')}\.(\w+)\(", module.text))
    return lambda names: not used.isdisjoint(names.split())


def _run_context(plan: Plan, analysis: Analysis, module: Module) -> dict[str, object]:
    """What the pipeline module needs."""
    given = free("settings", plan.names, "of_run") if "settings" in plan.names else "settings"
    run = run_of(plan, analysis, given)
    annotations = Annotations(_pipeline_names(module), frozenset(), frozenset())
    fields = [(v.name, annotations.code(v.type)) for v in plan.results if v.name in run.values]
    coroutine = any(stage.coroutine for stage in plan.stages)
    return {
        "fields": fields,
        "result": result_name(plan),
        "settings_class": plan.helpers.get("Settings", "Settings"),
        "results": [(name, run.values[name]) for name, _ in fields],
        "lines": run.lines or ["pass"],
        "coroutine": coroutine,
        "given": given,
        "uses_settings": plan.figures or any(v.setting for stage in plan.stages for v in stage.params),
        "pipeline_imports": _pipeline_imports(plan, annotations, bool(fields), coroutine, run),
    }


def _settings_context(plan: Plan) -> dict[str, object]:
    """What the settings, their tests and the README need."""
    return {
        "values": [setting for setting in plan.settings if setting.kind != "secret"],
        "secrets": [setting for setting in plan.settings if setting.kind == "secret"],
        "private": [s.name for s in plan.settings if s.kind != "secret" and names_secret(s.name)],
        "settings_imports": settings_imports(plan),
        "files": has_files(plan),
        "has_settings": has_settings(plan),
        "setting_type": setting_type,
        "field": field_of,
        "inputs": [setting for setting in plan.settings if setting.kind in {"path", "url"}],
        "sample": sample(plan),
        "relative": sorted({str(s.default) for s in plan.settings if s.kind == "path" and _relative(str(s.default))}),
        "skip": _skip(plan),
    }


def _tools_context(plan: Plan, module: Module) -> dict[str, object]:
    """What the tables of the tools need."""
    undefined = any(fallback.kind == "undefined" for fallback in plan.fallbacks)
    return {
        "description": textwrap.shorten(plan.description or plan.title, 300, placeholder=" ..."),
        "inner_imports": re.search(r"^ {4,}(?:import|from) \w", module.text, re.MULTILINE) is not None,
        "undefined": undefined,
        "requirements": requirements(plan),
        "development": lambda properties: development(plan, properties),
        "service": SERVICE if plan.serving else (),
        "untyped": _untyped(plan, module),
        "codes": ", ".join(f'"{code}"' for code in lenient_codes(module.text, _made(plan), undefined)),
        "third_party": sorted({d.module for d in plan.dependencies if d.module}),
    }


def requirements(plan: Plan) -> list[str]:
    """What the package needs to run: what the notebook imports, and what checks its settings and its inputs."""
    own = [SETTINGS] if has_settings(plan) else []
    if any(each.schema for each in plan.inputs):
        own.append(SCHEMAS)
    if plan.retried or plan.downloads:
        own.append(RETRIES)
    return [*own, *(f"{d.distribution}{d.specifier}" for d in plan.dependencies)]


def development(plan: Plan, properties: bool) -> list[str]:
    """What the project's checks and tests need."""
    served = [CLIENT, f"{plan.name}[serve]"] if plan.serving else []
    return sorted([*TOOLS, *stubs(plan), *served, *([PROPERTIES] if properties else [])])


def _made(plan: Plan) -> frozenset[str]:
    """The functions and classes of the stages module that are not the author's."""
    return frozenset(name for stage in plan.stages for name in (stage.name, stage.result) if name)


def _untyped(plan: Plan, module: Module) -> list[str]:
    """Modules that a type checker may not find, or not find typed; their types are `Any` then."""
    imported = {name.split(".")[0] for name, _ in module.annotations.checking} | {d.module for d in plan.dependencies}
    served = {"joblib", "sklearn"} if plan.serving else set[str]()
    return sorted((imported | served) - {""} - sys.stdlib_module_names)


def _pipeline_names(module: Module) -> Mapping[str, str]:
    """Plain imports of the stages module that annotations of the pipeline may use again."""
    return {alias or name: name for name, alias in module.imports.plain if alias or "." not in name}


def _pipeline_imports(plan: Plan, annotations: Annotations, fields: bool, coroutine: bool, run: Run) -> str:
    del run
    imports = Imports(plan.package)
    if coroutine:
        imports.module("asyncio")
    if fields:
        imports.member("dataclasses", "dataclass")
    for module, name in annotations.runtime:
        imports.member(module, name)
    if plan.stages:
        imports.member(plan.package, "stages", "" if stages_name(plan) == "stages" else stages_name(plan))
    if plan.figures:
        helper = plan.helpers["figures"]
        imports.member(f"{plan.package}.figures", "figures", "" if helper == "figures" else helper)
    if plan.retried:
        alias = retried_name(plan)
        imports.member(f"{plan.package}.runs", "retried", "" if alias == "retried" else alias)
    if has_settings(plan):
        settings = plan.helpers.get("Settings", "Settings")
        imports.member(f"{plan.package}.settings", "Settings", "" if settings == "Settings" else settings)
    text = "".join(annotation for annotation in _used(annotations, plan))
    for alias, dotted in annotations.imports.items():
        if f"{alias}." in text:
            imports.module(dotted, alias if alias != dotted else "")
    if annotations.checking:
        imports.member("typing", "TYPE_CHECKING")
        block = Imports(plan.package)
        for module, name in annotations.checking:
            block.member(module, name)
        return f"{imports.text()}\n\nif TYPE_CHECKING:\n{block.text('    ')}"
    return imports.text()


def _used(annotations: Annotations, plan: Plan) -> list[str]:
    return [annotations.code(variable.type) for variable in plan.results]


def stubs(plan: Plan) -> list[str]:
    """Distributions with type information for the untyped ones."""
    return sorted({dependency.stubs for dependency in plan.dependencies if dependency.stubs})


def _relative(path: str) -> bool:
    return not (
        path.startswith(("/", "~", "\\")) or "://" in path or PureWindowsPath(path).drive or ".." in path.split("/")
    )


def _skip(plan: Plan) -> str:
    """Why nobody can run the pipeline in a test yet, "" if the inputs would do."""
    if any(setting.kind == "secret" for setting in plan.settings):
        return "it needs secrets from the environment"
    refused = [fallback.reason for fallback in plan.fallbacks if fallback.kind == "refused"]
    if refused:
        return textwrap.shorten(refused[0], 150)
    paths = [str(setting.default) for setting in plan.settings if setting.kind == "path"]
    if any(not _relative(path) for path in paths):
        return "it reads paths of the author's machine: set them in config/ first"
    if any(setting.kind == "url" for setting in plan.settings):
        return "it reads from the network"
    return "" if paths else "nobody has run it yet: `nb2prod verify` compares it with the notebook"


def _mermaid(plan: Plan) -> str:
    """The pipeline as a graph: stages, and the names that flow between them."""
    lines = ["flowchart TD"]
    source: dict[str, str] = {}
    for number, stage in enumerate(plan.stages):
        lines.append(f"    s{number}[{mermaid_label(stage.name)}]")
        edges: dict[str, list[str]] = {}
        for variable in stage.params:
            if variable.name in source:
                edges.setdefault(source[variable.name], []).append(variable.name)
        for start, carried in edges.items():
            lines.append(f"    {start} -->|{mermaid_label(', '.join(carried[:4]))}| s{number}")
        source |= {variable.name: f"s{number}" for variable in stage.returns}
    return "\n".join(lines)
