"""How much is generated: the profile that the notebook speaks for, and the evidence."""

import ast
from collections.abc import Iterable, Iterator

from nb2prod.model.facts import Analysis
from nb2prod.model.plan import Profile, Setting

PREDICTS = frozenset({"predict", "predict_proba"})
# Libraries with which a notebook answers people or programs.
ANSWERS = frozenset({"flask", "fastapi", "gradio", "streamlit", "dash", "bottle", "aiohttp", "ipywidgets"})
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
FIGURES = frozenset({"savefig", "imsave", "write_html", "write_image"})
# Folders are no data, and what a callback of training writes is for the one who trains.
NO_DATA = FIGURES | frozenset(
    "makedirs mkdir listdir chdir rmtree exists isfile isdir getsize stat glob walk remove unlink rename replace "
    "ModelCheckpoint TensorBoard CSVLogger".split()
)


def profile_of(settings: Iterable[Setting], analysis: Analysis, wanted: Profile | None) -> tuple[Profile, str]:
    """The profile and why: what somebody asked for, else what the notebook does.

    A notebook that answers with a fitted model is a *service*, one that reads and writes files a *batch* job.
    """
    if wanted:
        return wanted, "it was asked for"
    answer = _answers(analysis)
    if answer:
        return "service", answer
    return without_service(settings, analysis)


def without_service(settings: Iterable[Setting], analysis: Analysis) -> tuple[Profile, str]:
    """The profile of a notebook that answers nobody, and why."""
    settings = tuple(settings)
    read = next((f"{s.name} (cell {s.cell})" for s in settings if s.kind in {"path", "url"}), "")
    written = next((f"{s.name} (cell {s.cell})" for s in settings if s.kind == "output" and not _draws(s)), "")
    read, written = read or _access(analysis, "read"), written or _access(analysis, "write")
    if read and written:
        return "batch", f"it reads {read} and writes {written}"
    return "library", "it answers nobody, and does not both read and write files"


def _access(analysis: Analysis, use: str) -> str:
    """A call that reads or writes a file whose name is computed, "" if there is none."""
    for statement in analysis.statements:
        callees = sorted(callee for how, callee in statement.files if how == use and callee not in NO_DATA)
        if callees:
            return f"files by {callees[0]}() (cell {statement.cell})"
    return ""


def _draws(setting: Setting) -> bool:
    return any(f"{name}()" in setting.description for name in FIGURES)


def _answers(analysis: Analysis) -> str:
    """Where the notebook fits a model and answers with it, "" if nowhere."""
    calls = [node for tree in analysis.trees.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}
    if "fit" not in called or not called & PREDICTS:
        return ""
    library = next((module.name for module in analysis.modules if module.name in ANSWERS), "")
    if library:
        return f"it fits a model, predicts, and answers by {library}"
    for statement in analysis.statements:
        if isinstance(statement.node, FUNCTIONS) and _predicts_for_a_caller(statement.node):
            return f"{statement.node.name}() predicts for the values that it is given (cell {statement.cell})"
    return ""


def _predicts_for_a_caller(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function builds a row of its parameters and predicts it: `model.predict(pd.DataFrame([{...}]))`."""
    given = {arg.arg for arg in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}
    rows = {name for name, value in _assigned(function) if _is_row(value, given)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PREDICTS:
            argument = node.args[0] if node.args else None
            if argument is not None and (_is_row(argument, given) or _names(argument) & rows):
                return True
    return False


def _assigned(function: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))


def _is_row(value: ast.expr, given: set[str]) -> bool:
    """Whether an expression holds a list or a dictionary made of what was given."""
    return any(_names(node) & given for node in ast.walk(value) if isinstance(node, ast.List | ast.Dict))


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
