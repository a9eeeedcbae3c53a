"""What the templates of a service need: the fields of a row, and the arguments of the functions that prepare it."""

import keyword

from nb2prod.model.naming import Taken, free, slug
from nb2prod.model.plan import Plan, Setting, Stage
from nb2prod.model.serving import RowField, Serving
from nb2prod.render.made_up import made_up
from nb2prod.render.templates import python

SERVICE = ("fastapi>=0.165", "joblib>=1.3", "prometheus-client>=0.20", "uvicorn>=0.30")
CLIENT = "httpx2>=2"
KINDS = {"int": "Whole", "float": "Number", "str": "Text", "bool": "bool", "any": "Number | Text"}
# Libraries whose pickles belong to one of their versions.
MODELS = frozenset({"sklearn", "xgboost", "lightgbm", "catboost", "statsmodels"})
# Attributes of pydantic's models.
TAKEN = frozenset("copy json dict schema validate construct values id row".split())


def serving_context(plan: Plan) -> dict[str, object]:
    """All that the templates of a service may use; nothing if there is no service."""
    served = plan.serving
    if served is None:
        return {"synthetic": []}
    kinds = {kind for field in served.fields if not _choice(field) for kind in _plain(field)}
    names = _names(served)
    return {
        "row_fields": [(_declared(field, name)) for field, name in zip(served.fields, names, strict=True)],
        "row_aliases": any(field.name != name for field, name in zip(served.fields, names, strict=True)),
        "row_kinds": kinds,
        "row_literals": any(map(_choice, served.fields)),
        "source_setting": _source(served.read, plan),
        "model_libraries": sorted({d.distribution for d in plan.dependencies if d.module in MODELS}),
        **_answers(served),
        **_arguments(served),
        **_synthetic(served),
        "agreed": _agreed(served, plan),
    }


def _answers(served: Serving) -> dict[str, object]:
    """What differs with what a model answers: a number, one of two classes, one of several."""
    union = "str | int | float | bool"
    kind = "float" if served.task == "number" else served.answers if served.answers in {"str", "int", "bool"} else union
    return {
        "value_type": kind if served.task != "unknown" else union,
        "numbers": served.task != "classes",
        "unsures": served.task != "number",
        "yesno": served.task != "number" and (served.classes <= 2 or served.threshold is not None),
        "threshold": served.threshold if served.threshold is not None else 0.5,
    }


def _agreed(served: Serving, plan: Plan) -> str:
    """A call of the notebook's own function that may say that it is not sure, of the text `value`; "" if there is none.

    It takes the one column of a row, and of all else only the model.
    """
    rule = served.unsure
    if rule is None or not rule.function or len(served.fields) != 1 or served.features is None:
        return ""
    extra = [[v.name for v in piece.extra] for piece in plan.definitions if piece.statement == rule.statement]
    given = f"{served.model.name}=fitted.model"
    return f"stages.{rule.function}(value, {given})" if extra == [[served.model.name]] else ""


def _synthetic(served: Serving) -> dict[str, object]:
    """Code that makes up each column of the raw table, if its columns are known."""
    columns = served.table.columns if served.table is not None and served.features else ()
    made = [(column.name, made_up(column)) for column in columns]
    return {"synthetic": made, "synthetic_text": " ".join(code for _, code in made)}


def _source(read: Stage | None, plan: Plan) -> str:
    """The setting that names the file of the raw rows, "" if none does."""
    kinds: dict[str, Setting] = {setting.name: setting for setting in plan.settings}
    names = [variable.setting for variable in read.params] if read else []
    return next((name for name in names if name and kinds[name].kind in {"path", "url"}), "")


def _arguments(served: Serving) -> dict[str, object]:
    """The arguments of the functions that read and prepare rows, and what a fitted model keeps for them."""
    if served.features is None or served.read is None:
        return {"kept": [], "kept_arguments": "", "prepare_arguments": "", "read_arguments": ""}
    first, *others = served.features.params
    given = {
        v.name: (
            "Categories()" if v.name == "categories" else f"settings.{v.setting}" if v.setting else f"result.{v.name}"
        )
        for v in others
    }
    del first
    return {
        "kept": list(given),
        "kept_arguments": "".join(f", {argument}" for argument in given.values()),
        "prepare_arguments": ", ".join(["rows[list(self.dtypes)].copy()", *(f"self.{name}" for name in given)]),
        "read_arguments": ", ".join(f"settings.{v.setting}" for v in served.read.params),
    }


def _names(served: Serving) -> list[str]:
    """The names of the fields: the columns' own where Python and pydantic allow them."""
    taken = Taken(TAKEN)
    made = []
    for number, field in enumerate(served.fields):
        plain = field.name.isidentifier() and field.name.isascii() and not keyword.iskeyword(field.name)
        plain = plain and not field.name.startswith(("_", "model_"))
        wanted = field.name if plain else slug(field.name, 6) or f"column_{number}"
        name = free(wanted, taken, "column")
        taken.add(name)
        made.append(name)
    return made


def _choice(field: RowField) -> bool:
    return field.kind == "str" and bool(field.values)


def _plain(field: RowField) -> list[str]:
    return ["float", "str"] if field.kind == "any" else [field.kind]


def _declared(field: RowField, name: str) -> tuple[str, str]:
    """The annotation of a field, with its default and its column if these need words."""
    kind = f"Literal[{', '.join(map(python, field.values))}]" if _choice(field) else KINDS[field.kind]
    if field.nullable:
        kind += " | None"
    alias = f"alias={python(field.name)}" if field.name != name else ""
    if alias:
        return name, f"{kind} = Field({'default=None, ' if field.nullable else ''}{alias})"
    return name, f"{kind} = None" if field.nullable else kind
