"""The templates and the filters that make a notebook's text safe in each kind of file."""

import json
import re
from functools import cache
from pathlib import Path

import jinja2
import tomlkit

from nb2prod.model.plan import Setting
from nb2prod.render.code import docstring

INSTALLED = Path(__file__).resolve().parents[1] / "_templates"
CHECKOUT = Path(__file__).resolve().parents[3] / "templates"
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~])")


@cache
def environment() -> jinja2.Environment:
    """The environment for code: nothing is escaped, what is undefined is an error."""
    loader = jinja2.FileSystemLoader(root())
    made = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=False,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - it makes code, not pages
    )
    made.globals |= {
        "docstring": docstring,
        "py": python,
        "toml": toml,
        "md": markdown,
        "code": code,
        "toml_line": toml_line,
    }
    return made


def root() -> Path:
    """The folder of the templates: inside the installed package, else in the checkout."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def names() -> list[str]:
    """The templates, by path."""
    return sorted(path.relative_to(root()).as_posix() for path in root().rglob("*.j2"))


def python(value: object) -> str:
    """A Python literal, with double quotes where that needs no escape."""
    text = repr(value)
    return f'"{text[1:-1]}"' if text[:1] == "'" and '"' not in text and "\\'" not in text else text


def toml(value: str) -> str:
    """A TOML string."""
    return tomlkit.string("".join(char for char in value if char == "\t" or char.isprintable())).as_string()


def markdown(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return MARKDOWN.sub(r"\\\1", " ".join("".join(c if c.isprintable() else " " for c in text).split()))


def code(text: object) -> str:
    """Text for a span of code in Markdown."""
    return " ".join("".join(c if c.isprintable() and c != "`" else " " for c in str(text)).split())[:200]


def mermaid_label(text: str) -> str:
    """Text for a label of a Mermaid graph."""
    return json.dumps(re.sub(r"[^\w .,:()-]", " ", text), ensure_ascii=False)


def toml_line(setting: Setting) -> str:
    """A setting as a line of TOML with the cell that it comes from; one without a value is commented out."""
    comment = markdownless(f"cell {setting.cell}: {setting.description}")
    if setting.default is None:
        return f"# {setting.name} = ...  # {comment}"
    value = toml_value(setting.default)
    return f"{setting.name} = {value} # {comment}"


def toml_value(value: str | int | float | bool) -> str:
    """A TOML value; text with line ends or control characters is escaped."""
    if isinstance(value, str):
        return tomlkit.item(value).as_string()
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return "inf" if value > 0 else "-inf"
    return tomlkit.item(value).as_string()


def markdownless(text: str) -> str:
    """Text for a comment: one line, nothing unprintable."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
