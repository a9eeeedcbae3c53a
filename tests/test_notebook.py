"""Reading a notebook: all formats, odd files, files that are no notebooks."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb2prod.errors import NotebookError
from nb2prod.model.notebook import Cell, Notebook, Output
from nb2prod.notebook import parse, read
from nb2prod.notebook.structure import structure_problem

Json = dict[str, object]


def code(source: object, **more: object) -> Json:
    """A code cell of format 4."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source} | more


def notebook(*cells: object, **more: object) -> Json:
    """A notebook of format 4."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more


def parsed(value: object) -> Notebook:
    return parse(json.dumps(value).encode(), "folder/some notebook.ipynb")


def cell(source: object, **more: object) -> Cell:
    """The only cell of a notebook, read."""
    return parsed(notebook(code(source, **more))).cells[0]


def refusal(data: bytes) -> str:
    """What is said about a file that can't be read."""
    with pytest.raises(NotebookError) as caught:
        parse(data, "a.ipynb")
    return str(caught.value)


def rules(read_notebook: Notebook) -> list[str]:
    return [problem.rule for problem in read_notebook.problems]


def test_cells_are_numbered_and_code_is_counted() -> None:
    found = parsed(notebook({"cell_type": "markdown", "source": "# T"}, code("x = 1"), code(["y = 2\n", "z"])))
    assert [(c.index, c.ordinal, c.kind, c.source) for c in found.cells] == [
        (1, 0, "markdown", "# T"),
        (2, 1, "code", "x = 1"),
        (3, 2, "code", "y = 2\nz"),
    ]


def test_name_is_the_stem_of_the_file() -> None:
    assert parsed(notebook()).name == "some notebook"


def test_the_tree_is_that_of_the_masked_source() -> None:
    found = cell("%time x = f(1)")
    assert found.tree is not None
    assert found.tree.body[0].col_offset + 1 + dict(found.shifts)[1] == 7


def test_line_ends_are_normalised_and_other_separators_are_not() -> None:
    assert cell("a = 1\r\nb = 2\rc = '\u2028\x85'").source == "a = 1\nb = 2\nc = '\u2028\x85'"


@pytest.mark.parametrize(
    ("source", "message", "line", "column"),
    [
        ("x = 1\ny = = 2", "invalid syntax", 2, 5),
        ("return 5", "'return' outside function", 1, 1),
        ("def f():\n    class A:\n        return 1", "'return' outside function", 3, 9),
        ("for i in x:\n    def f():\n        break", "'break' outside loop", 3, 9),
        ("for i in x:\n    pass\nelse:\n    continue", "'continue' not properly in loop", 4, 5),
        ("nonlocal x", "nonlocal declaration not allowed at module level", 1, 1),
        ("[(yield)]", "'yield' outside function", 1, 3),
        ("def f():\n    await x", "'await' outside async function", 2, 5),
        ("x = '\ud800'", "the code holds half of a surrogate pair", 1, 6),
        ("a\nx\0", "the code holds a null character", 2, 2),
        ("x = " + "-" * 300 + "1", "the code is nested too deeply", 1, 1),
        ("f(\n" + "+1" * 300 + ")", "the code is nested too deeply", 1, 1),
        ("-" * 100_000 + "1", "the code is nested too deeply", 1, 1),
        ("if a: pass\n" + "elif b: pass\n" * 300, "the code is nested too deeply", 199, 1),
    ],
)
def test_problem_of_a_cell(source: str, message: str, line: int, column: int) -> None:
    found = cell(source)
    assert found.problem is not None
    assert found.problem.message.startswith(message)
    assert (found.problem.line, found.problem.column, found.tree) == (line, column, None)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("not ", ""), ("lambda:", ""), ("lambda a=", ":0"), ("a if b else ", ""), ("(a and b or ", ")"), ("(a in ", ")"),
        ("f(a for a in ", ")"), ("f(", " for a in b)"), ("[", "]"), ("(", ",)"), ("a[:", "]"), ("f(a=", ")"), ("f(*", ")"),
        ("{1:", "}"), ("{**", "}"), ("[a for a in b if ", "]"), ("a**", ""), ("(a:=", ")"), ("a.", ""), ("f'{a+", "}'"),
        ("(yield ", ")"), ("(await ", ")"), ("(yield from ", ")"), ("[a async for a in ", "]"), ("f(a or b and c in ", ")"), ("[not await ", "]"), ("f(await ", ")"),
    ],
)  # fmt: skip
def test_no_way_of_nesting_is_overlooked(opening: str, closing: str) -> None:
    for levels in range(55, 199):
        source = f"async def f():\n x = {opening * levels}y{closing * levels}"
        try:
            tree = ast.parse(source)
        except (SyntaxError, MemoryError):
            return
        assert structure_problem(tree, source) == structure_problem(tree, "(" * 200)


