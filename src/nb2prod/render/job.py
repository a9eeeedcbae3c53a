"""What the files of a job need: its inputs, what their tables must look like, and its own settings."""

import ast
import builtins
import re
from types import SimpleNamespace

from nb2prod.model.evidence import Column
from nb2prod.model.facts import Analysis
from nb2prod.model.naming import free
from nb2prod.model.plan import Input, Plan
from nb2prod.render.templates import code, markdownless, python

TYPES = {"int64": "int", "float64": "float", "bool": "bool", "str": "str", "string": "str"}
# The Python that a container and CI use if no run says which.
PYTHON = "3.12"
CONVERTERS = frozenset({"pandas.to_numeric", "pandas.to_datetime", "pandas.to_timedelta"})
# So many rows for each category, or a text is free.
OFTEN = 20
# Names of columns that may say who somebody is.
PROTECTED = re.compile(
    r"gender|(?:^|_)(?:sex|age)(?:$|_)|race|ethnic|religio|national|citizen|disab|pregnan|marital|married|senior|birth",
    re.IGNORECASE,
)
# So many columns are named in a document.
MANY = 20
KEY = re.compile(r"(?:^|_)(?:id|key|uuid|code)$", re.IGNORECASE)


def job_context(plan: Plan, analysis: Analysis) -> dict[str, object]:
    """What the templates of a job may use."""
    names = {setting.name for setting in plan.settings}
    tables = [(each, _constant(each)) for each in plan.inputs if each.schema]
    columns = [column for each, _ in tables if each.schema for column in each.schema.columns]
    converted = _converted(analysis)
    return {
        "job": plan.profile != "library",
        "tables": tables,
        "readers": {each.setting: _reader(each) for each, _ in tables},
        "column": lambda each, column: _column(column, each.schema.rows, converted),
        "example": _example,
        "python": ".".join(plan.python.split(".")[:2]) or PYTHON,
        "model": _models(plan) if any(stage.role == "train" for stage in plan.stages) else [],
        "blanks": lambda file: [blank.question for blank in plan.blanks if blank.file == file],
        "checked": lambda name: _checked(name, plan),
        "columns": lambda each: _columns(each, plan.serving.label if plan.serving else ""),
        "protected": [column.name for column in columns if PROTECTED.search(column.name)],
        "comment": markdownless,
        "whole": {setting.name for setting in plan.settings if setting.kind == "output"} == set(plan.outputs),
        "made_of": [s for s in plan.settings if s.kind in {"path", "output"} and s.default is not None],
        "others": [s.name for s in plan.settings if s.kind == "output" and s.name not in plan.outputs],
        "dated": any(column.dtype.startswith("datetime") for column in columns),
        "finite": any(_number(column) for column in columns),
        "ignored": _ignored(plan),
        "own": SimpleNamespace(
            max_age=free("max_age_days", names, "of_inputs"), manifest=free("manifest_path", names, "of_run")
        ),
    }


def _models(plan: Plan) -> list[tuple[str, str]]:
    """What the training stages hand on that is no table, array or plain value, with its type."""
    stages = [stage for stage in plan.stages if stage.role == "train"]
    found = [
        (variable.name, variable.type)
        for stage in stages
        for variable in stage.returns
        if variable.type.split(".")[0] not in {"", "pandas", "numpy", *dir(builtins)} and "[" not in variable.type
    ]
    if plan.serving is not None:
        served = plan.serving.model
        return [(served.name, served.type), *(each for each in found if each[0] != served.name)]
    return found or [(stage.name, "") for stage in stages]


def _columns(each: Input, label: str) -> str:
    """The columns of an input in words, and which of them is the label."""
    names = [column.name for column in each.schema.columns] if each.schema else []
    shown = [f"`{code(name)}`{' (the label)' if name == label else ''}" for name in names[:MANY]]
    return ", ".join([*shown, *([f"and {len(names) - MANY} more"] if len(names) > MANY else [])])


def _checked(name: str, plan: Plan) -> str:
    """How an input is checked before a run."""
    each = next((each for each in plan.inputs if each.setting == name), None)
    if each is None:
        return "no"
    return f"it is there, its age, {len(each.schema.columns)} columns" if each.schema else "it is there, its age"


def _constant(each: Input) -> str:
    """The name of the schema of an input."""
    return each.setting.removesuffix("_path").upper()


def _reader(each: Input) -> str:
    """The function that reads the table of an input."""
    function = f"pd.{each.reader.rpartition('.')[2]}"
    return f"lambda path: {function}(path{each.options})" if each.options else function


def _example(column: Column) -> str:
    """Two values that a column may have, as code; they are nobody's."""
    match TYPES.get(column.dtype, column.dtype[:8]):
        case "int":
            return "[1, 2]"
        case "float":
            return "[1.5, 2.0]"
        case "bool":
            return "[True, False]"
        case "datetime":
            return 'pd.to_datetime(["2024-01-01", "2024-01-02"])'
        case _:
            return python([column.values[0], column.values[-1]] if column.values else ["a", "b"])


def _converted(analysis: Analysis) -> frozenset[str]:
    """The columns that the notebook itself turns into numbers or dates: they may come as such, or as text."""
    calls = [node for tree in analysis.trees.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = [call.args[0] for call in calls if call.args and analysis.qualified(call.func) in CONVERTERS]
    given += [call.func.value for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "astype"]
    parts = [part for value in given for part in ast.walk(value)]
    names = {part.attr for part in parts if isinstance(part, ast.Attribute)}
    return frozenset(names | {str(part.value) for part in parts if isinstance(part, ast.Constant)})


def _ignored(plan: Plan) -> list[str]:
    """What a run leaves in the folder: it belongs to no repository."""
    if plan.profile == "library" and not plan.settings:
        return []
    written = {str(s.default).replace("\\", "/").removeprefix("./") for s in plan.settings if s.kind == "output"}
    inside = sorted(f"/{path}" for path in written if re.fullmatch(r"[\w][\w./ -]*", path) and ".." not in path)
    job = [".unfinished-*", f"/{plan.name}-run.json", f"/{plan.name}.log"] if plan.profile != "library" else []
    return [*inside, *job, *(["/artifacts/"] if plan.serving else [])]


def _number(column: Column) -> bool:
    """Whether a column holds numbers of any kind, whole by chance or not; keys are what they are."""
    return column.dtype == "float64" or (column.dtype == "int64" and not KEY.search(column.name))


def _column(column: Column, rows: int, converted: frozenset[str]) -> str:
    """The code of a column's schema: types, gaps, signs and categories, never how far its values went.

    Text is of categories if each comes often enough for others to be a surprise.
    """
    kind, checks, options = TYPES.get(column.dtype, ""), [], []
    free = not column.dtype or (kind == "str" and column.name in converted)
    if free:
        kind = ""
    if _number(column):
        kind = "float"
    if column.values and kind == "str" and rows >= OFTEN * len(column.values):
        checks.append(f"pa.Check.isin([{', '.join(map(python, column.values))}])")
    if column.sign != "any" and kind in {"int", "float"}:
        checks.append("pa.Check.ge(0)")
    if kind == "float":
        checks.append("FINITE")
        options.append("coerce=True")  # whole numbers are numbers
    if column.dtype.startswith("datetime"):
        checks.append("DATES")
    if column.nullable or free:
        options.append("nullable=True")
    if column.unique and kind in {"int", "str"} and KEY.search(column.name):
        options.append("unique=True")
    listed = f"[{', '.join(checks)}]" if len(checks) > 1 else "".join(checks)
    return f"pa.Column({', '.join(filter(None, (kind or ('None' if listed else ''), listed, *options)))})"
