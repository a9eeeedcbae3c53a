"""Bytes → text → the JSON object of a notebook, or one line that says why they hold none."""

import json
import re

from nb2prod.errors import NotebookError
from nb2prod.model.patterns import pattern
from nb2prod.notebook.json_values import Json, Object

# how a file begins that is something else, and what it is
_BEGINNINGS = (
    (b"\x1f\x8b", "it is compressed (gzip); decompress it first"),
    (b"PK\x03\x04", "it is a zip archive; unpack it first"),
    (b"\x89PNG", "it is a PNG picture; name a notebook"),
    (b"\xff\xd8\xff", "it is a JPEG picture; name a notebook"),
    (b"%PDF", "it is a PDF; name the notebook that it was made from"),
    (b"\xff\xfe", "it is UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "it is UTF-16; save it as UTF-8"),
    (b"version https://git-lfs", "it is a Git LFS pointer; run `git lfs pull` to get the notebook"),
    (b"<!DOCTYPE", "it is a web page; download the notebook itself (its raw file)"),
    (b"<!doctype", "it is a web page; download the notebook itself (its raw file)"),
    (b"<html", "it is a web page; download the notebook itself (its raw file)"),
)
_CONFLICT = pattern(r"^[{\[]?(?:<<<<<<<|=======|>>>>>>>)(?: |$)", re.M)
# control characters, line and paragraph separators, and those that turn the direction of writing
_UNPRINTABLE = pattern("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with control, direction and surrogate characters written as escapes, so that it stays on one line."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def failure(path: str, what: str, line: int = 0, column: int = 0) -> NotebookError:
    """The error to raise: `PATH: line L, column C: what; what to do`."""
    place = f"line {line}, column {column}: " if line else ""
    return NotebookError(printable(f"{path}: {place}{what}"))


def decode(data: bytes, path: str) -> str:
    """The text of the file, without its byte order mark."""
    if not data.strip():
        raise failure(path, "the file is empty; save the notebook again or restore it from version control")
    for beginning, what in _BEGINNINGS:
        if data.startswith(beginning):
            raise failure(path, what)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        what = "this is not UTF-8 (perhaps Latin-1 or Windows-1252); save it as UTF-8"
        raise failure(path, what, line, column) from error


def load(text: str, path: str) -> Object:
    """The notebook's JSON object; constants such as NaN are let through, as Jupyter does."""
    try:
        value: Json = json.loads(text)
    except json.JSONDecodeError as error:
        raise _explained(error, text, path) from error
    except RecursionError as error:
        raise failure(path, "the JSON is nested too deeply; clear the outputs and save it again") from error
    except MemoryError as error:
        raise failure(path, "there is not enough memory to read it; clear its outputs and save it again") from error
    except ValueError as error:
        raise failure(path, "the JSON holds a number with thousands of digits; correct it by hand") from error
    if not isinstance(value, dict):
        raise failure(path, f"the JSON is {_kind(value)} where a notebook is an object; name a Jupyter notebook")
    return value


def _kind(value: Json) -> str:
    names = {list: "an array", str: "a string", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")


def _explained(error: json.JSONDecodeError, text: str, path: str) -> NotebookError:
    """The decoder's complaint in the words of somebody who knows what happens to notebooks."""
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        return failure(path, "git conflict markers are left in it; resolve the conflict (nbdime helps)", line, 1)
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        what = "the file ends in the middle; restore it from version control or from .ipynb_checkpoints"
    elif text[error.pos : error.pos + 1] == "'":
        what = "strings in single quotes are no JSON (a Python dict was printed); save it with json.dump"
    elif _after_comma(text, error.pos):
        what = "not valid JSON (a comma too many); remove it"
    else:
        what = f"not valid JSON ({error.msg}); correct it there or restore the file"
    return failure(path, what, error.lineno, error.colno)


def _after_comma(text: str, at: int) -> bool:
    return text[at : at + 1] in ("]", "}", ",") and text[:at].rstrip().endswith(",")