@pytest.mark.parametrize(
    "source", ["print 'a'", "try:\n    f()\nexcept A, e:\n    pass", "raise A, 'b'", "if a <> b: pass"]
)
def test_python_2_is_called_by_its_name(source: str) -> None:
    problem = cell(source).problem
    assert problem is not None
    assert problem.message.startswith("Python 2 code: ")


@pytest.mark.parametrize("source", ["await x", "async for i in x: pass", "x = 1\\\n + 2", "if a:\n if b:\n  pass"])
def test_good_code_has_no_problem(source: str) -> None:
    assert cell(source).problem is None


def test_one_bad_cell_leaves_the_others_alone() -> None:
    assert [c.problem is None for c in parsed(notebook(code("("), code("x = 1"))).cells] == [False, True]


def test_warnings_about_the_code_are_not_shown(recwarn: pytest.WarningsRecorder) -> None:
    cell(r"x = '\d' is 5")
    assert not recwarn.list


def test_lone_words_are_magics_unless_the_notebook_binds_them() -> None:
    free, bound = parsed(notebook(code("ls"))), parsed(notebook(code("ls = 1"), code("ls")))
    assert [c.python for c in (*free.cells, *bound.cells)] == ["__magic__(0)", "ls = 1", "ls"]


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("cd data", "__magic__(0)"),
        ("ls -la", "__magic__(0)"),
        ("time f()", "f()"),
        ("matplotlib inline\nimport a", "__magic__(0)\nimport a"),
        ("ls - x\ny = 1", "ls - x\ny = 1"),
        ("some prose\nrun this", "some prose\nrun this"),
    ],
)
def test_magics_without_percent(source: str, python: str) -> None:
    assert cell(source).python == python


def test_tags_and_ids() -> None:
    found = cell("x", id="abc-1", metadata={"tags": ["parameters", 3]})
    assert (found.tags, found.cell_id) == (frozenset({"parameters"}), "abc-1")


def test_outputs() -> None:
    saved = [
        {"output_type": "stream", "name": "stderr", "text": ["a\n", "\x1b[31mb"]},
        {"output_type": "execute_result", "data": {"text/plain": "5", "text/html": "<b>"}},
        {"output_type": "display_data", "data": {"image/png": "iVBOR"}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[0;31mE\x1b[0m"]},
        {"output_type": "pyout", "text": ["7"], "png": "iVBOR"},
        {"output_type": "stream", "text": {}},
        "nonsense",
    ]
    assert cell("x", outputs=saved).outputs == (
        Output("stream", "a\nb", stream="stderr"),
        Output("result", "5", media=("text/html", "text/plain")),
        Output("display", media=("image/png",)),
        Output("error", "E: v\nE", error="E"),
        Output("result", "7", media=("image/png", "text/plain")),
        Output("stream"),
    )


def test_format_3_with_worksheets_and_headings() -> None:
    sheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": "T"},
            {"cell_type": "code", "input": ["x = 1"], "prompt_number": 4},
        ]
    }
    found = parsed({"nbformat": 3, "metadata": {}, "worksheets": [sheet, {"cells": []}]})
    assert [(c.kind, c.source, c.execution_count) for c in found.cells] == [
        ("markdown", "## T", None),
        ("code", "x = 1", 4),
    ]
    assert rules(found) == ["invalid-notebook"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (notebook(code("x", id="a"), code("y", id="a")), ["invalid-notebook"]),
        (notebook(code("x", id="../../etc")), ["invalid-notebook"]),
        (notebook({"cell_type": "code", "outputs": []}), ["invalid-notebook"]),
        (notebook({"cell_type": "strange", "source": ""}), ["invalid-notebook"]),
        (notebook(metadata=[]), ["invalid-notebook"]),
        (notebook(metadata={"kernelspec": {"name": "python2"}}), ["old-python"]),
        (notebook(metadata={"language_info": {"name": "python", "version": "2.7.18"}}), ["old-python"]),
        (notebook(code("x"), code("y")), []),
        (notebook(code("x", outputs={"a": 1}, execution_count=-3)), []),
    ],
)
def test_oddities_are_told(value: Json, expected: list[str]) -> None:
    assert rules(parsed(value)) == expected


