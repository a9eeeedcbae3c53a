"""What the module of the settings needs: types, bounds, imports, and another value to set in a test."""

from types import SimpleNamespace

from nb2prod.model.plan import Plan, Setting
from nb2prod.render.imports import Imports
from nb2prod.render.templates import python, toml_value


def settings_imports(plan: Plan) -> str:
    """The imports of the module."""
    imports = Imports(plan.package)
    files = has_files(plan)
    if files:
        imports.module("os")
    if files or plan.figures:
        imports.member("pathlib", "Path")
    if plan.inputs or any("Field(" in field_of(setting) for setting in plan.settings if setting.kind != "secret"):
        imports.member("pydantic", "Field")
    if any(setting.choices for setting in plan.settings):
        imports.member("typing", "Literal")
    for name in ("BaseSettings", "SettingsConfigDict", *(["TomlConfigSettingsSource"] if files else [])):
        imports.member("pydantic_settings", name)
    if files:
        imports.member("pydantic_settings", "PydanticBaseSettingsSource", "Source")
    return imports.text()


def has_files(plan: Plan) -> bool:
    """Whether there is anything that a configuration file could set."""
    return plan.profile != "library" or bool(plan.settings)


def has_settings(plan: Plan) -> bool:
    """Whether there is anything to set at all."""
    return has_files(plan) or plan.figures


def setting_type(setting: Setting) -> str:
    """The annotation of a setting."""
    if setting.choices:
        return f"Literal[{', '.join(map(python, setting.choices))}]"
    return setting.type


def field_of(setting: Setting) -> str:
    """The default and the bounds of a setting."""
    limits = (setting.minimum, setting.maximum)
    bounds = "".join(
        f", {name}={int(bound) if bound == int(bound) else bound}"
        for name, bound in zip(("gt", "lt") if setting.exclusive else ("ge", "le"), limits, strict=True)
        if bound is not None and setting.type != "bool"
    )
    return f"Field(default={python(setting.default)}{bounds})" if bounds else python(setting.default)


def sample(plan: Plan) -> SimpleNamespace | None:
    """A setting to override in a test, with another value that is allowed."""
    for setting in (setting for setting in plan.settings if setting.kind != "secret"):
        value = _other(setting)
        if value is not None:
            return SimpleNamespace(
                name=setting.name, value=value, text=str(value), toml=f"{setting.name} = {toml_value(value)}\n"
            )
    return None


def _other(setting: Setting) -> str | int | float | bool | None:
    if setting.choices:
        return next((choice for choice in setting.choices if choice != setting.default), setting.choices[0])
    match setting.default:
        case bool():
            return not setting.default
        case int() | float():
            low, top = setting.minimum, setting.maximum
            if top is None or setting.default + 1 <= top - setting.exclusive:
                return type(setting.default)(setting.default + 1)
            return type(setting.default)(((low or 0) + setting.default) / 2)
        case str() | None:
            return "another value"
