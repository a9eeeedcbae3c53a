"""Tables in files beside the notebook: what their columns are, read without running anything."""

import ast
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nb2prod.model.evidence import Column, Schema, Sign
from nb2prod.model.plan import Input

LARGEST = 5_000_000
READERS = {"pandas.read_csv": ",", "pandas.read_table": "\t"}
# The options of a reader with which we know what becomes of the text.
OPTIONS = frozenset({"sep", "delimiter", "encoding", "low_memory", "parse_dates", "index_col"})
BLANK = frozenset(
    "|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|")
)
INTEGER, NUMBER = re.compile(r"[+-]?\d{1,18}"), re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
TRUTH = frozenset({"True", "False", "TRUE", "FALSE", "true", "false"})
LONGEST_FORM = 30
# So many different texts are categories, if each comes so often.
FEW, OFTEN = 12, 5


def tables_beside(notebook: str, inputs: Iterable[Input]) -> Iterator[Schema]:
    """The tables of the inputs that are small text files in the notebook's folder; others are passed over."""
    folder = Path(notebook).resolve().parent
    for each in inputs:
        path, options = _beside(folder, each.path), _options(each.options)
        if each.reader in READERS and path is not None and options is not None:
            separator = options.get("sep", options.get("delimiter", READERS[each.reader]))
            rows = _rows(path, str(separator), str(options.get("encoding", "utf-8")))
            if rows:
                yield _schema(each, rows, options)


def _beside(folder: Path, name: str) -> Path | None:
    """The file that a path means in the notebook's folder; one of somebody's machine means its namesake there."""
    relative = name.replace("\\", "/")
    path = folder / relative
    if relative.startswith(("/", "~")) or relative[1:2] == ":":
        path = folder / relative.rpartition("/")[2]
    try:
        within = path.resolve().is_relative_to(folder) and path.is_file()
        return path if within and path.stat().st_size <= LARGEST else None
    except (OSError, ValueError):
        return None


def _options(code: str) -> dict[str, object] | None:
    """The options of a reader, None if one of them is beyond us."""
    call = ast.parse(f"f(_{code})", mode="eval").body
    assert isinstance(call, ast.Call)
    found = {word.arg or "": ast.literal_eval(word.value) for word in call.keywords}
    separator = found.get("sep", found.get("delimiter", ","))
    dates, index = found.get("parse_dates", []), found.get("index_col", "")
    plain = isinstance(dates, list) and isinstance(index, str) and isinstance(separator, str) and len(separator) == 1
    return found if plain and found.keys() <= OPTIONS else None


def _rows(path: Path, separator: str, encoding: str) -> list[list[str]]:
    """The header and the rows of a table; empty if it is none or is one that pandas reads in a way of its own."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=separator) if row]
    except (OSError, UnicodeError, LookupError, csv.Error):
        return []
    header = [name.removeprefix("\ufeff") for name in rows[0]] if rows else []
    if len(rows) < 2 or len(set(header)) != len(header) or any(len(row) != len(header) for row in rows):
        return []
    return [header, *rows[1:]]


def _schema(each: Input, rows: list[list[str]], options: dict[str, object]) -> Schema:
    header, *body = rows
    named = {name: [row[at] for row in body] for at, name in enumerate(header) if name.strip()}
    dates = options.get("parse_dates", [])
    assert isinstance(dates, list)
    columns = tuple(
        Column(name, "datetime64[ns]", not BLANK.isdisjoint(texts)) if name in dates else _column(name, texts)
        for name, texts in named.items()
        if name != options.get("index_col")
    )
    return Schema("", each.stage, columns, len(body), each.path.replace("\\", "/"))


def _column(name: str, texts: Sequence[str]) -> Column:
    """What a column holds, as pandas reads it."""
    filled = [text for text in texts if text not in BLANK]
    nullable, unique = len(filled) < len(texts), len(set(filled)) == len(texts)
    if filled and all(map(INTEGER.fullmatch, map(str.strip, filled))):
        return Column(name, "float64" if nullable else "int64", nullable, unique, _sign(filled))
    if filled and all(map(NUMBER.fullmatch, map(str.strip, filled))):
        return Column(name, "float64", nullable, unique, _sign(filled))
    if filled and set(filled) <= TRUTH:
        return Column(name, "" if nullable else "bool", nullable)
    found = sorted(set(filled))
    few = len(found) <= FEW and len(filled) >= OFTEN * len(found)
    iso = bool(filled) and all(map(ISO.fullmatch, filled))
    return Column(
        name, "str" if filled else "", nullable, unique, values=tuple(found) if few else (), iso=iso, form=_form(found)
    )


def _form(texts: Sequence[str]) -> str:
    """What all texts look like, with 9 for each digit and a for each letter; "" if they differ or are long."""
    forms = {re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text)) for text in texts if len(text) <= LONGEST_FORM}
    return forms.pop() if len(forms) == 1 and len(texts[0]) <= LONGEST_FORM else ""


def _sign(texts: Sequence[str]) -> Sign:
    least = min(map(float, texts))
    return "positive" if least > 0 else "non-negative" if least == 0 else "any"
