"""Places in the .ipynb file: every character of every source is found where the file spells it."""

import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from nb2prod.model.notebook import Cell, Notebook
from nb2prod.notebook import Contents, parse
from nb2prod.notebook.positions import locate, place_in_file

SOURCES = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\n\r\t\"\\/ \u2028\xe9\U0001f600\x0b\x85"), max_size=30
)  # fmt: skip
Parts = tuple[str, str, Random]


def as_json(source: str, how: str, random: Random) -> str | list[str]:
    """A source as some writer may have saved it: whole, line by line, or cut anywhere."""
    if how == "whole":
        return source
    if how == "lines":
        return source.splitlines(keepends=True)
    cuts = sorted(random.randint(0, len(source)) for _ in range(5))
    return [source[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(source)], strict=True)]


def located(file_text: str, beginning: bytes = b"") -> Notebook:
    data = beginning + file_text.encode()
    return locate(parse(data, "a.ipynb"), Contents(data))


def spelt(file_text: str, place: tuple[int, int]) -> str:
    """The character that the file spells at a place, through its escape if it has one."""
    line, column = place
    rest = file_text.split("\n")[line - 1][column - 1 :]
    if not rest.startswith("\\"):
        return rest[0]
    pair = rest.startswith("\\u") and rest[6:8] == "\\u" and 0xD800 <= int(rest[2:6], 16) < 0xDC00
    length = 12 if pair else 6 if rest.startswith("\\u") else 2
    return str(json.loads(f'"{rest[:length]}"'))


def misplaced(cell: Cell, file_text: str) -> list[tuple[int, int]]:
    """The places in a cell at which the file spells another character."""
    return [
        (line, column)
        for line, text in enumerate(cell.source.split("\n"), 1)
        for column, character in enumerate(text, 1)
        if spelt(file_text, place_in_file(cell, line, column) or (1, 1)) != character
    ]


@settings(deadline=None)
@given(
    st.lists(st.tuples(SOURCES, st.sampled_from(["whole", "lines", "anywhere"]), st.randoms())),
    st.booleans(),
    st.sampled_from([None, 0, 1, 4]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_every_character_is_found(cells: list[Parts], ascii_only: bool, indent: int | None, beginning: bytes) -> None:
    decoys = {"metadata": {"source": "x", "a": [{"source": ["q"]}]}, "outputs": [{"source": 'z}]"'}]}
    held = [{"cell_type": "raw", **decoys, "source": as_json(*parts)} for parts in cells]
    root = {"metadata": {"cells": []}, "cells": held, "nbformat": 4, "nbformat_minor": 5}
    file_text = json.dumps(root, ensure_ascii=ascii_only, indent=indent)
    found = located(file_text, beginning)
    assert [len(cell.physical) for cell in found.cells] == [cell.source.count("\n") + 1 for cell in found.cells]
    assert [misplaced(cell, file_text) for cell in found.cells] == [[] for _ in cells]


def test_lines_of_a_single_string_share_a_line() -> None:
    text = '{"nbformat": 4, "cells": [\n{"cell_type": "code", "source": "a\\n\\"b\\" + c"}]}'
    (cell,) = located(text).cells
    assert cell.physical == ((2, 34), (2, 37))
    assert place_in_file(cell, 2, 7) == (2, 45)


def test_worksheets_are_walked_in_order() -> None:
    cells = '[{"cell_type": "code", "input": "a"}]'
    text = f'{{"nbformat": 3,\n"worksheets": [{{"cells": {cells}}},\n{{"cells":\n{cells}}}]}}'
    assert [cell.physical for cell in located(text).cells] == [((2, 59),), ((4, 34),)]


def test_a_cell_without_source_stands_where_it_begins() -> None:
    (cell,) = located('{"nbformat": 4, "cells": [\n  {"cell_type": "code"}]}').cells
    assert place_in_file(cell, 1, 1) == (2, 3)


def test_a_place_is_unknown_until_the_notebook_is_located() -> None:
    (cell,) = parse(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a"}]}', "a").cells
    assert place_in_file(cell, 1, 1) is None


def test_a_file_that_has_changed_gives_no_places() -> None:
    read = parse(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a"}]}', "a")
    changed = Contents(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a\\nb"}]}')
    assert locate(read, changed) == read
