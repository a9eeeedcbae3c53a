"""The stages module: imports, constants, the notebook's functions, and its cells as functions."""

import ast
from dataclasses import dataclass

from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Piece, Plan, Variable
from nb2prod.render.again import forget_code
from nb2prod.render.annotations import Annotations
from nb2prod.render.code import Code
from nb2prod.render.format import formatted, shielded
from nb2prod.render.imports import Imports

HEAD = '"""The notebook\'s cells as functions, in its order, with its own names."""'


@dataclass(frozen=True, slots=True)
class Module:
    """The text of the module and what other modules must know of it."""

    text: str
    annotations: Annotations
    imports: Imports


def stages_module(plan: Plan, analysis: Analysis) -> Module:
    """Render the module and check that it holds the notebook's statements, and nothing else."""
    hoisted, names = _notebook_imports(plan, analysis)
    annotations = Annotations(names, _classes(plan, analysis), _bound(plan, analysis) - names.keys())
    code = Code(plan, analysis, annotations)
    stages = [shielded(code.stage(stage), ours=True) for stage in plan.functions]
    results = [text for stage in plan.functions if (text := code.result(stage))]
    definitions = [shielded(code.piece(piece)) for piece in plan.definitions]
    constants = [code.piece(piece) for piece in plan.constants]
    shared = [_declaration(variable, annotations) for variable in plan.shared if _declared(variable, plan, analysis)]
    logger = plan.helpers.get("logger", "logger")
    uses_logger = any(f"{logger}." in text for text in [*stages, *definitions])
    imports = _imports(plan, hoisted, annotations, bool(results), uses_logger)
    parts = [
        HEAD,
        imports.text(),
        _checking(annotations, plan),
        (
            f"{logger} = {'_logging' if 'logging' in annotations.taken else 'logging'}.getLogger(__name__)"
            if uses_logger
            else ""
        ),
        "\n".join(constants),
        "\n".join(shared),
        *results,
        *definitions,
        forget_code(plan, analysis),
        *stages,
    ]
    text = "\n\n\n".join(part for part in parts if part) + "\n"
    check(text, plan, code)
    return Module(formatted(text), annotations, imports)


def _notebook_imports(plan: Plan, analysis: Analysis) -> tuple[Imports, dict[str, str]]:
    """The notebook's imports that stand at module level, and what their names stand for."""
    imports, names = Imports(plan.package), {}
    for piece in plan.imports:
        assert piece.statement is not None
        node = analysis.statements[piece.statement].node
        if isinstance(node, ast.Import):
            for alias in _used(node, plan):
                imports.module(alias.name, alias.asname or "")
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in _used(node, plan):
                imports.member(module, alias.name, alias.asname or "")
                if alias.name != "*":
                    names[alias.asname or alias.name] = f"{module}.{alias.name}"
    return imports, names


def _used(node: ast.Import | ast.ImportFrom, plan: Plan) -> list[ast.alias]:
    """The names of an import that something uses."""
    return [alias for alias in node.names if (alias.asname or alias.name.split(".")[0]) not in plan.idle]


def _imports(plan: Plan, imports: Imports, annotations: Annotations, results: bool, logger: bool) -> Imports:
    if logger:
        imports.module("logging", "" if "logging" not in annotations.taken else "_logging")
    if results:
        imports.member("dataclasses", "dataclass", "_dataclass" if "dataclass" in annotations.taken else "")
    for module, name in annotations.runtime:
        imports.member(module, name)
    if annotations.checking:
        imports.member("typing", "TYPE_CHECKING")
    handed = any(variable.setting == "*" for stage in plan.stages for variable in stage.params)
    if handed or any(setting.kind == "secret" for setting in plan.settings):
        alias = plan.helpers["Settings"]
        imports.member(f"{plan.package}.settings", "Settings", "" if alias == "Settings" else alias)
    for module, helper, wanted in (
        ("figures", "figures", plan.figures), ("shell", "shell", plan.shell), ("downloads", "fetch", plan.downloads)
    ):  # fmt: skip
        if wanted:
            alias = plan.helpers[helper]
            imports.member(f"{plan.package}.{module}", helper, "" if alias == helper else alias)
    return imports


def _checking(annotations: Annotations, plan: Plan) -> str:
    """Imports that only annotations need."""
    if not annotations.checking:
        return ""
    block = Imports(plan.package)
    for module, name in annotations.checking:
        block.member(module, name)
    return f"if TYPE_CHECKING:\n{block.text('    ')}"


def _classes(plan: Plan, analysis: Analysis) -> frozenset[str]:
    nodes = (analysis.statements[piece.statement].node for piece in plan.definitions if piece.statement is not None)
    return frozenset(node.name for node in nodes if isinstance(node, ast.ClassDef))


def _bound(plan: Plan, analysis: Analysis) -> frozenset[str]:
    """Every name that the notebook binds anywhere: an annotation would find that and not what it means."""
    nodes = [node for tree in analysis.trees.values() for node in ast.walk(tree)]
    found = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    found |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    found |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    found |= {variable.name for variable in plan.shared}  # those too that are read and that nobody binds
    return frozenset(found.union(*(statement.facts.touched for statement in analysis.statements)))


def _declared(variable: Variable, plan: Plan, analysis: Analysis) -> bool:
    """Definitions that a stage makes global declare themselves."""
    del plan, analysis
    return bool(variable.name)


def _declaration(variable: Variable, annotations: Annotations) -> str:
    kind = "" if variable.type in {"type", "Callable[..., Any]", "None"} else variable.type
    return f"{variable.name}: {annotations.code(kind)}"


def check(text: str, plan: Plan, code: Code) -> None:
    """Every stage must hold exactly the statements of the plan, as the same program."""
    tree = ast.parse(text)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for stage in (*plan.functions, *(stage for stage in plan.stages if stage.repeats)):
        body = [node for node in functions[stage.name].body[1:] if not isinstance(node, ast.Global)]
        if stage.returns:
            body = body[:-1]
        found = [ast.dump(node) for node in body]
        wanted = [ast.dump(node) for piece in stage.pieces for node in _expected(piece, code)]
        if found != wanted:
            at = next(
                (i for i, pair in enumerate(zip(found, wanted, strict=False)) if pair[0] != pair[1]),
                min(len(found), len(wanted)),
            )
            raise AssertionError(f"stage {stage.name}: statement {at + 1} is not the notebook's own")


def _expected(piece: Piece, code: Code) -> list[ast.stmt]:
    return ast.parse(code.piece(piece)).body if piece.guarded else ast.parse(code.statement(piece)).body
