"""Controls of ipywidgets of which the notebook only reads the value: the value is a setting, the control is left out."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nb2prod.model.facts import Analysis
from nb2prod.model.notebook import Cell
from nb2prod.model.places import span
from nb2prod.model.plan import Edit, Literals, Setting
from nb2prod.plan.constants import assigned
from nb2prod.plan.knobs import plain
from nb2prod.plan.output import DISPLAYS
from nb2prod.plan.units import Unit, with_edits

WIDGETS: Mapping[str, type] = {
    "IntSlider": int, "BoundedIntText": int, "IntText": int, "FloatSlider": float, "BoundedFloatText": float,
    "FloatText": float, "Checkbox": bool, "ToggleButton": bool, "Text": str, "Textarea": str, "Dropdown": str,
    "RadioButtons": str, "ToggleButtons": str,
}  # fmt: skip
BOUNDED = frozenset({"IntSlider", "BoundedIntText", "FloatSlider", "BoundedFloatText"})


@dataclass(frozen=True, slots=True)
class Control:
    """A control that becomes a setting of the same name; its `value` is read at these nodes."""

    setting: Setting
    uses: tuple[ast.Attribute, ...]


def controls(units: list[Unit], analysis: Analysis) -> dict[str, Control]:
    """The controls that are bound once and that nobody uses but for their value."""
    if not any(origin.split(".")[0] == "ipywidgets" for origin in analysis.origins.values()):
        return {}
    found: dict[str, Setting] = {}
    for unit in units:
        pair = assigned(unit)
        setting = _setting(pair[1], unit.cell, analysis) if pair and not unit.piece.guarded else None
        if pair and setting:
            found[pair[0]] = setting
    uses = {name: _value_reads(name, units, analysis) for name in found}
    return {name: Control(setting, read) for name, setting in found.items() if (read := uses[name])}


def without_control(unit: Unit, cell: Cell, known: Mapping[str, Control]) -> Unit:
    """The unit with the value of controls read from their settings."""
    if unit.node is None or not known:
        return unit
    here = {id(part) for part in ast.walk(unit.node)}
    uses = [(name, node) for name, control in known.items() for node in control.uses if id(node) in here]
    unread = known.keys() - {name for name, _ in uses}
    facts = replace(unit.facts, reads=unit.facts.reads - unread, exposed=unit.facts.exposed - unread)
    edits = (Edit(span(node, cell.index, cell.lines), name, "widget") for name, node in uses)
    return with_edits(replace(unit, facts=facts), *edits)


def _setting(node: ast.expr, cell: int, analysis: Analysis) -> Setting | None:
    """The setting that stands for a control with a plain initial value."""
    if not isinstance(node, ast.Call) or node.args or any(k.arg is None for k in node.keywords):
        return None
    module, _, name = analysis.qualified(node.func).rpartition(".")
    given = {str(k.arg): _value(k.value) for k in node.keywords}
    value, kind = given.get("value"), WIDGETS.get(name)
    if module.split(".")[0] != "ipywidgets" or kind is None or not plain(value) or value is None:
        return None
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        return None
    says = given.get("description")
    text = says.strip(": ") if isinstance(says, str) and says.strip(": ") else f"{name} of the notebook"
    setting = Setting("", kind.__name__, value, text, cell, "parameter")  # type: ignore[arg-type]  # its type is looked at
    return _limited(setting, name, given, node)


def _limited(setting: Setting, name: str, given: Mapping[str, object], node: ast.Call) -> Setting | None:
    """The setting with the bounds or choices of its control; None if the control would change the value."""
    value = setting.default
    if name in BOUNDED and isinstance(value, int | float):
        low, high = given.get("min", 0), given.get("max", 100 if name != "FloatSlider" else 10.0)
        if not isinstance(low, int | float) or not isinstance(high, int | float) or not low <= value <= high:
            return None
        return replace(setting, minimum=float(low), maximum=float(high))
    if name in {"Dropdown", "RadioButtons", "ToggleButtons"}:
        choices = _choices(next((k.value for k in node.keywords if k.arg == "options"), None))
        return replace(setting, choices=choices) if value in choices else None
    return setting


def _choices(node: ast.expr | None) -> tuple[Literals, ...]:
    parts = node.elts if isinstance(node, ast.List | ast.Tuple) else []
    values = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return tuple(values) if len(values) == len(parts) else ()


def _value(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return ...


def _value_reads(name: str, units: list[Unit], analysis: Analysis) -> tuple[ast.Attribute, ...]:
    """Where the value of a control is read; nothing if it is used in any other way, or where no edit reaches."""
    reads: list[ast.Attribute] = []
    for unit in units:
        for node, parent in _uses(name, unit):
            match parent:
                case ast.Attribute(attr="value", ctx=ast.Load()) if not unit.piece.guarded:
                    reads.append(parent)
                case ast.Expr():
                    continue
                case ast.Call(func=func) if node in parent.args and analysis.qualified(func) in DISPLAYS:
                    continue
                case _:
                    if not isinstance(node.ctx, ast.Store) or assigned(unit) is None:
                        return ()
    return tuple(reads)


def _uses(name: str, unit: Unit) -> Iterator[tuple[ast.Name, ast.AST]]:
    """The places of a name in a statement, each with the node around it; a place in a formatted string has no edit."""
    for parent in ast.walk(unit.node) if unit.node else ():
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, ast.Name) and node.id == name:
                yield node, parent
            if isinstance(parent, ast.FormattedValue) and any(getattr(n, "id", "") == name for n in ast.walk(node)):
                yield ast.Name(name, ast.Load()), parent
