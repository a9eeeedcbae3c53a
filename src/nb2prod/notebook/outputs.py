"""Saved outputs of a cell → `Output`; what is malformed is passed over, for no output is worth a failure."""

from collections.abc import Iterator

from nb2prod.model.notebook import Output
from nb2prod.model.patterns import pattern
from nb2prod.notebook.json_values import Json, Object, joined, object_at, text_at

# characters kept of each text: enough to compare and to show, little enough for a log of a million lines
LIMIT = 20_000
_ANSI = pattern(r"\x1b\[[0-9;?]*[A-Za-z]")
# nbformat 2 and 3 wrote the media beside the other keys, under short names
_OLD_MEDIA = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
}


def outputs_of(cell: Object) -> tuple[Output, ...]:
    """The outputs of a code cell in any format from 2 to 4."""
    saved = cell.get("outputs")
    return tuple(_outputs(saved)) if isinstance(saved, list) and saved else ()


def _outputs(saved: list[Json]) -> Iterator[Output]:
    for item in saved:
        if not isinstance(item, dict):
            continue
        match item.get("output_type"):
            case "stream":
                yield Output("stream", _cut(item.get("text")), stream=text_at(item, "name") or text_at(item, "stream"))
            case "execute_result" | "pyout":
                yield _shown("result", item)
            case "display_data" | "update_display_data":
                yield _shown("display", item)
            case "error" | "pyerr":
                yield _error(item)


def _shown(kind: str, item: Object) -> Output:
    data = object_at(item, "data") or {_OLD_MEDIA[key]: item[key] for key in item.keys() & _OLD_MEDIA.keys()}
    text = _cut(data.get("text/plain"))
    return Output("result" if kind == "result" else "display", text, tuple(sorted(data)))


def _error(item: Object) -> Output:
    """An exception: its name as `error`, its message and traceback as text."""
    name, value = text_at(item, "ename"), text_at(item, "evalue")
    saved = item.get("traceback")
    frames = [line for line in saved if isinstance(line, str)] if isinstance(saved, list) else []
    return Output("error", _cut([f"{name}: {value}\n", "\n".join(frames)]), error=name)


def _cut(value: Json) -> str:
    """The text of a string or of a list of strings, up to the limit and without terminal colours."""
    text = (joined(value) or "")[:LIMIT]
    return _ANSI.sub("", text) if "\x1b" in text else text
