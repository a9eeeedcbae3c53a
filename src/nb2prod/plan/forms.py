"""What a notebook says about a value beside it: a form field with bounds and choices, a comment."""

import ast
import re

from nb2prod.model.notebook import Cell, lines_of
from nb2prod.model.plan import Literals, Setting

FORM = re.compile(r"#\s*@param\s*(?P<choices>\[[^\]]*\])?\s*(?P<options>\{[^}]*\})?")
OPTION = re.compile(r"['\"]?([\w-]+)['\"]?\s*:\s*(['\"][^'\"]*['\"]|-?[\d.]+(?:e-?\d+)?|true|false)", re.IGNORECASE)
COMMENT = re.compile(r"#+\s*(?!@|!|\s*(?:noqa|type:|fmt:|pylint|nb2prod:|-{3}|={3}))(.+)$")
TELLING = re.compile(r"[^\W\d_]{3}")
LONGEST = 100
# What papermill writes above the values of a run.
EMPTY = frozenset({"Parameters"})


def line_of(cell: Cell, line: int) -> str:
    """A line of the cell as the author wrote it."""
    lines = lines_of(cell.source)
    return lines[line - 1] if 0 < line <= len(lines) else ""


def is_form(line: str) -> bool:
    """Whether a form field stands on this line."""
    return FORM.search(line) is not None


def with_form(setting: Setting, line: str) -> Setting:
    """The setting with the bounds and choices of a form field: `#@param {type:"slider", min:0}`, `#@param ["a", "b"]`."""
    match = FORM.search(line)
    if match is None:
        return setting
    options = {key: value.lower() for key, value in OPTION.findall(match["options"] or "")}
    low, high = (_bound(options.get(key, "")) for key in ("min", "max"))
    return Setting(
        setting.name,
        setting.type,
        setting.default,
        setting.description,
        setting.cell,
        setting.kind,
        minimum=low,
        maximum=high,
        choices=_choices(match["choices"], options, setting.default),
    )


def _bound(text: str) -> float | None:
    return float(text) if text and text[:1] not in "'\"tf" else None


def _choices(text: str | None, options: dict[str, str], value: Literals) -> tuple[Literals, ...]:
    """The choices of a form field, none if it takes other values too or if they are no literals of ours."""
    if not text or "raw" in options.get("type", "") or options.get("allow-input") == "true":
        return ()
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return ()
    fits = all(type(choice) is type(value) for choice in found)
    return tuple(found) if fits and isinstance(value, str | int) and value in found else ()


def comment_beside(cell: Cell, line: int, end_line: int | None = None) -> str:
    """What a comment behind the line, or alone on the line above, says; "" if there is none that tells something."""
    behind = _comment(line_of(cell, end_line or line))
    above = line_of(cell, line - 1).strip()
    return behind or (_comment(above) if above.startswith("#") else "")


def _comment(line: str) -> str:
    match = None if FORM.search(line) else COMMENT.search(_code_apart(line))
    text = match.group(1).strip(" #-=*.:<") if match else ""
    return text if TELLING.search(text) and len(text) <= LONGEST and text not in EMPTY else ""


def _code_apart(line: str) -> str:
    """The comment of a line, a `#` inside a string left out."""
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "#":
            return line[at:]
    return ""
