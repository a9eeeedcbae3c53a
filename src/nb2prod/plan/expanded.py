"""Texts of IPython with `{expression}` and `$name` in them, as Python."""

import re

EXPANSION = re.compile(r"\$\$|\{\{|\}\}|\{([^{}]*)\}|\$\{?([^\W\d]\w*)\}?")


def formatted(command: str, expressions: list[str], written: list[str]) -> str:
    """A text as a Python literal; its expansions become fields of an f-string."""
    if not any(_inside(match) in written for match in EXPANSION.finditer(command)):
        return repr(command.replace("{{", "{").replace("}}", "}").replace("$$", "$"))
    parts: list[str] = []
    end = 0
    for match in EXPANSION.finditer(command):
        parts.append(_literal(command[end : match.start()]))
        end = match.end()
        inside = _inside(match)
        if inside in written:
            parts.append("{" + expressions[written.index(inside)] + "}")
        else:
            parts.append(_literal({"$$": "$", "{{": "{", "}}": "}"}.get(match.group(), match.group())))
    parts.append(_literal(command[end:]))
    text = "".join(parts)
    quote = next((q for q in ('"', "'", '"""', "'''") if q not in text and not text.endswith(q[0])), '"""')
    return f"f{quote}{text}{quote}"


def _inside(match: re.Match[str]) -> str:
    """The expression of an expansion, "" for an escape."""
    return (match.group(1) or match.group(2) or "").strip()


def _literal(text: str) -> str:
    escaped = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text.replace("\\", "\\\\")
    return escaped.replace("{", "{{").replace("}", "}}")