def test_a_repeated_list_of_cells_is_told() -> None:
    data = b'{"cells": [], "metadata": {"cells": 1}, "cells": [], "nbformat": 4}'
    assert rules(parse(data, "a")) == ["duplicate-key"]


def test_metadata_is_told_in_words() -> None:
    metadata = {"colab": {}, "widgets": {}, "nb2prod": {"ignore": ["bare-except"]}, "kernelspec": {"name": "python3"}}
    found = parsed(notebook(code("x", metadata={"_kg_hide-input": True}), metadata=metadata))
    assert found.metadata == {"colab", "widgets", "kaggle"}
    assert (found.ignored_rules, found.kernel) == (frozenset({"bare-except"}), "python3")


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"kernelspec": {"name": "ir"}}, "R (kernel ir)"),
        ({"kernelspec": {"name": "julia-1.9"}}, "Julia"),
        ({"kernelspec": {"name": "x", "language": "scala"}}, "scala (kernel x)"),
        ({"kernelspec": {"name": "p", "language": "python"}, "language_info": {"name": "scala"}}, "run in scala"),
    ],
)
def test_other_languages_are_refused(metadata: Json, words: str) -> None:
    assert words in refusal(json.dumps(notebook(metadata=metadata)).encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        ('{"cells": []}'.encode("utf-16"), "UTF-16"),
        (b'{"a":\n "caf\xe9"}', "line 2, column 6: this is not UTF-8"),
        (b'{\n<<<<<<< HEAD\n"a": 1}', "line 2, column 1: git conflict markers"),
        (b'{"cells": [{"source": "x', "ends in the middle"),
        (b'{"cells": [', "ends in the middle"),
        (b"{'cells': []}", "single quotes"),
        (b'{"a": [1,]}', "line 1, column 10: not valid JSON (a comma too many)"),
        (b'{"a" 1}', "line 1, column 6: not valid JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "thousands of digits"),
        (b"[1]", "an array"),
        (b"1e999", "a number"),
        (b"{}", "no nbformat"),
        (b'{"nbformat": true}', "no nbformat"),
        (b'{"nbformat": 5}', "format 5 is not known"),
        (b'{"nbformat": 4}', "no `cells`"),
        (b'{"nbformat": 4, "cells": {}}', "`cells` is no list"),
        (b'{"nbformat": 4, "cells": [1]}', "cell 1 is no object"),
        (b'{"nbformat": 4, "cells": [{}]}', "cell 1 has no cell_type"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a", 1]}]}', "source of cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}', "source of cell 1"),
    ],
)
def test_no_notebook(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_an_error_is_one_line_without_control_characters() -> None:
    with pytest.raises(NotebookError) as caught:
        read("a\x1b[31m\n::error::\u202e.ipynb")
    assert str(caught.value) == r"a\x1b[31m\n::error::\u202e.ipynb: no such file (or a link to nothing); check the name"


def test_a_folder_is_no_notebook(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="folder"):
        read(str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_notebook_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ipynb")
    with pytest.raises(NotebookError, match="no regular file"):
        read(str(tmp_path / "pipe.ipynb"))


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(b"\xef\xbb\xbf" + json.dumps(notebook(code("x"))).encode(), "a").cells[0].source == "x"


WHOLE = json.dumps(
    notebook(code(["%time x = 1\n", "!ls"], id="a"), code("(", metadata={"tags": []})), indent=1
).encode()


@settings(deadline=None)
@given(
    st.integers(0, len(WHOLE)), st.integers(0, 9), st.binary(max_size=4) | st.sampled_from([b"[", b"{", b'"', b"null"])
)
def test_a_damaged_file_is_read_or_refused(at: int, length: int, inserted: bytes) -> None:
    try:
        assert parse(WHOLE[:at] + inserted + WHOLE[at + length :], "a.ipynb").path == "a.ipynb"
    except NotebookError as error:
        assert str(error).startswith("a.ipynb: ")  # noqa: PT017
        assert str(error).isprintable()  # noqa: PT017


def test_reading_imports_little() -> None:
    heavy = "{'nbformat', 'IPython', 'pydantic', 'typer', 'rich', 'black', 'jinja2', 'libcst', 'asyncio', 'subprocess'}"
    script = f"import sys, nb2prod.notebook; print(sorted({heavy} & sys.modules.keys()))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
